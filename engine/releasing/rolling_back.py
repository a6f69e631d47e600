"""Goes back to an earlier version: its very bytes become a new version, on record as a return."""

from __future__ import annotations

from engine.definitions.deploying import Deployed, Examination
from engine.errors import NotFound
from engine.modelling import newest_deployment
from engine.releasing.deploying import deploy_release
from engine.releasing.errors import ReleaseRefused
from engine.releasing.models import Release, ReleaseKind
from engine.releasing.proposing import Proposal, propose
from engine.releasing.reading import deployment_files
from engine.releasing.rules import ReleaseRules
from engine.runtime import UnitOfWork
from engine.sentences import sentence
from engine.storage.models import Deployment


def roll_back(
    uow: UnitOfWork, to: int, rules: ReleaseRules, *, by: str, comment: str, examination: Examination | None = None
) -> Release:
    """Propose the content of an earlier deployment, a release like any other. Raises what `propose` raises."""
    return propose(uow, _proposal(uow, to, comment), rules, by=by, examination=examination)


def roll_back_at_once(
    uow: UnitOfWork, to: int, rules: ReleaseRules, *, by: str, reason: str, examination: Examination | None = None
) -> Deployed:
    """Put an earlier deployment's content into effect now, without anybody's approval, as an emergency on record.

    Raises ReleaseRefused where the installation does not allow it, and what `propose` and `deploy_release` raise.
    """
    if not rules.emergency_rollback:
        raise ReleaseRefused(sentence("going back without approval is not allowed here; propose it"))
    release = propose(uow, _proposal(uow, to, reason, emergency=True), rules, by=by, examination=examination)
    return deploy_release(uow, release.id, by=by, examination=examination)


def _proposal(uow: UnitOfWork, to: int, comment: str, *, emergency: bool = False) -> Proposal:
    if uow.session.get(Deployment, to) is None:
        raise NotFound("deployment", to)
    newest = newest_deployment(uow.session)
    return Proposal(
        files=deployment_files(uow.session, to),
        comment=comment,
        base_id=newest.id if newest else None,
        kind=ReleaseKind.ROLLBACK,
        restores_id=to,
        emergency=emergency,
    )
