"""The filters above the table: what can be chosen, what is chosen, and the chips that take it back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from flask import request
from flask_babel import gettext, ngettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from web.pages.ledger.addresses import address_of
from web.places import place_in_words
from web.sentences import spoken
from web.words import in_words
from workflows.campaigns.content_areas import ContentArea, Source
from workflows.campaigns.models import Campaign
from workflows.geography.divisions import HENAN, divisions, path_of
from workflows.geography.paths import EVERYWHERE, is_inside
from workflows.geography.regions import codes_of
from workflows.hazards.words import Origin, Severity, Stage, Verdict
from workflows.ledger.appearance import Appearance
from workflows.ledger.selection import Selection
from workflows.organisations.sectors import Sector
from workflows.permissions import Scope

LEVELS = ("city", "county", "township")
LATE_BY = (1, 7, 15, 30, 60)
RETURNED = (1, 2, 3, 5)
Options = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Chip:
    """A condition in words, and the address of the ledger without it."""

    words: str
    address: str


@dataclass(frozen=True)
class RegionChoice:
    """One level of the place: its name in the form, what can be chosen, what is; `is_fixed` when it is given."""

    name: str
    options: Options
    chosen: str
    is_fixed: bool


def choices(session: Session) -> Mapping[str, Options]:
    """What can be chosen, by field."""
    campaigns = session.scalars(select(Campaign).order_by(Campaign.first_day.desc(), Campaign.id.desc()).limit(50))
    return {
        "campaign": [(campaign.code, campaign.name) for campaign in campaigns],
        "stage": [("open", gettext("Not closed yet")), *((it.value, in_words(it)) for it in Stage)],
        "sector": [(it.value, in_words(it)) for it in Sector],
        "severity": [(it.value, in_words(it)) for it in Severity],
        "origin": [(it.value, in_words(it)) for it in Origin],
        "area": [(it.value, in_words(it)) for it in ContentArea],
        "source": [(it.value, in_words(it)) for it in Source],
        "verdict": [(it.value, in_words(it)) for it in Verdict],
        "overdue": [(str(days), _late_by(days)) for days in LATE_BY],
        "returned": [(str(times), _at_least(times)) for times in RETURNED],
        "answer": [("yes", gettext("yes")), ("no", gettext("no"))],
    }  # fmt: skip


def regions(selection: Selection, scope: Scope) -> Sequence[RegionChoice]:
    """City, county and township, as far as the visitor may choose: each level within the one above it."""
    top = _top(scope)
    chosen = codes_of(path_of(selection.region if selection.region in divisions() else top))[1:]
    given = codes_of(path_of(top))[1:]
    shown: list[RegionChoice] = []
    above = HENAN
    for at, name in enumerate(LEVELS):
        code = chosen[at] if at < len(chosen) else ""
        options = [(it.code, it.name) for it in divisions().values() if it.parent_code == above]
        if not options:
            break
        shown.append(RegionChoice(name, options, code, at < len(given)))
        if not code:
            break
        above = code
    return shown


def region_asked() -> str:
    """The lowest region of the form's levels that lies within those above it."""
    found = ""
    for name in LEVELS:
        code = request.args.get(name, "")
        if code not in divisions() or (found and not is_inside(path_of(code), path_of(found))):
            break
        found = code
    return found


def chips(session: Session, selection: Selection, appearance: Appearance) -> Iterator[Chip]:
    """The conditions, each with the way back from it."""
    for names, said in selection.described():
        words = _campaign(session, selection) if names == ("campaign",) else spoken(said)
        if names == ("region",) and selection.region in divisions():
            words = place_in_words(selection.region)
        yield Chip(words, address_of(selection.without(*names), appearance))


def is_form_sent() -> bool:
    """Whether the address comes from the form, and so is to be written more plainly."""
    return "filter" in request.args


def from_form(selection: Selection) -> Selection:
    """The selection with the place that the form's levels name together."""
    return replace(selection, region=region_asked())


def _campaign(session: Session, selection: Selection) -> str:
    named = select(Campaign.name).where(Campaign.code == selection.campaign)
    if selection.campaign.isdecimal():
        named = select(Campaign.name).where(Campaign.id == int(selection.campaign))
    return session.scalar(named) or selection.campaign


def _late_by(days: int) -> str:
    if days == 1:
        return gettext("Late at all")
    return ngettext("%(num)s day or more", "%(num)s days or more", days)


def _at_least(times: int) -> str:
    return ngettext("%(num)s time or more", "%(num)s times or more", times)


def _top(scope: Scope) -> str:
    """The region below which the visitor may choose: that of the only territory, else the province."""
    paths = {territory.region_path for territory in scope.territories}
    if len(paths) != 1 or scope.units or paths == {EVERYWHERE}:
        return HENAN
    return codes_of(paths.pop())[-1]
