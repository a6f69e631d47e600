"""The simulated campaign, hour by hour: timers fire, notices go out, people do their tasks or are on leave."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from engine import jobs, tasks
from engine.clock import ReplayClock
from engine.definitions.library import form
from engine.runtime import Runtime, UnitOfWork
from engine.storage.models import Instance, TaskStatus, UserTask
from workflows.campaigns.models import Campaign
from workflows.cast import Cast
from workflows.errors import InvalidRecord, Refused
from workflows.escalation.digests import deliver_digests
from workflows.escalation.notices import release_held
from workflows.extension_request import request_extension
from workflows.hazards.facts import hazard_of
from workflows.hazards.register import Registration, register_many
from workflows.simulation.agenda import Agenda
from workflows.simulation.answering import Answer, Situation, answer_form
from workflows.simulation.caring import Caring
from workflows.simulation.leaves import Leaves
from workflows.simulation.ledger import CARRIED_OVER_SHARE, carried_over, finds_by_day, found_on
from workflows.simulation.players import Players
from workflows.simulation.publicity import Publicity
from workflows.simulation.rounds import Rounds
from workflows.simulation.tally import Tally, tally_of
from workflows.simulation.temperament import moment_of_doing
from workflows.simulation.watching import Opened, Watcher
from workflows.timekeeping import Timekeeping

BATCH: Final = 500
ONE_HOUR: Final = timedelta(hours=1)
FIRST_HOUR, LAST_HOUR = time(8), time(21)
"""Nobody works, and nothing comes due, between the last hour of a day and the first of the next."""
ASKS_FOR_MORE_TIME: Final = 0.15
"""The share of late rectifiers who ask for an extension before their time limit ends."""

Progress = Callable[[datetime, int], None]
"""Is told the moment, and how many steps were made so far."""


@dataclass
class Simulation:
    """One campaign with its cast. `runtime` must run on `clock`; nobody else may use its database meanwhile.

    `photo` is the reference of the picture that people hand in as evidence. Those `always_there` never go on leave.
    """

    runtime: Runtime
    clock: ReplayClock
    timekeeping: Timekeeping
    campaign: Campaign
    cast: Cast
    random: Random
    photo: str = "simulated/photo.png"
    always_there: Collection[str] = ()
    steps: int = 0
    _stuck: int = 0
    _agenda: Agenda[Opened] = field(default_factory=Agenda[Opened])
    _extensions: Agenda[str] = field(default_factory=Agenda[str])
    _watcher: Watcher = field(default_factory=Watcher)

    def __post_init__(self) -> None:
        self.runtime = replace(self.runtime, listeners=(*self.runtime.listeners, self._watcher))
        with self.runtime.reading() as uow:
            self._players = Players(uow.session, self.random)
        self._rounds = Rounds(self.runtime, self.campaign, self.random)
        self._publicity = Publicity(self.runtime, self.campaign)
        self._leaves = Leaves(self.runtime, self.random, self.cast, self.always_there)
        self._caring = Caring(self.runtime, self.random, self.timekeeping.calendar)

    def run(self, hazards: int, progress: Progress, *, until: datetime | None = None) -> Tally:
        """Play the campaign with so many hazards from its first day to its last, or to the hour before `until`.

        The tally says what came of them.
        """
        carried = round(hazards * CARRIED_OVER_SHARE)
        finds = finds_by_day(self.campaign, hazards - carried, self.random)
        for moment in self._hours(until):
            self.clock.advance_to(moment)
            if moment == self._opening():
                self._register(carried_over(self.campaign, self.cast.units, carried, self.random))
            if self._hour() == FIRST_HOUR:
                self._begin_day(finds.get(self._today(), 0))
            self._let_time_work()
            self._let_people_work()
            progress(moment, self.steps)
        with self.runtime.reading() as uow:
            return tally_of(uow, self.timekeeping, self.campaign, registered=hazards, stuck=self._stuck)

    def _hours(self, until: datetime | None) -> Iterator[datetime]:
        """The waking hours of the campaign; its last day is followed to its end."""
        calendar = self.timekeeping.calendar
        moment = self._opening()
        last = calendar.at(self.campaign.last_day, LAST_HOUR)
        while moment <= min(last, until or last):
            if FIRST_HOUR <= moment.astimezone(calendar.zone).time() <= LAST_HOUR:
                yield moment
            moment += ONE_HOUR

    def _opening(self) -> datetime:
        return self.timekeeping.calendar.at(self.campaign.first_day, FIRST_HOUR)

    def _begin_day(self, finds: int) -> None:
        today = self._today()
        self._leaves.begin(today)
        with self.runtime.reading() as uow:
            self._players.begin_day(uow.session, today)
        self._register(found_on(self.campaign, self.cast.units, today, finds, self.random))
        if self._rounds.begin_if_due(today):
            self._let_time_work()
        if self._rounds.end_inspected():
            self._let_time_work()
        self._publicity.go_on(today)
        self._plan_new_tasks()
        deliver_digests(self.runtime, self.timekeeping)
        self._caring.look(self.clock.now())

    def _register(self, registrations: list[Registration]) -> None:
        for first in range(0, len(registrations), BATCH):
            with self.runtime.unit_of_work() as uow:
                register_many(uow, registrations[first : first + BATCH], by="anweiban")
            self._plan_new_tasks()

    def _let_time_work(self) -> None:
        """Fire what has come due, and give out the notices that were held through the night."""
        self.steps += jobs.drain(self.runtime)
        self._plan_new_tasks()
        with self.runtime.unit_of_work() as uow:
            while release_held(uow, limit=BATCH) == BATCH:
                pass

    def _let_people_work(self) -> None:
        now = self.clock.now()
        self.steps += self._caring.act(now, self._players)
        for number in self._extensions.until(now):
            self._ask_for_more_time(number)
        for opened in self._agenda.until(now):
            self._do(opened)
        self._let_time_work()

    def _plan_new_tasks(self) -> None:
        for opened in self._watcher.take():
            at = moment_of_doing(opened, self.random)
            self._agenda.enter(at, opened)
            if opened.element_id == "rectify" and opened.due_at is not None and at > opened.due_at:
                self._consider_more_time(opened.number, opened.due_at)

    def _consider_more_time(self, number: str, due_at: datetime) -> None:
        if self.random.random() < ASKS_FOR_MORE_TIME:
            self._extensions.enter(due_at - timedelta(days=1), number)

    def _do(self, opened: Opened) -> None:
        """Let somebody do a task, unless it has ended meanwhile."""
        with self.runtime.unit_of_work() as uow:
            task = uow.session.get_one(UserTask, opened.task_id)
            if task.status is not TaskStatus.OPEN:
                return
            actor = self._players.somebody_for(uow.session, task)
            if actor is None:
                self._stuck += 1
                return
            tasks.complete(uow, task.id, actor, self._answer(uow, task))
        self.steps += 1
        self._plan_new_tasks()

    def _answer(self, uow: UnitOfWork, task: UserTask) -> Answer:
        if task.form is None:
            return {}
        instance = uow.session.get_one(Instance, task.instance_id)
        schema = form(uow, instance.definition.deployment_id, task.form)
        hazard = hazard_of(uow.session, task.business_key)
        return answer_form(
            schema, task.element_id, Situation(hazard, self._today(), self.campaign.last_day, self.photo, self.random)
        )

    def _ask_for_more_time(self, number: str) -> None:
        """Ask as the responsible person would; who is away does not, and who is not rectifying any more is refused."""
        until = self._today() + timedelta(days=self.random.randint(5, 15))
        with suppress(Refused, InvalidRecord), self.runtime.unit_of_work() as uow:
            hazard = hazard_of(uow.session, number)
            by = hazard.responsible_person or ""
            if self._players.is_away(by):
                return
            request_extension(uow, hazard, until=until, reason="备件到货延迟，需要延期", by=by)
            self.steps += 1
        self._plan_new_tasks()

    def _today(self) -> date:
        return self.timekeeping.calendar.local_date(self.clock.now())

    def _hour(self) -> time:
        return self.clock.now().astimezone(self.timekeeping.calendar.zone).time()
