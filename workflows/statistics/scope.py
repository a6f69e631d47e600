"""What a person may ask of the statistics: the regions and sectors of their territory, as for the ledger's rows."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.campaigns.models import Campaign
from workflows.errors import OutOfScope, UnknownRecord
from workflows.geography.divisions import Division, divisions, path_of
from workflows.geography.paths import EVERYWHERE, is_inside
from workflows.geography.regions import codes_of
from workflows.organisations.sectors import Sector
from workflows.permissions import Scope, Territory
from workflows.records import Record
from workflows.sentences import sentence
from workflows.statistics.asking import Question


def question_in(scope: Scope, campaign_id: int, region_code: str | None, sector: Sector | None) -> Question:
    """The question of a person with this scope; what is left out is what is theirs.

    Raises UnknownRecord for a region that does not exist, OutOfScope for what lies beyond the person's territory.
    """
    code = region_code or own_region(scope).code
    if code not in divisions():
        raise UnknownRecord(Record.REGION, code)
    region = divisions()[code]
    holding = [each for each in scope.territories if is_inside(path_of(code), each.region_path)]
    theirs = _sectors(holding)
    if not holding or (theirs is not None and (not theirs or (sector and sector not in theirs))):
        asked = [region.name, sector] if sector else [region.name]
        raise OutOfScope(sentence("the figures of %(asked)s lie outside your territory or sector", asked=asked))
    return Question(campaign_id, region, frozenset({sector}) if sector else theirs)


def own_region(scope: Scope) -> Division:
    """The highest region of a person's territory. Raises OutOfScope for a person without one."""
    territory = min(scope.territories, key=lambda it: len(it.region_path), default=None)
    if territory is None:
        raise OutOfScope(sentence("statistics are read by region, and none is yours; the ledger has your hazards"))
    return divisions()[_code(territory)]


def regions_in_reach(scope: Scope, region: Division) -> Sequence[Division]:
    """The region, those above it that the person reaches too, and those directly below; the highest first."""
    above = [divisions()[code] for code in codes_of(path_of(region.code))]
    reached = [it for it in above if any(is_inside(path_of(it.code), each.region_path) for each in scope.territories)]
    return [*reached, *(it for it in divisions().values() if it.parent_code == region.code)]


def sectors_in_reach(scope: Scope, region: Division) -> Sequence[Sector]:
    """The sectors that the person may look at in a region."""
    theirs = _sectors([each for each in scope.territories if is_inside(path_of(region.code), each.region_path)])
    return [sector for sector in Sector if theirs is None or sector in theirs]


def campaigns(session: Session) -> Sequence[Campaign]:
    """All campaigns, the latest first."""
    return session.scalars(select(Campaign).order_by(Campaign.first_day.desc(), Campaign.id.desc())).all()


def _sectors(territories: Sequence[Territory]) -> frozenset[Sector] | None:
    if any(each.sectors is None for each in territories):
        return None
    return frozenset(sector for each in territories for sector in each.sectors or ())


def _code(territory: Territory) -> str:
    """The code of a territory's region; whoever reads everything reads the province."""
    return next(iter(divisions())) if territory.region_path == EVERYWHERE else codes_of(territory.region_path)[-1]
