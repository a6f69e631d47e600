"""The comparison of two versions, drawn side by side and told in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import select

from engine.comparing import (
    Change,
    Comparison,
    FileComparison,
    PartChange,
    RowChange,
    TableChange,
    compare,
)
from engine.modelling import newest_deployment
from engine.runtime import UnitOfWork
from engine.storage.models import Deployment, ResourceKind
from web.pages.designer.blueprint import pages, the_draft
from web.pages.designer.versions import Version, key_of, version_of
from web.pages.names import names_of
from web.wiring import runtime

MOST_PARTS = 300
MOST_ROWS = 60
MOST_CHOICES = 50
_ORDER = (Change.CHANGED, Change.ADDED, Change.REMOVED, Change.MOVED)


@dataclass(frozen=True)
class Compared:
    """Two versions and what differs between them, ready for a template."""

    before: Version
    after: Version
    comparison: Comparison
    names: Mapping[str, str]


@pages.get("/drafts/<int:draft_id>/comparison")
def draft_comparison(draft_id: int) -> str:
    """A draft against what it was begun from, or against what is in effect now."""
    with runtime().reading() as uow:
        draft, newest = the_draft(uow, draft_id), newest_deployment(uow.session)
        now = newest.id if newest else None
        against = now if request.args.get("against") == "now" else draft.base_id
        return render_template(
            "designer/comparison_of_draft.html",
            draft=draft,
            is_outdated=now != draft.base_id,
            against_now=against == now,
            compared=compared(uow, key_of(against), f"draft-{draft_id}"),
        )


@pages.get("/comparison")
def comparison() -> str:
    """Any two versions; without a choice the newest deployment and the one before it."""
    with runtime().reading() as uow:
        rows = uow.session.scalars(select(Deployment).order_by(Deployment.id.desc()).limit(MOST_CHOICES)).all()
        later = request.args.get("to") or key_of(rows[0].id if rows else None)
        earlier = request.args.get("from") or key_of(rows[1].id if len(rows) > 1 else None)
        both = compared(uow, earlier, later)
        return render_template(
            "designer/comparison.html",
            compared=both,
            choices=_choices(rows, both),
            names=names_of(uow, (row.deployed_by for row in rows)),
        )


def compared(uow: UnitOfWork, before: str, after: str) -> Compared:
    """What differs between the versions of two keys. Raises NotFound."""
    old, new = version_of(uow, before), version_of(uow, after)
    return Compared(old, new, compare(old.files, new.files), names_of(uow, [old.by, new.by]))


@pages.app_template_global()
def diagram_of(pair: Compared, file: FileComparison) -> dict[str, Any] | None:
    """What the page's script needs to draw both sides of a diagram; None for other files, and for unreadable ones."""
    if file.kind is not ResourceKind.PROCESS or file.unreadable or not file.parts:
        return None
    former = file.was_called or file.file
    return {
        "before": _address(pair.before, former),
        "after": _address(pair.after, file.file),
        "changes": [{"id": part.id, "change": part.change.value} for part in file.parts],
    }


@pages.app_template_global()
def parts_by_change(file: FileComparison) -> Sequence[tuple[Change, Sequence[PartChange]]]:
    """The parts of a file in the order in which they are read: what says something else, then new, gone, moved."""
    grouped = ((change, [part for part in file.parts if part.change is change]) for change in _ORDER)
    return [(change, parts) for change, parts in grouped if parts]


@pages.app_template_global()
def rows_to_show(table: TableChange) -> Sequence[RowChange]:
    """The rules of a table: all of a short one, of a long one those that differ."""
    if len(table.rows) <= MOST_ROWS:
        return table.rows
    return [row for row in table.rows if row.change is not Change.SAME]


@pages.app_template_global()
def change_in_words(change: Change) -> str:
    """What became of something, in a word."""
    return {
        Change.ADDED: gettext("added"),
        Change.REMOVED: gettext("removed"),
        Change.CHANGED: gettext("changed"),
        Change.MOVED: gettext("moved"),
        Change.SAME: gettext("the same"),
    }[change]


@pages.app_template_global()
def sign_of(change: Change) -> str:
    """The sign by which a change is told without colour."""
    return {Change.ADDED: "+", Change.REMOVED: "−", Change.CHANGED: "≠", Change.MOVED: "↔", Change.SAME: ""}[change]


def _address(version: Version, name: str) -> str | None:
    if name not in version.files:
        return None
    return url_for("designer.version_file", key=version.key, name=name)


def _choices(rows: Sequence[Deployment], both: Compared) -> list[tuple[str, Deployment | None, str]]:
    """What the two lists of the page offer: the newest deployments, and what is compared now."""
    listed: list[tuple[str, Deployment | None, str]] = [
        (key_of(row.id), row, gettext("Deployment %(number)s", number=str(row.id))) for row in rows
    ]
    known = {key for key, _, _ in listed}
    more = [(side.key, None, side.name) for side in (both.before, both.after) if side.key not in known]
    return [*dict.fromkeys(more), *listed]
