"""Proposes a set of files for release: checked, frozen, and from then on for others to decide on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.definitions.deploying import Examination, refuse_errors
from engine.definitions.files import Files, content_hash
from engine.modelling import DraftRevision, draft_files, draft_of, newest_deployment
from engine.modelling.contents import keep
from engine.releasing.errors import ReleaseRefused
from engine.releasing.models import Release, ReleaseAct, ReleaseFile, ReleaseKind, ReleaseState
from engine.releasing.rules import ReleaseRules
from engine.releasing.transitions import note, transition
from engine.runtime import UnitOfWork
from engine.sentences import sentence


@dataclass(frozen=True)
class Proposal:
    """What is proposed: the files, why, from which deployment they were begun, and when they should take effect."""

    files: Files
    comment: str
    base_id: int | None
    kind: ReleaseKind = ReleaseKind.FILES
    wanted_at: datetime | None = None
    draft_id: int | None = None
    draft_revision: int | None = None
    restores_id: int | None = None
    editors: tuple[str, ...] = ()
    emergency: bool = False


def proposal_of_draft(uow: UnitOfWork, draft_id: int, *, comment: str, wanted_at: datetime | None = None) -> Proposal:
    """A proposal of what a draft holds now. Raises NotFound."""
    draft = draft_of(uow.session, draft_id)
    editors = select(DraftRevision.by).where(DraftRevision.draft_id == draft_id).distinct().order_by(DraftRevision.by)
    return Proposal(
        files=draft_files(uow.session, draft_id),
        comment=comment,
        base_id=draft.base_id,
        kind=ReleaseKind.DRAFT,
        wanted_at=wanted_at,
        draft_id=draft_id,
        draft_revision=draft.revision,
        editors=tuple(uow.session.scalars(editors)),
    )


def propose(
    uow: UnitOfWork, proposal: Proposal, rules: ReleaseRules, *, by: str, examination: Examination | None = None
) -> Release:
    """Freeze the files and offer them for approval; where none is needed the release is ready at once.

    An `examination` of these very files spares examining them within the transaction. Raises InvalidDefinition with
    every problem of the files, and ReleaseRefused without a comment, for a wish that lies in the past, and for files
    that are in effect already.
    """
    fingerprint = content_hash(proposal.files)
    _refuse(uow, proposal, fingerprint)
    examined = refuse_errors(uow, proposal.files, examination)
    release = Release(
        kind=proposal.kind, state=ReleaseState.PROPOSED, comment=proposal.comment.strip(), content_hash=fingerprint,
        draft_id=proposal.draft_id, draft_revision=proposal.draft_revision, base_id=proposal.base_id,
        restores_id=proposal.restores_id, editors=list(proposal.editors), warnings=len(examined.problems),
        approvals_needed=0 if proposal.emergency else rules.approvals, emergency=proposal.emergency,
        proposed_by=by, proposed_at=uow.now, wanted_at=proposal.wanted_at,
    )  # fmt: skip
    uow.session.add(release)
    uow.session.flush()
    for name, content in proposal.files.items():
        uow.session.add(ReleaseFile(release_id=release.id, name=name, content_hash=keep(uow.session, content)))
    note(uow, release, ReleaseAct.PROPOSED, by=by, words=release.comment)
    if release.approvals_needed == 0:
        transition(uow, release, ReleaseAct.APPROVED, by=by)
    return release


def _refuse(uow: UnitOfWork, proposal: Proposal, fingerprint: str) -> None:
    if not proposal.comment.strip():
        raise ReleaseRefused(sentence("say what changes and why; whoever approves reads it"))
    if not proposal.files:
        raise ReleaseRefused(sentence("there is no file to release"))
    if proposal.wanted_at is not None and proposal.wanted_at <= uow.now:
        raise ReleaseRefused(sentence("the day on which it should take effect has passed; choose a later one"))
    newest = newest_deployment(uow.session)
    if newest is not None and newest.content_hash == fingerprint:
        raise ReleaseRefused(sentence("these files are in effect already, as deployment %(number)s", number=newest.id))
