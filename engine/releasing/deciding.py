"""What other people decide on a proposed release: nobody approves what they proposed or edited themselves."""

from __future__ import annotations

from sqlalchemy import func, select

from engine.releasing.errors import ReleaseRefused
from engine.releasing.models import Release, ReleaseAct, ReleaseDecision, Verdict
from engine.releasing.transitions import ensure_may, held, transition
from engine.runtime import UnitOfWork
from engine.sentences import sentence


def approve(uow: UnitOfWork, release_id: int, *, by: str, words: str = "") -> Release:
    """Agree to a release; with the last approval that it needs it is ready to be deployed.

    Raises NotFound, WrongState, and ReleaseRefused for its authors and for who agreed before.
    """
    release = held(uow, release_id)
    ensure_may(release, ReleaseAct.APPROVED)
    _refuse_authors(release, by)
    if uow.session.get(ReleaseDecision, (release_id, by)) is not None:
        raise ReleaseRefused(sentence("%(who)s agreed already; the other approval comes from somebody else", who=by))
    _decide(uow, release, Verdict.APPROVED, by, words)
    is_enough = _approvals(uow, release_id) >= release.approvals_needed
    transition(uow, release, ReleaseAct.APPROVED if is_enough else ReleaseAct.CONSENTED, by=by, words=words)
    return release


def decline(uow: UnitOfWork, release_id: int, *, by: str, words: str) -> Release:
    """End a release, up to the moment it takes effect. Raises NotFound, WrongState, ReleaseRefused without words."""
    release = held(uow, release_id)
    ensure_may(release, ReleaseAct.DECLINED)
    _refuse_authors(release, by)
    if not words.strip():
        raise ReleaseRefused(sentence("say why it is declined; its author reads it"))
    if (agreed := uow.session.get(ReleaseDecision, (release_id, by))) is not None:
        agreed.verdict, agreed.words, agreed.at = Verdict.DECLINED, words.strip(), uow.now
    else:
        _decide(uow, release, Verdict.DECLINED, by, words)
    transition(uow, release, ReleaseAct.DECLINED, by=by, words=words.strip())
    return release


def withdraw(uow: UnitOfWork, release_id: int, *, by: str, words: str = "") -> Release:
    """Take one's own proposal back. Raises NotFound, WrongState, ReleaseRefused for anybody but its authors."""
    release = held(uow, release_id)
    if by not in {release.proposed_by, *release.editors}:
        raise ReleaseRefused(sentence("only its authors withdraw a release; an approver declines it"))
    transition(uow, release, ReleaseAct.WITHDRAWN, by=by, words=words.strip())
    return release


def _refuse_authors(release: Release, by: str) -> None:
    if by == release.proposed_by:
        raise ReleaseRefused(sentence("whoever proposed a release does not decide on it; a second person does"))
    if by in release.editors:
        raise ReleaseRefused(sentence("whoever changed the draft does not decide on its release; a second person does"))


def _decide(uow: UnitOfWork, release: Release, verdict: Verdict, by: str, words: str) -> None:
    uow.session.add(ReleaseDecision(release_id=release.id, by=by, verdict=verdict, words=words.strip(), at=uow.now))
    uow.session.flush()


def _approvals(uow: UnitOfWork, release_id: int) -> int:
    given = select(func.count()).where(
        ReleaseDecision.release_id == release_id, ReleaseDecision.verdict == Verdict.APPROVED
    )
    return uow.session.scalar(given) or 0
