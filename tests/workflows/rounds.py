"""Holds rounds of the spot-check with the demo's teams: each act in a transaction of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from engine import jobs
from tests.workflows.play import Play
from workflows.campaigns.opening import HENAN_2022, campaign_by_code
from workflows.organisations.models import Person, RoleAssignment
from workflows.organisations.roles import Role
from workflows.spot_check.assigning import Sending, assign_round
from workflows.spot_check.committing import commit_round
from workflows.spot_check.ending import end_round
from workflows.spot_check.models import Commitment, SampledHazard, SpotCheckRound
from workflows.spot_check.parameters import DrawParameters
from workflows.spot_check.revealing import draw_round
from workflows.spot_check.rounds import RoundPlan, plan_round, round_of

OFFICE = "shenganweiban"
WORDS: dict[str, Any] = {"words": "七、十二、三十一", "witnesses": ["王纪检", "李代表"]}
OPINION = {"conclusion": "removed", "opinion": "风险已消除，符合规范"}
FOUND: dict[str, Any] = {"verdict": "genuine", "companions": "张三", "opinion": "现场与台账一致", "photos": ["photo"]}


@dataclass
class Rounds:
    """The rounds of a played campaign; `id` is the last planned one's."""

    play: Play
    id: int = 0

    def wait_for_draw(self, count: int = 1, **overrides: Any) -> list[str]:
        """Bring hazards to where they wait for the draw; their numbers."""
        numbers = [self.play.register(**overrides).number for _ in range(count)]
        for number in numbers:
            self.play.number = number
            self.play.self_check()
            self.play.pass_inspection()
        return numbers

    def plan(self, size: int, *, closed_since: date | None = None, exclusion_days: int = 0) -> int:
        with self.play.runtime.unit_of_work() as uow:
            plan = RoundPlan(
                campaign_id=campaign_by_code(uow.session, HENAN_2022.code).id,
                name="第一轮",
                parameters=DrawParameters(sample_size=size),
                closed_since=closed_since,
                exclusion_days=exclusion_days,
            )
            self.id = plan_round(uow, plan, by=OFFICE).id
        return self.id

    def commit(self) -> Commitment:
        with self.play.runtime.unit_of_work() as uow:
            return commit_round(uow, round_of(uow.session, self.id), by=OFFICE)

    def draw(self, **overrides: Any) -> int:
        with self.play.runtime.unit_of_work() as uow:
            return draw_round(uow, round_of(uow.session, self.id), **{**WORDS, **overrides}, by=OFFICE)

    def assign(self) -> Sending:
        with self.play.runtime.unit_of_work() as uow:
            sending = assign_round(uow, round_of(uow.session, self.id), by=OFFICE)
        jobs.drain(self.play.runtime)
        return sending

    def end(self) -> int:
        with self.play.runtime.unit_of_work() as uow:
            released = end_round(uow, round_of(uow.session, self.id), by=OFFICE)
        jobs.drain(self.play.runtime)
        return released

    def hold(self, size: int, **plan: Any) -> list[SampledHazard]:
        """A round from its plan to the teams' being sent out; what was drawn, by number."""
        self.plan(size, **plan)
        self.commit()
        self.draw()
        self.assign()
        return self.sampled()

    def sampled(self) -> list[SampledHazard]:
        with self.play.runtime.reading() as uow:
            drawn = select(SampledHazard).where(SampledHazard.round_id == self.id)
            return list(uow.session.scalars(drawn.order_by(SampledHazard.number)))

    def round(self) -> SpotCheckRound:
        with self.play.runtime.reading() as uow:
            return round_of(uow.session, self.id)

    def inspect(self, drawn: SampledHazard, **found: Any) -> None:
        """Let the expert and the team's leader look at a hazard."""
        self.play.number = drawn.number
        self.play.act(drawn.expert or "", "expert_opinion_spot", **OPINION)
        self.play.act(self.leader(drawn), "team_inspection", **{**FOUND, **found})

    def leader(self, drawn: SampledHazard) -> str:
        """The account of the leader of the team that was sent."""
        with self.play.runtime.reading() as uow:
            leads = (RoleAssignment.organisation_id == drawn.team_id, RoleAssignment.role == Role.TEAM_LEADER)
            found = select(Person.account).join(RoleAssignment, RoleAssignment.person_id == Person.id).where(*leads)
            return uow.session.scalars(found).one()
