"""Brings a proposal up to date with what others deployed since it was begun."""

from __future__ import annotations

from dataclasses import replace

from engine.definitions.deploying import Examination
from engine.modelling import newest_deployment
from engine.releasing.errors import ReleaseRefused
from engine.releasing.merging import merge
from engine.releasing.models import Release, ReleaseAct
from engine.releasing.proposing import Proposal, propose
from engine.releasing.reading import deployment_files, release_files, standing_of
from engine.releasing.rules import ReleaseRules
from engine.releasing.transitions import ensure_may, held, transition
from engine.runtime import UnitOfWork
from engine.sentences import sentence


def on_what_is_in_effect(uow: UnitOfWork, proposal: Proposal) -> Proposal:
    """The proposal with every file that only others changed since its base.

    Raises ReleaseRefused when both changed the same file.
    """
    newest = newest_deployment(uow.session)
    if newest is None:
        return proposal
    theirs = deployment_files(uow.session, newest.id)
    merged = merge(deployment_files(uow.session, proposal.base_id), proposal.files, theirs)
    if merged.conflicts:
        raise ReleaseRefused(
            sentence("both changed %(files)s; bring them together in a draft", files=list(merged.conflicts))
        )
    return replace(proposal, files=merged.files, base_id=newest.id)


def rebase(
    uow: UnitOfWork, release_id: int, rules: ReleaseRules, *, by: str, examination: Examination | None = None
) -> Release:
    """Withdraw the release and propose its changes on top of what is in effect; approvals are asked for anew.

    Raises NotFound, WrongState, InvalidDefinition, and ReleaseRefused when nothing was deployed since, and when both
    changed the same file.
    """
    old = held(uow, release_id)
    ensure_may(old, ReleaseAct.WITHDRAWN)
    if not standing_of(uow.session, old).is_outdated:
        raise ReleaseRefused(sentence("nothing else was deployed since this release was begun"))
    proposal = on_what_is_in_effect(uow, _anew(uow, old))
    transition(uow, old, ReleaseAct.WITHDRAWN, by=by)
    return propose(uow, proposal, rules, by=by, examination=examination)


def _anew(uow: UnitOfWork, old: Release) -> Proposal:
    return Proposal(
        files=release_files(uow.session, old.id),
        comment=old.comment,
        base_id=old.base_id,
        kind=old.kind,
        wanted_at=old.wanted_at if old.wanted_at and old.wanted_at > uow.now else None,
        draft_id=old.draft_id,
        draft_revision=old.draft_revision,
        restores_id=old.restores_id,
        editors=tuple(sorted({*old.editors, old.proposed_by})),
    )
