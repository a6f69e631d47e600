"""What people do with releases: each act asks for its role, and leaves an audit record in the same transaction."""

from __future__ import annotations

from datetime import datetime

from engine import releasing
from engine.definitions.deploying import Deployed, Examination
from engine.definitions.files import Files
from engine.releasing import Proposal, Release, ReleaseRules
from engine.runtime import UnitOfWork
from workflows.audit import AuditKind
from workflows.releases.permissions import APPROVES, DEPLOYS, PROPOSES, ROLLS_BACK, ensure_may
from workflows.releases.recording import put_on_record


def propose_draft(
    uow: UnitOfWork, draft_id: int, rules: ReleaseRules, *, by: str, comment: str,
    wanted_at: datetime | None = None, with_what_changed: bool = False, examination: Examination | None = None,
) -> Release:  # fmt: skip
    """Propose what a draft holds, on wish with what others deployed since it was begun.

    An `examination` of the files that come of it spares examining them within the transaction, here as below. Raises
    what `engine.releasing.propose` raises, ReleaseRefused also for files that both sides changed, and NotPermitted.
    """
    ensure_may(uow.session, by, PROPOSES)
    proposal = releasing.proposal_of_draft(uow, draft_id, comment=comment, wanted_at=wanted_at)
    if with_what_changed:
        proposal = releasing.on_what_is_in_effect(uow, proposal)
    return _proposed(uow, releasing.propose(uow, proposal, rules, by=by, examination=examination), by)


def propose_files(
    uow: UnitOfWork, files: Files, rules: ReleaseRules, *, by: str, comment: str,
    wanted_at: datetime | None = None, examination: Examination | None = None,
) -> Release:  # fmt: skip
    """Propose files from outside, such as those of a repository, on top of what is in effect now."""
    ensure_may(uow.session, by, PROPOSES)
    newest = releasing.newest_deployment(uow.session)
    proposal = Proposal(files, comment, newest.id if newest else None, wanted_at=wanted_at, editors=(by,))
    return _proposed(uow, releasing.propose(uow, proposal, rules, by=by, examination=examination), by)


def agree(uow: UnitOfWork, release_id: int, *, by: str, words: str = "") -> Release:
    """Approve a release. Raises what `engine.releasing.approve` raises, NotPermitted."""
    ensure_may(uow.session, by, APPROVES)
    release = releasing.approve(uow, release_id, by=by, words=words)
    return put_on_record(uow, AuditKind.RELEASE_APPROVED, release, by, reason=words)


def decline_release(uow: UnitOfWork, release_id: int, *, by: str, words: str) -> Release:
    """Decline a release. Raises what `engine.releasing.decline` raises, NotPermitted."""
    ensure_may(uow.session, by, APPROVES)
    release = releasing.decline(uow, release_id, by=by, words=words)
    return put_on_record(uow, AuditKind.RELEASE_DECLINED, release, by, reason=words)


def withdraw_release(uow: UnitOfWork, release_id: int, *, by: str, words: str = "") -> Release:
    """Take one's own proposal back. Raises what `engine.releasing.withdraw` raises, NotPermitted."""
    ensure_may(uow.session, by, PROPOSES | ROLLS_BACK)
    release = releasing.withdraw(uow, release_id, by=by, words=words)
    return put_on_record(uow, AuditKind.RELEASE_WITHDRAWN, release, by, reason=words)


def bring_up_to_date(
    uow: UnitOfWork, release_id: int, rules: ReleaseRules, *, by: str, examination: Examination | None = None
) -> Release:
    """Propose a release anew on top of what is in effect. Raises what `engine.releasing.rebase` does, NotPermitted."""
    ensure_may(uow.session, by, PROPOSES)
    old = releasing.release_of(uow.session, release_id)
    anew = releasing.rebase(uow, release_id, rules, by=by, examination=examination)
    put_on_record(uow, AuditKind.RELEASE_WITHDRAWN, old, by)
    return _proposed(uow, anew, by)


def schedule_release(uow: UnitOfWork, release_id: int, at: datetime, *, by: str, seen: int | None = None) -> Release:
    """Let a release take effect at a moment. Raises what `engine.releasing.schedule` raises, NotPermitted."""
    ensure_may(uow.session, by, DEPLOYS)
    release = releasing.schedule(uow, release_id, at, by=by, seen=seen)
    return put_on_record(uow, AuditKind.RELEASE_SCHEDULED, release, by, after={"effective_at": at.isoformat()})


def unschedule_release(uow: UnitOfWork, release_id: int, *, by: str) -> Release:
    """Let a scheduled release wait again. Raises what `engine.releasing.unschedule` raises, NotPermitted."""
    ensure_may(uow.session, by, DEPLOYS)
    release = releasing.unschedule(uow, release_id, by=by)
    return put_on_record(uow, AuditKind.RELEASE_UNSCHEDULED, release, by)


def deploy_now(
    uow: UnitOfWork, release_id: int, *, by: str, seen: int | None = None, examination: Examination | None = None
) -> Deployed:
    """Put a release into effect. Raises what `engine.releasing.deploy_release` raises, NotPermitted."""
    ensure_may(uow.session, by, DEPLOYS)
    deployed = releasing.deploy_release(uow, release_id, by=by, seen=seen, examination=examination)
    _deployed(uow, releasing.release_of(uow.session, release_id), by)
    return deployed


def go_back(
    uow: UnitOfWork, to: int, rules: ReleaseRules, *, by: str, comment: str, examination: Examination | None = None
) -> Release:
    """Propose an earlier deployment's content. Raises what `engine.releasing.roll_back` raises, NotPermitted."""
    ensure_may(uow.session, by, ROLLS_BACK)
    return _proposed(uow, releasing.roll_back(uow, to, rules, by=by, comment=comment, examination=examination), by)


def go_back_at_once(
    uow: UnitOfWork, to: int, rules: ReleaseRules, *, by: str, reason: str, examination: Examination | None = None
) -> Deployed:
    """Go back without anybody's approval, as an emergency on record.

    Raises what `engine.releasing.roll_back_at_once` raises, NotPermitted.
    """
    ensure_may(uow.session, by, ROLLS_BACK)
    deployed = releasing.roll_back_at_once(uow, to, rules, by=by, reason=reason, examination=examination)
    release = releasing.releases_of_deployments(uow.session, [deployed.deployment.id])[deployed.deployment.id]
    put_on_record(uow, AuditKind.RELEASE_ROLLED_BACK, release, by, reason=reason, after={"restores": to})
    return deployed


def _proposed(uow: UnitOfWork, release: Release, by: str) -> Release:
    return put_on_record(uow, AuditKind.RELEASE_PROPOSED, release, by, reason=release.comment)


def _deployed(uow: UnitOfWork, release: Release, by: str) -> None:
    put_on_record(uow, AuditKind.RELEASE_DEPLOYED, release, by, after={"deployment": release.deployment_id})
