"""The itinerary of a team: its hazards of a round by day, in the order of cities, counties and units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, nulls_last, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from engine.errors import ConcurrentChange
from engine.runtime import UnitOfWork
from workflows.calendar import WorkingCalendar
from workflows.errors import InvalidRecord
from workflows.hazards.models import Hazard
from workflows.hazards.words import Stage
from workflows.sentences import Sentence, sentence
from workflows.spot_check.models import Itinerary, RoundAct, RoundStatus, SampledHazard, SpotCheckRound
from workflows.spot_check.progress import Inspection, with_tasks
from workflows.spot_check.rounds import note, require_status

CHANGED = "the itinerary was changed by someone else meanwhile; read it again"
MOST_A_DAY = 30
LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Wish:
    """The day on which a hazard is to be visited, and its place among those of that day; no day puts it last."""

    day: date | None
    place: int


def itinerary_of(session: Session, it: SpotCheckRound, team_id: int) -> Itinerary | None:
    """The team's itinerary in a round; None as long as nobody has laid one out."""
    return session.get(Itinerary, (it.id, team_id))


def stops_of(session: Session, it: SpotCheckRound, team_id: int) -> Sequence[Inspection]:
    """All hazards that the team was given in a round and that were not voided, in the order of the itinerary."""
    order = (nulls_last(SampledHazard.visit_on), nulls_last(SampledHazard.visit_place), *ON_THE_WAY)
    found = (
        select(SampledHazard, Hazard)
        .join(Hazard, Hazard.id == SampledHazard.hazard_id)
        .where(SampledHazard.round_id == it.id, SampledHazard.team_id == team_id, Hazard.stage != Stage.VOIDED)
    )
    return with_tasks(session, session.execute(found.order_by(*order)).all())


def teams_sent(session: Session, it: SpotCheckRound) -> Mapping[int, int]:
    """How many hazards each team was given in a round, by the team's id."""
    counted = select(SampledHazard.team_id, func.count()).where(
        SampledHazard.round_id == it.id, SampledHazard.team_id.is_not(None)
    )
    rows = session.execute(counted.group_by(SampledHazard.team_id).order_by(SampledHazard.team_id))
    return {team_id: number for team_id, number in rows if team_id is not None}


def lay_out(
    uow: UnitOfWork,
    it: SpotCheckRound,
    team_id: int,
    *,
    first_day: date | None,
    per_day: int | None,
    calendar: WorkingCalendar,
    by: str,
    expected_version: int | None = None,
) -> Itinerary:
    """Spread what the team has not inspected yet over the working days from a day on, so many a day.

    Raises InvalidRecord, WrongStage, and ConcurrentChange when somebody else changed the itinerary first.
    """
    require_status(it, RoundStatus.ASSIGNED)
    start, most = _checked(uow, calendar, first_day, per_day)
    kept = _as_seen(uow, it, team_id, start, most, by, expected_version)
    waiting = [stop.sampled for stop in _by_way(stops_of(uow.session, it, team_id)) if not stop.sampled.inspected_at]
    day = calendar.add_working_days(start, 0)
    for first in range(0, len(waiting), most):
        for place, sampled in enumerate(waiting[first : first + most], start=1):
            sampled.visit_on, sampled.visit_place = day, place
        day = calendar.add_working_days(day, 1)
    _note(uow, it, kept, by, len(waiting))
    return kept


def rearrange(
    uow: UnitOfWork,
    it: SpotCheckRound,
    team_id: int,
    wishes: Mapping[int, Wish],
    *,
    by: str,
    expected_version: int | None = None,
) -> Itinerary:
    """Put hazards, by the ids of their `SampledHazard`, on other days and in another order; the others stay.

    Raises InvalidRecord for a hazard of another team, WrongStage, and ConcurrentChange.
    """
    require_status(it, RoundStatus.ASSIGNED)
    stops = {stop.sampled.id: stop.sampled for stop in stops_of(uow.session, it, team_id)}
    if not wishes.keys() <= stops.keys():
        raise InvalidRecord({"stops": sentence("a hazard on the list is not this team's any more; read it again")})
    days = [wish.day for wish in wishes.values() if wish.day is not None]
    today = uow.now.date()
    if days and not today - LONGEST <= min(days) <= max(days) <= today + LONGEST:
        raise InvalidRecord({"stops": sentence("a day lies more than a year away")})
    present = itinerary_of(uow.session, it, team_id)
    start, most = (present.first_day, present.per_day) if present else (min(days, default=today), len(stops) or 1)
    kept = _as_seen(uow, it, team_id, start, most, by, expected_version)
    for sampled_id, wish in wishes.items():
        stops[sampled_id].visit_on = wish.day
        stops[sampled_id].visit_place = wish.place if wish.day else None
    _number_anew(stops.values())
    _note(uow, it, kept, by, len(wishes))
    return kept


ON_THE_WAY = (Hazard.region_path, Hazard.unit_name, SampledHazard.number)
"""City by city, county by county, unit by unit."""


def _by_way(stops: Iterable[Inspection]) -> list[Inspection]:
    return sorted(stops, key=lambda it: (it.hazard.region_path, it.hazard.unit_name, it.sampled.number))


def _checked(
    uow: UnitOfWork, calendar: WorkingCalendar, first_day: date | None, per_day: int | None
) -> tuple[date, int]:
    errors: dict[str, Sentence] = {}
    today = calendar.local_date(uow.now)
    if first_day is None:
        errors["first_day"] = sentence("name the first day")
    elif not today <= first_day <= today + LONGEST:
        errors["first_day"] = sentence("it lies in the past or more than a year away")
    if per_day is None or not 1 <= per_day <= MOST_A_DAY:
        errors["per_day"] = sentence("a whole number from 1 to %(most)s", most=MOST_A_DAY)
    if errors or first_day is None or per_day is None:
        raise InvalidRecord(errors)
    return first_day, per_day


def _as_seen(
    uow: UnitOfWork, it: SpotCheckRound, team_id: int, first_day: date, per_day: int, by: str, expected: int | None
) -> Itinerary:
    """The itinerary to change; version 0 is that of one that is not there yet."""
    uow.session.refresh(it, with_for_update=True)
    kept = itinerary_of(uow.session, it, team_id)
    if expected is not None and expected != (kept.version if kept else 0):
        raise ConcurrentChange(CHANGED)
    if kept is None:
        kept = Itinerary(round_id=it.id, team_id=team_id)
        uow.session.add(kept)
    kept.first_day, kept.per_day = first_day, per_day
    kept.changed_at, kept.changed_by = uow.now, by
    flag_modified(kept, "changed_at")  # counts as a change, and so for the version, even within one moment
    return kept


def _number_anew(stops: Iterable[SampledHazard]) -> None:
    """Places from 1 on each day, without gaps."""
    places: dict[date, int] = {}
    on_a_day = [stop for stop in stops if stop.visit_on is not None]
    for stop in sorted(on_a_day, key=lambda it: (it.visit_on, it.visit_place or 0, it.number)):
        day = stop.visit_on or date.max
        places[day] = stop.visit_place = places.get(day, 0) + 1


def _note(uow: UnitOfWork, it: SpotCheckRound, kept: Itinerary, by: str, stops: int) -> None:
    uow.session.flush()
    facts = {"team": kept.team_id, "first_day": kept.first_day.isoformat(), "per_day": kept.per_day, "stops": stops}
    note(uow, it, RoundAct.ITINERARY_CHANGED, by=by, facts=facts)
