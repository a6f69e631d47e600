"""Plays a hazard's life as the demo's people would: each act in a transaction of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from engine import instances, jobs, tasks
from engine.clock import ReplayClock
from engine.runtime import Runtime
from engine.storage.models import Incident, Instance, InstanceStatus, OutboxEvent, TaskStatus, UserTask
from workflows.campaigns.content_areas import ContentArea, Source
from workflows.campaigns.opening import HENAN_2022, campaign_by_code
from workflows.cast.sign_ins import DEMO_COUNTY, DEMO_SECTOR
from workflows.hazards.facts import hazard_of
from workflows.hazards.models import Hazard
from workflows.hazards.register import Registration, register, register_many
from workflows.hazards.words import Origin, Severity
from workflows.organisations.models import Organisation, OrganisationKind
from workflows.organisations.people import actor_for, person_by_account

PLAN: dict[str, Any] = {
    "measures": "更换老化软管，加装自闭阀和报警器",
    "requirements": "达到城镇燃气设计规范要求",
    "steps": "一、停气；二、更换；三、打压试验",
    "responsible_name": "王建国",
    "due_on": "2022-11-30",
}
MAJOR: dict[str, Any] = {
    "severity": Severity.MAJOR,
    "criterion": "经专家组认定，参照建质规〔2022〕2号第三条",
}
CARRIED_OVER: dict[str, Any] = {
    "origin": Origin.CARRIED_OVER,
    "previous_number": "2022-三年行动-17",
    "claimed_result": "已整改",
    "claimed_done_on": date(2022, 6, 1),
}
MAJOR_PLAN: dict[str, Any] = {
    **PLAN,
    "responsible_post": "总经理",
    "responsible_phone": "13800000000",
    "funds_planned": 12.5,
    "funds_in_place": 10,
    "interim_controls": "停止供气，撤出人员，专人值守；泄漏应急预案见附件",
}
RECTIFICATION: dict[str, Any] = {
    "done": "软管已全部更换，打压试验合格",
    "done_on": "2022-11-08",
    "before_photos": ["photo-before"],
    "after_photos": ["photo-after"],
}
PROOF: dict[str, Any] = {key: RECTIFICATION[key] for key in ("done", "done_on", "after_photos")}
CONFIRM: dict[str, Any] = {"state": "to_rectify"}
AGREE: dict[str, Any] = {"decision": "agree"}
PASS: dict[str, Any] = {"result": "pass", "opinion": "现场核查，整改到位", "photos": ["photo-on-site"]}
EXPERT: dict[str, Any] = {"conclusion": "removed", "opinion": "风险已消除"}
APPROVE: dict[str, Any] = {"decision": "approve"}


@dataclass
class Play:
    """One hazard under play; `number` is the last registered one's."""

    runtime: Runtime
    clock: ReplayClock
    number: str = field(default="")

    def register(self, **overrides: Any) -> Hazard:
        """Put a hazard of the demo's county and enterprise on the ledger; it is a general one of town gas."""
        with self.runtime.unit_of_work() as uow:
            hazard = register(uow, self.registration(**overrides), by="anweiban")
        self.number = hazard.number
        return hazard

    def register_many(self, count: int, **overrides: Any) -> list[Hazard]:
        """Put many hazards on the ledger at once."""
        registration = self.registration(**overrides)
        with self.runtime.unit_of_work() as uow:
            return register_many(uow, [registration] * count, by="anweiban")

    def registration(self, **overrides: Any) -> Registration:
        """A hazard of the demo's enterprise, ready for the ledger."""
        with self.runtime.reading() as uow:
            campaign = campaign_by_code(uow.session, HENAN_2022.code)
            zeren = person_by_account(uow.session, "zeren")
            assert zeren is not None
            unit = zeren.organisation
        facts: dict[str, Any] = {
            "campaign_id": campaign.id,
            "title": "燃气软管老化",
            "description": "后厨燃气软管老化开裂，未装自闭阀",
            "region_code": unit.region_code,
            "sector": DEMO_SECTOR,
            "severity": Severity.GENERAL,
            "content_area": ContentArea.SECTOR_CAMPAIGN,
            "source": Source.SECTOR_CAMPAIGN,
            "unit_name": unit.name,
            "unit_id": unit.id,
            "found_on": date(2022, 11, 8),
        }
        return Registration(**{**facts, **overrides})

    def act(self, account: str, element_id: str, *, idempotency_key: str | None = None, **form: Any) -> UserTask:
        """Let a person complete the hazard's open task at an element."""
        return self.repeat(account, self.task(element_id).id, idempotency_key=idempotency_key, **form)

    def repeat(self, account: str, task_id: int, *, idempotency_key: str | None = None, **form: Any) -> UserTask:
        """Let a person complete a task by its number, as a request does that is sent a second time."""
        with self.runtime.unit_of_work() as uow:
            actor = actor_for(uow.session, account)
            return tasks.complete(uow, task_id, actor, form, idempotency_key=idempotency_key)

    def task(self, element_id: str) -> UserTask:
        """The hazard's open task at an element."""
        found = [task for task in self.open_tasks() if task.element_id == element_id]
        assert found, f"{self.number} waits at {self.waits_at()}, not at {element_id}; incidents: {self.incidents()}"
        return found[0]

    def open_tasks(self) -> list[UserTask]:
        """The open tasks of all processes of the hazard, the main one and those beside it."""
        with self.runtime.reading() as uow:
            found = select(UserTask).where(UserTask.business_key == self.number, UserTask.status == TaskStatus.OPEN)
            return list(uow.session.scalars(found.order_by(UserTask.id)))

    def waits_at(self) -> list[str]:
        """The elements of the hazard's open tasks, in alphabetical order."""
        return sorted(task.element_id for task in self.open_tasks())

    def hazard(self, number: str = "") -> Hazard:
        """The hazard's row as it is now."""
        with self.runtime.reading() as uow:
            return hazard_of(uow.session, number or self.number)

    def rows(self, table: type[Any]) -> list[Any]:
        """The rows of a table that hang on the hazard, the oldest first."""
        with self.runtime.reading() as uow:
            owner = hazard_of(uow.session, self.number).id
            return list(uow.session.scalars(select(table).where(table.hazard_id == owner).order_by(table.id)))

    def told(self, event: str) -> list[dict[str, Any]]:
        """What the outbox holds of one type of event for the hazard, the oldest first."""
        with self.runtime.reading() as uow:
            found = select(OutboxEvent.data).where(OutboxEvent.key == self.number, OutboxEvent.type == event)
            return list(uow.session.scalars(found.order_by(OutboxEvent.id)))

    def instance(self, process_id: str = "hazard_lookback") -> Instance:
        """The hazard's newest instance of a process."""
        return self.instances(process_id)[-1]

    def instances(self, process_id: str) -> list[Instance]:
        """The hazard's instances of a process, the oldest first."""
        with self.runtime.reading() as uow:
            found = select(Instance).where(Instance.business_key == self.number).order_by(Instance.id)
            return [it for it in uow.session.scalars(found) if it.definition.process_id == process_id]

    def status(self, process_id: str = "hazard_lookback") -> InstanceStatus:
        return self.instance(process_id).status

    def data(self, process_id: str = "hazard_lookback") -> dict[str, Any]:
        """The variables of the hazard's newest instance of a process."""
        with self.runtime.reading() as uow:
            return instances.read_data(uow, self.instance(process_id).id)

    def incidents(self) -> list[str]:
        """What the hazard's instances stumbled over and still wait to be mended."""
        with self.runtime.reading() as uow:
            found = select(Incident.message).join(Instance, Instance.id == Incident.instance_id)
            found = found.where(Instance.business_key == self.number, Incident.resolved_at.is_(None))
            return list(uow.session.scalars(found))

    def pass_time(self, **duration: float) -> int:
        """Let time pass and do what is due; returns how many jobs were done."""
        self.clock.advance(timedelta(**duration))
        return jobs.drain(self.runtime)

    def organisation(self, kind: OrganisationKind, region_code: str = DEMO_COUNTY) -> Organisation:
        """The first organisation of a kind in a region."""
        with self.runtime.reading() as uow:
            found = select(Organisation).where(Organisation.kind == kind, Organisation.region_code == region_code)
            return uow.session.scalars(found.order_by(Organisation.id)).all()[0]

    def self_check(self) -> None:
        """Bring a general hazard that is new from registration to the special inspection."""
        self.act("zeren", "confirm_hazard", **CONFIRM)
        self.act("zeren", "make_plan", **PLAN)
        self.rectify()

    def rectify(self) -> None:
        """Bring a planned hazard to the special inspection."""
        self.act("zeren", "rectify", **RECTIFICATION)
        self.act("danwei", "confirm_by_leader", **AGREE)

    def pass_inspection(self) -> None:
        """Let two inspectors of the department pass the hazard."""
        self.act("jiancha1", "verify_on_site", **PASS)
        self.act("jiancha2", "countersign", **AGREE)

    def miss_the_draw(self, idempotency_key: str | None = None) -> None:
        """Let the round of the spot-check end without the hazard in its sample."""
        with self.runtime.unit_of_work() as uow:
            instances.correlate_message(
                uow,
                "not_sampled",
                {},
                business_key=self.number,
                by="shenganweiban",
                idempotency_key=idempotency_key,
            )

    def reach_closure(self) -> None:
        """Bring a general hazard that is new from registration to the approval of its closure."""
        self.self_check()
        self.pass_inspection()
        self.miss_the_draw()
