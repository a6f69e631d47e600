"""What is asked of the lists of operations: it stands in the address, and as chips that can be taken away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import request, url_for
from flask_babel import gettext, ngettext
from sqlalchemy import select

from engine.operating.selecting import Selection
from engine.runtime import UnitOfWork
from engine.storage.models import InstanceStatus, ProcessDefinition
from web.words import in_words

FILTERS = ("process", "version", "status", "diagram", "element", "failed", "key", "older")
MOST_TICKED = 200
LONGEST_KEY = 100


@dataclass(frozen=True)
class Chip:
    """One condition in words, and the address of the list without it."""

    words: str
    address: str


def asked(uow: UnitOfWork) -> Selection:
    """The selection that the address describes; what is no condition of ours is left out."""
    status = _text("status")
    older, element = _number("older"), _text("element")
    return Selection(
        process_id=_text("process"),
        version=_number("version") if _text("process") else None,
        statuses=(InstanceStatus(status),) if status in list(InstanceStatus) else (),
        element_process=_text("diagram"),
        element_id=element,
        failed=bool(_text("failed")),
        key=_text("key")[:LONGEST_KEY],
        older_than=uow.now - timedelta(days=older) if older else None,
        ids=tuple(sorted(_ticked())),
    )


def conditions(**changed: Any) -> dict[str, Any]:
    """The conditions of this request as arguments of an address, some of them changed (None takes one away)."""
    present: dict[str, Any] = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    return {name: value for name, value in {**present, **changed}.items() if value not in (None, "")}


def chips(endpoint: str, selection: Selection, names: Mapping[str, str], element: str) -> list[Chip]:
    """What is asked, one by one; the process and its version have controls of their own."""
    return [
        Chip(words, url_for(endpoint, **conditions(**dict.fromkeys(without))))
        for words, without in _worded(selection, names, element)
    ]


def process_names(uow: UnitOfWork) -> dict[str, str]:
    """The newest name of every process that was ever deployed, by its id."""
    rows = select(ProcessDefinition.process_id, ProcessDefinition.name).order_by(ProcessDefinition.version)
    return dict(sorted(dict(uow.session.execute(rows).all()).items(), key=lambda item: item[1]))


def versions_of(uow: UnitOfWork, process_id: str) -> Sequence[int]:
    """The versions of a process, the newest first."""
    wanted = select(ProcessDefinition.version).where(ProcessDefinition.process_id == process_id)
    return uow.session.scalars(wanted.order_by(ProcessDefinition.version.desc())).all()


def _worded(selection: Selection, names: Mapping[str, str], element: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    if selection.element_id:
        place = names.get(selection.element_process, selection.element_process)
        words = gettext("at “%(element)s” of %(process)s", element=element or selection.element_id, process=place)
        yield words, ("element", "diagram")
    elif selection.element_process:
        place = names.get(selection.element_process, selection.element_process)
        yield gettext("within “%(process)s”", process=place), ("diagram",)
    if selection.failed:
        yield gettext("with a failed step"), ("failed",)
    if selection.key:
        yield gettext("number begins with %(key)s", key=selection.key), ("key",)
    for status in selection.statuses:
        yield in_words(status), ("status",)
    if days := _number("older"):
        yield ngettext("older than %(num)s day", "older than %(num)s days", days), ("older",)


def _ticked() -> Iterator[int]:
    for written in request.args.getlist("instance")[:MOST_TICKED]:
        if written.isdecimal() and len(written) < 19:
            yield int(written)


def _text(name: str) -> str:
    return request.args.get(name, "").strip()


def _number(name: str) -> int | None:
    written = _text(name)
    return int(written) if written.isdecimal() and len(written) < 10 else None
