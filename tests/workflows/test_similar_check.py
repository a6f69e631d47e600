"""Similar check: one finding is a self-check of every unit of the same kind, and what they find goes on the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select

from engine import tasks
from engine.errors import NotPermitted
from engine.storage.models import TaskCandidate, TaskStatus, UserTask
from tests.workflows.beside import call_operator, close_on_record
from tests.workflows.play import Play
from workflows.campaigns.content_areas import Source
from workflows.cast.sign_ins import DEMO_COUNTY, DEMO_SECTOR
from workflows.errors import InvalidRecord
from workflows.escalation.models import Notice
from workflows.geography.divisions import path_of
from workflows.hazards.facts import hazard_of
from workflows.hazards.models import Hazard
from workflows.organisations.models import Organisation, OrganisationKind, Person, RoleAssignment
from workflows.organisations.people import actor_for
from workflows.organisations.roles import Role
from workflows.organisations.sectors import Sector
from workflows.similar_check import Answer, SimilarCheck, spread_similar_check

NONE: dict[str, Any] = {"answer": "none", "remark": "已查后厨和库房"}
FOUND: dict[str, Any] = {
    "answer": "found",
    "remark": "后厨一处",
    "title": "后厨软管老化",
    "description": "灶具软管超期使用",
    "place": "后厨",
    "severity": "general",
}


@dataclass
class Neighbours:
    """The hazard under play with three more units of its kind in the county, the first with people of its own."""

    play: Play
    units: list[int]

    def spread(self, most: int = 50) -> list[int]:
        with self.play.runtime.unit_of_work() as uow:
            hazard = hazard_of(uow.session, self.play.number)
            checks = spread_similar_check(uow, hazard, reason="同类问题多发", by="anweiban", most=most)
            return [check.unit_id for check in checks]

    def task(self, unit: int) -> UserTask:
        """The open check of one unit."""
        with self.play.runtime.reading() as uow:
            wanted = (
                select(UserTask)
                .join(TaskCandidate, TaskCandidate.task_id == UserTask.id)
                .where(UserTask.element_id == "check_similar", UserTask.status == TaskStatus.OPEN)
                .where(TaskCandidate.identity == f"group:responsible_person@{unit}")
            )
            return uow.session.scalars(wanted).one()

    def answer(self, unit: int, by: str, **form: Any) -> None:
        task = self.task(unit)
        with self.play.runtime.unit_of_work() as uow:
            tasks.complete(uow, task.id, actor_for(uow.session, by), form)


@pytest.fixture
def neighbours(play: Play) -> Neighbours:
    hazard = play.register()
    with play.runtime.unit_of_work() as uow:
        units = [_unit(f"金水区邻居{number}燃气站", DEMO_SECTOR, DEMO_COUNTY) for number in range(3)]
        others = [_unit("别的行业", Sector.COAL_MINES, DEMO_COUNTY), _unit("别的县区", DEMO_SECTOR, "410102")]
        uow.session.add_all([*units, *others])
        uow.session.flush()
        linju = Person(account="linju", name="邻居", organisation_id=units[0].id)
        uow.session.add(linju)
        uow.session.flush()
        role = RoleAssignment(person_id=linju.id, role=Role.RESPONSIBLE_PERSON, organisation_id=units[0].id)
        uow.session.add(role)
        ids = [unit.id for unit in units]
    assert hazard.unit_id not in ids
    return Neighbours(play, ids)


def test_units_of_the_same_sector_and_county_are_asked(neighbours: Neighbours) -> None:
    assert neighbours.spread() == neighbours.units
    assert len(neighbours.play.instances("similar_check")) == 3
    assert neighbours.play.told("similar_check.spread")[0]["units"] == neighbours.units


def test_units_are_asked_in_bounded_numbers_and_each_only_once(neighbours: Neighbours) -> None:
    assert [neighbours.spread(most=2), neighbours.spread(most=2), neighbours.spread(most=2)] == [
        neighbours.units[:2],
        neighbours.units[2:],
        [],
    ]


def test_a_process_spreads_through_the_operator(neighbours: Neighbours) -> None:
    play = neighbours.play
    assert call_operator(play, "similar_check.spread", hazard=play.number, reason="同类问题多发") == 3


def test_a_unit_answers_for_itself_alone(neighbours: Neighbours) -> None:
    neighbours.spread()
    with pytest.raises(NotPermitted):
        neighbours.answer(neighbours.units[1], by="linju", **NONE)


def test_a_unit_that_finds_nothing_says_so(neighbours: Neighbours) -> None:
    neighbours.spread()
    neighbours.answer(neighbours.units[0], by="linju", **NONE)
    check = neighbours.play.rows(SimilarCheck)[0]
    assert (check.answer, check.remark, check.answered_by) == (Answer.NONE, "已查后厨和库房", "linju")


def test_what_a_unit_finds_goes_on_the_ledger_with_a_link(neighbours: Neighbours) -> None:
    neighbours.spread()
    neighbours.answer(neighbours.units[0], by="linju", **FOUND)
    check = neighbours.play.rows(SimilarCheck)[0]
    with neighbours.play.runtime.reading() as uow:
        found = uow.session.get_one(Hazard, check.found_id)
    assert (found.unit_id, found.source, found.sector) == (neighbours.units[0], Source.SELF_CHECK, DEMO_SECTOR)
    assert found.remark == f"举一反三：由{neighbours.play.number}推及"
    assert found.instance_id is not None


@pytest.mark.parametrize("lacking", [{"title": ""}, {"description": ""}, {"severity": "major"}])
def test_an_incomplete_finding_is_given_back(neighbours: Neighbours, lacking: dict[str, str]) -> None:
    neighbours.spread()
    neighbours.answer(neighbours.units[0], by="linju", **{**FOUND, **lacking})
    assert neighbours.play.rows(SimilarCheck)[0].answer is None
    assert neighbours.task(neighbours.units[0]).status is TaskStatus.OPEN


def test_an_answer_after_the_first_hazard_was_closed_counts(neighbours: Neighbours) -> None:
    neighbours.spread()
    close_on_record(neighbours.play)
    neighbours.answer(neighbours.units[0], by="linju", **FOUND)
    assert neighbours.play.rows(SimilarCheck)[0].found_id is not None


def test_a_check_that_is_not_answered_reminds_the_unit_that_was_asked(neighbours: Neighbours) -> None:
    neighbours.spread()
    neighbours.play.pass_time(days=12)
    late = neighbours.task(neighbours.units[0]).id
    with neighbours.play.runtime.reading() as uow:
        reminded = uow.session.scalars(select(Notice.recipient).where(Notice.task_id == late))
        assert "linju" in set(reminded)


def test_spreading_needs_a_reason(neighbours: Neighbours) -> None:
    with pytest.raises(InvalidRecord, match="reason"), neighbours.play.runtime.unit_of_work() as uow:
        spread_similar_check(uow, hazard_of(uow.session, neighbours.play.number), reason=" ", by="anweiban")


def _unit(name: str, sector: Sector, region_code: str) -> Organisation:
    return Organisation(
        name=name,
        kind=OrganisationKind.ENTERPRISE,
        region_code=region_code,
        region_path=path_of(region_code),
        sector=sector,
    )
