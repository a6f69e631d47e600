"""The form by which a person puts a single hazard on the ledger, and what it proposes while one types."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import uuid4

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine.idempotency import once
from web.access import ensure_may_register
from web.pages.ledger.blueprint import account, pages, scope
from web.pages.ledger.filtering import choices
from web.pages.ledger.headings import HEADINGS
from web.places import place_in_words
from web.security.identity import current_actor
from web.sentences import spoken, spoken_by_field
from web.wiring import runtime, settings
from web.words import in_words
from workflows.campaigns.content_areas import ContentArea, Source
from workflows.errors import InvalidRecord, OutOfScope, UnknownRecord
from workflows.hazards.register import register
from workflows.hazards.words import Category, Severity
from workflows.ledger.narrowing import campaign_of
from workflows.ledger.telling import places_like, registration_of, units_like
from workflows.organisations.sectors import Sector

CHOICES: Final[Mapping[str, type[StrEnum]]] = {
    "sector": Sector,
    "severity": Severity,
    "content_area": ContentArea,
    "source": Source,
    "category": Category,
}
LINES: Final = {
    "title": 255, "region_code": 128, "place": 500, "criterion": 255, "accident_type": 64, "violated_clause": 500,
    "inspecting_body": 255, "inspectors": 500, "unit_name": 255, "uscc": 18, "responsible_name": 255,
    "responsible_post": 255, "responsible_phone": 64,
}  # fmt: skip
"""The short texts with as many characters as each may have."""
TEXTS: Final = ("description", "requirements", "measures", "interim_controls", "remark")
LONGEST_TEXT: Final = 10_000
LENGTH_OF_A_KEY: Final = 64


@pages.get("/new")
def new() -> str:
    """The empty form."""
    today = settings().calendar.local_date(runtime().clock.now())
    usual = {"found_on": today.isoformat(), "severity": Severity.GENERAL.value}
    return _form({**usual, **request.args.to_dict()}, {})


@pages.post("/new")
def take_down() -> Response | tuple[str, int]:
    """Put the hazard on the ledger; 422 with the reasons beside the fields."""
    written = {name: value.strip() for name, value in request.form.items()}
    try:
        number = _registered(written)
    except InvalidRecord as invalid:
        return _form(written, spoken_by_field(invalid.errors)), 422
    except (OutOfScope, UnknownRecord) as beyond:
        return _form(written, {"region_code": spoken(beyond.said)}), 422
    flash(gettext("Hazard %(number)s is on the ledger.", number=number), "success")
    return redirect(url_for("hazard.show", number=number))


@pages.get("/places")
def places() -> str:
    """The places that the typed words may mean, as options of a list."""
    words = request.args.get("region_code", "").strip()
    with runtime().reading() as uow:
        codes = places_like(words, scope(uow)) if words else []
    return render_template("ledger/options.html", options=[(place_in_words(code), code) for code in codes])


@pages.get("/units")
def units() -> str:
    """The units whose name begins as typed, as options of a list."""
    words = next((value.strip() for value in request.args.values()), "")
    with runtime().reading() as uow:
        found = units_like(uow.session, words, scope(uow)) if words else []
    options = [(unit.name, place_in_words(unit.region_code)) for unit in found]
    return render_template("ledger/options.html", options=options)


def _registered(written: Mapping[str, str]) -> str:
    """The number of the hazard; the same for the same form, however often it is sent."""
    told = told_by(written)
    key = written.get("request_key", "")[:LENGTH_OF_A_KEY] or None
    with runtime().unit_of_work() as uow:

        def act() -> dict[str, Any]:
            campaign = campaign_of(uow.session, written.get("campaign", ""))
            registration = registration_of(uow.session, campaign.id, told)
            ensure_may_register(uow, registration, current_actor(uow))
            return {"number": register(uow, registration, by=account()).number}

        return str(once(uow, key, "register", {**told, "by": account()}, act)["number"])


def told_by(written: Mapping[str, str]) -> dict[str, Any]:
    """What the fields say, as a registration has it; empty ones are left out."""
    told: dict[str, Any] = {name: written[name][:most] for name, most in LINES.items() if written.get(name)}
    told |= {name: written[name][:LONGEST_TEXT] for name in TEXTS if written.get(name)}
    for name, kind in CHOICES.items():
        member = next((each for each in kind if each.value == written.get(name)), None)
        told |= {name: member} if member is not None else {}
    found_on, due_on = (_day(written.get(name, "")) for name in ("found_on", "due_on"))
    told |= {"found_on": found_on} if found_on else {}
    return told | ({"due_at": _close_of(due_on)} if due_on else {})


def _close_of(day: date) -> datetime:
    calendar = settings().calendar
    return calendar.at(day, calendar.close_of_day)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _form(written: Mapping[str, str], errors: Mapping[str, str]) -> str:
    with runtime().reading() as uow:
        campaigns = choices(uow.session)["campaign"]
    options = {name: [(it.value, in_words(it)) for it in kind] for name, kind in CHOICES.items()}
    key = written.get("request_key") or uuid4().hex
    return render_template(
        "ledger/new.html", told=written, errors=errors, options=options, campaigns=campaigns, key=key, H=HEADINGS
    )
