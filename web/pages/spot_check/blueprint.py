"""The blueprint on which all pages of the spot-check desk stand, and who is asking."""

from __future__ import annotations

from flask import Blueprint
from sqlalchemy.orm import Session

from engine.runtime import UnitOfWork
from web.security.identity import signed_in
from workflows.spot_check.models import SpotCheckRound
from workflows.spot_check.rounds import require_version, round_of
from workflows.spot_check.standing import Standing, ensure_may_hold, ensure_may_see, standing_of

pages = Blueprint("spot_check", __name__, url_prefix="/spot-checks")


def standing(session: Session) -> Standing:
    """What the visitor is to the spot-checks. Raises NotSignedIn."""
    return standing_of(session, signed_in().account)


def holder(session: Session) -> Standing:
    """The visitor, whose office holds rounds somewhere. Raises OutOfScope."""
    visitor = standing(session)
    ensure_may_hold(visitor, visitor.offices[0].region_path if visitor.offices else "")
    return visitor


def seen_round(session: Session, round_id: int) -> tuple[SpotCheckRound, Standing]:
    """A round that the visitor may look at. Raises UnknownRecord, OutOfScope."""
    it, visitor = round_of(session, round_id), standing(session)
    ensure_may_see(session, visitor, it)
    return it, visitor


def held_round(uow: UnitOfWork, round_id: int, expected_version: int | None) -> SpotCheckRound:
    """A round that the visitor may change, for one person at a time until the transaction ends.

    Raises UnknownRecord, OutOfScope, and ConcurrentChange when it is not as the person has seen it.
    """
    it = round_of(uow.session, round_id)
    ensure_may_hold(standing(uow.session), it.region_path)
    uow.session.refresh(it, with_for_update=True)
    require_version(it, expected_version)
    return it
