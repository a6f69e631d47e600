"""The public address of a round, and its QR code."""

from __future__ import annotations

import segno
from flask import url_for
from markupsafe import Markup
from sqlalchemy.orm import Session

from web.wiring import settings
from workflows.campaigns.models import Campaign
from workflows.errors import UnknownRecord
from workflows.records import Record
from workflows.spot_check.models import RoundStatus, SpotCheckRound


def code_of(session: Session, it: SpotCheckRound) -> str:
    """What a round is called in its public address: the campaign's code and the round's number, e.g. `henan-2022-3`."""
    return f"{session.get_one(Campaign, it.campaign_id).code}-{it.id}"


def published_round(session: Session, code: str) -> SpotCheckRound:
    """The round of a public address, once its list is frozen. Raises UnknownRecord."""
    number = code.rpartition("-")[2]
    found = session.get(SpotCheckRound, int(number)) if number.isdecimal() and len(number) < 19 else None
    if found is None or found.status is RoundStatus.PLANNED or code_of(session, found) != code:
        raise UnknownRecord(Record.SPOT_CHECK_ROUND, code)
    return found


def public_address(session: Session, it: SpotCheckRound) -> str:
    """Where anybody can look a round up."""
    return settings().public_url.rstrip("/") + url_for("spot_check.public", code=code_of(session, it))


def qr_of(address: str) -> Markup:
    """A drawing of an address for the cameras of the room, dark on light whatever the reader prefers."""
    drawn = segno.make_qr(address, error="m").svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None)
    return Markup(drawn)
