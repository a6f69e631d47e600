"""The conditions of a selection as SQL; each is served by an index of `workflows.ledger.indexes` or of the hazards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from workflows.calendar import BEIJING_TIME, ONE_DAY
from workflows.campaigns.models import Campaign
from workflows.errors import UnknownRecord
from workflows.geography.divisions import divisions, path_of
from workflows.geography.paths import EVERYWHERE, inside, is_inside
from workflows.hazards.models import Hazard
from workflows.hazards.words import Stage
from workflows.permissions import Scope, Territory, visible
from workflows.records import Record
from workflows.search import matching

if TYPE_CHECKING:
    from workflows.ledger.selection import Selection

Condition = ColumnElement[bool]


def campaign_of(session: Session, named: str) -> Campaign:
    """The campaign of a code or an id; the latest one when nothing is named. Raises UnknownRecord."""
    wanted = select(Campaign).order_by(Campaign.first_day.desc(), Campaign.id.desc()).limit(1)
    if named:
        by_id = Campaign.id == int(named) if named.isascii() and named.isdigit() else Campaign.code == named
        wanted = wanted.where(or_(Campaign.code == named, by_id))
    found = session.scalars(wanted).one_or_none()
    if found is None:
        raise UnknownRecord(Record.CAMPAIGN, named)
    return found


def narrowed(
    session: Session, statement: Select[Any], it: Selection, campaign: Campaign, scope: Scope | None, now: datetime
) -> Select[Any]:
    """The statement with all conditions of a selection in one campaign, within the scope (None: everything)."""
    statement = statement.where(Hazard.campaign_id == campaign.id, *_of_words(it), *_of_days(it), *_of_course(it, now))
    if it.text:
        statement = statement.where(matching(session, it.text))
    if scope is None:
        return statement.where(*_of_place(it))
    if scope.units:
        statement = statement.where(*_of_place(it))
    common = Scope(tuple(_common(it, scope)), scope.units)
    return visible(statement, common, Hazard.region_path, Hazard.sector, Hazard.unit_id)


def start_of(day: date) -> datetime:
    """The first moment of a day in Beijing."""
    return datetime.combine(day, time(), BEIJING_TIME)


def _of_words(it: Selection) -> Iterator[Condition]:
    """What the hazard is, and where it stands."""
    yield Hazard.stage.in_(it.stage) if it.stage else Hazard.stage != Stage.VOIDED
    for column, value in (
        (Hazard.severity, it.severity),
        (Hazard.origin, it.origin),
        (Hazard.content_area, it.area),
        (Hazard.source, it.source),
        (Hazard.verdict, it.verdict),
    ):
        if value is not None:
            yield column == value
    yield from _of_flags(it)
    yield from _of_people(it)


def _of_place(it: Selection) -> Iterator[Condition]:
    """Where the hazard belongs, for those who reach it otherwise than by its place."""
    if it.region:
        yield inside(Hazard.region_path, _path(it.region))
    if it.sector:
        yield Hazard.sector.in_(it.sector)


def _common(it: Selection, scope: Scope) -> Iterator[Territory]:
    """What the selection's region and sectors have in common with each territory.

    Asked as one condition instead of two: a database takes two for independent, and then reads by the wrong index.
    """
    asked = _path(it.region) if it.region else EVERYWHERE
    for each in scope.territories:
        path = max(asked, each.region_path, key=len)
        sectors = each.sectors if not it.sector else frozenset(it.sector) & (each.sectors or frozenset(it.sector))
        if is_inside(path, asked) and is_inside(path, each.region_path) and (sectors is None or sectors):
            yield Territory(path, sectors)


def _path(region: str) -> str:
    """The path of a region; one that nobody knows holds no hazard."""
    return path_of(region) if region in divisions() else f"/{region}/"


def _of_flags(it: Selection) -> Iterator[Condition]:
    for flag, answer in ((Hazard.listed, it.listed), (Hazard.exposed, it.exposed)):
        if answer is not None:
            yield and_(flag) if answer else not_(flag)


def _of_people(it: Selection) -> Iterator[Condition]:
    """Whose hazard it is: the unit by its id or name, the person by account or name."""
    if it.unit:
        is_id = it.unit.isascii() and it.unit.isdigit()
        yield Hazard.unit_id == int(it.unit[:18]) if is_id else Hazard.unit_name == it.unit
    if it.person:
        yield or_(Hazard.responsible_person == it.person, Hazard.responsible_name == it.person)


def _of_days(it: Selection) -> Iterator[Condition]:
    if it.found_from:
        yield Hazard.found_on >= it.found_from
    if it.found_to:
        yield Hazard.found_on <= it.found_to
    yield from _within(Hazard.due_at, it.due_from, it.due_to)
    yield from _within(Hazard.created_at, it.registered_from, it.registered_to)
    yield from _within(Hazard.rectified_at, it.rectified_from, it.rectified_to)
    yield from _within(Hazard.closed_at, it.closed_from, it.closed_to)


def _within(column: InstrumentedAttribute[Any], first: date | None, last: date | None) -> Iterator[Condition]:
    if first:
        yield column >= start_of(first)
    if last:
        yield column < start_of(last + ONE_DAY)


def _of_course(it: Selection, now: datetime) -> Iterator[Condition]:
    """How far the hazard is, and how often it was sent back."""
    still_open = and_(Hazard.rectified_at.is_(None), Hazard.closed_at.is_(None))
    if it.overdue is not None:
        today = now.astimezone(BEIJING_TIME).date()
        yield Hazard.due_at < start_of(today - timedelta(days=min(it.overdue, today.toordinal() - 1) - 1))
        yield still_open
    if it.is_rectified is not None:
        yield Hazard.rectified_at.is_not(None) if it.is_rectified else still_open
    if it.in_time is not None:
        done_at = func.coalesce(Hazard.rectified_at, Hazard.closed_at)
        yield done_at <= Hazard.due_at if it.in_time else done_at > Hazard.due_at
    if it.returned is not None:
        yield Hazard.returns >= it.returned
