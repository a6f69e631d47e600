"""Begins, names and ends working copies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.errors import NotFound, WrongState
from engine.events import publish
from engine.modelling.changing import add_file
from engine.modelling.models import DraftState, ProcessDraft
from engine.runtime import UnitOfWork
from engine.storage.models import Deployment

LONGEST_NAME: Final = 120

TRANSITIONS: Final[Mapping[DraftState, frozenset[DraftState]]] = {
    DraftState.OPEN: frozenset({DraftState.RELEASED, DraftState.DISCARDED}),
    DraftState.DISCARDED: frozenset({DraftState.OPEN}),
    DraftState.RELEASED: frozenset(),
}
"""Every legal change of a draft's state; a discarded draft may be taken up again."""


def begin_draft(
    uow: UnitOfWork, *, name: str, by: str, base: int | None, files: Mapping[str, bytes] | None = None
) -> ProcessDraft:
    """A new draft of what a deployment holds, or of an empty set, with these files added to it.

    Raises NotFound when there is no such deployment, UnfitFile for a file that cannot be taken.
    """
    if base is not None and uow.session.get(Deployment, base) is None:
        raise NotFound("deployment", base)
    draft = ProcessDraft(
        name=name[:LONGEST_NAME], base_id=base, state=DraftState.OPEN, revision=0,
        begun_by=by, begun_at=uow.now, changed_by=by, changed_at=uow.now,
    )  # fmt: skip
    uow.session.add(draft)
    uow.session.flush()
    _tell(uow, draft, "begun", by)
    for file, content in (files or {}).items():
        add_file(uow, draft.id, file, content, by=by)
    return draft


def rename_draft(uow: UnitOfWork, draft_id: int, name: str, *, by: str) -> ProcessDraft:
    """Call a draft something else. Raises NotFound, WrongState."""
    draft = _held(uow, draft_id)
    if draft.state is not DraftState.OPEN:
        raise WrongState("draft", draft_id, expected=DraftState.OPEN.value, actual=draft.state.value)
    draft.name = name[:LONGEST_NAME]
    draft.changed_by, draft.changed_at = by, uow.now
    _tell(uow, draft, "renamed", by)
    return draft


def discard(uow: UnitOfWork, draft_id: int, *, by: str) -> ProcessDraft:
    """Give an open draft up; nothing of it is deleted. Raises NotFound, WrongState."""
    return transition(uow, draft_id, DraftState.DISCARDED, by=by)


def take_up_again(uow: UnitOfWork, draft_id: int, *, by: str) -> ProcessDraft:
    """Open a discarded draft again. Raises NotFound, WrongState."""
    return transition(uow, draft_id, DraftState.OPEN, by=by)


def transition(uow: UnitOfWork, draft_id: int, to: DraftState, *, by: str) -> ProcessDraft:
    """Change a draft's state and tell the outbox. Raises NotFound, WrongState for a change that TRANSITIONS lacks."""
    draft = _held(uow, draft_id)
    if to not in TRANSITIONS[draft.state]:
        expected = " or ".join(state.value for state, targets in TRANSITIONS.items() if to in targets)
        raise WrongState("draft", draft_id, expected=expected, actual=draft.state.value)
    draft.state = to
    draft.changed_by, draft.changed_at = by, uow.now
    draft.ended_at = None if to is DraftState.OPEN else uow.now
    _tell(uow, draft, "opened_again" if to is DraftState.OPEN else to.value, by)
    return draft


def _held(uow: UnitOfWork, draft_id: int) -> ProcessDraft:
    draft = uow.session.get(ProcessDraft, draft_id, with_for_update=True, populate_existing=True)
    if draft is None:
        raise NotFound("draft", draft_id)
    return draft


def _tell(uow: UnitOfWork, draft: ProcessDraft, what: str, by: str) -> None:
    facts = {"draft": draft.id, "name": draft.name, "base": draft.base_id, "by": by}
    publish(uow, f"draft.{what}", f"draft-{draft.id}", facts)
