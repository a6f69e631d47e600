"""Puts an approved release into effect, exactly once: its deployment and its last step are one transaction."""

from __future__ import annotations

from engine.definitions.deploying import Deployed, Examination, deploy
from engine.modelling import DraftState, ProcessDraft
from engine.modelling import transition as move_draft
from engine.releasing.models import Release, ReleaseAct, ReleaseState
from engine.releasing.reading import release_files
from engine.releasing.standing import confirm
from engine.releasing.transitions import ensure_may, held, transition
from engine.runtime import UnitOfWork


def deploy_release(
    uow: UnitOfWork, release_id: int, *, by: str, seen: int | None = None, examination: Examination | None = None
) -> Deployed:
    """Make the frozen files effective; the draft that they came from is released, unless it went on meanwhile.

    `seen` is the deployment that its operator agrees to replace; an `examination` of the files spares examining them
    within the transaction. Raises NotFound, WrongState, InvalidDefinition, ConcurrentChange, and ReleaseRefused when
    others deployed something that was not seen.
    """
    release = held(uow, release_id)
    ensure_may(release, ReleaseAct.DEPLOYED)
    confirm(uow, release, seen)
    files = release_files(uow.session, release_id)
    deployed = deploy(uow, files, by=by, comment=release.comment, examination=examination)
    release.deployment_id = deployed.deployment.id
    transition(uow, release, ReleaseAct.DEPLOYED, by=by)
    _release_draft(uow, release, by)
    return deployed


def hold(uow: UnitOfWork, release_id: int, *, by: str, words: str) -> Release | None:
    """Say that a scheduled release could not take effect, and why; None when it is not scheduled any more."""
    release = held(uow, release_id)
    if release.state is not ReleaseState.SCHEDULED:
        return None
    transition(uow, release, ReleaseAct.HELD, by=by, words=words)
    return release


def _release_draft(uow: UnitOfWork, release: Release, by: str) -> None:
    draft = uow.session.get(ProcessDraft, release.draft_id) if release.draft_id is not None else None
    if draft is not None and draft.state is DraftState.OPEN and draft.revision == release.draft_revision:
        move_draft(uow, draft.id, DraftState.RELEASED, by=by)
