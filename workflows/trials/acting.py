"""Does one act of a script, each in a transaction of its own as the real system would."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select

from engine import instances, tasks
from engine.runtime import UnitOfWork
from engine.storage.models import UserTask
from engine.tasks import Actor
from workflows.calendar import DurationUnit
from workflows.campaigns.models import Campaign
from workflows.errors import Refused
from workflows.extension_request import request_extension
from workflows.organisations.models import Person, RoleAssignment
from workflows.organisations.roles import Role
from workflows.sentences import Sentence, sentence
from workflows.spot_check.assigning import assign_round
from workflows.spot_check.committing import commit_round
from workflows.spot_check.parameters import DrawParameters
from workflows.spot_check.revealing import draw_round
from workflows.spot_check.rounds import RoundPlan, plan_round, round_of
from workflows.trials.doers import actor_of
from workflows.trials.sandbox import PROVINCE, Sandbox
from workflows.trials.script import (
    ANYBODY,
    Act,
    AskForMoreTime,
    Claim,
    Complete,
    Draw,
    GiveBack,
    Wait,
    WaitForNext,
    WaitUntil,
)

NOT_SAMPLED: Final = "not_sampled"
WORDS: Final = "七、十二、三十一"
WITNESSES: Final = ("纪检监察人员", "人大代表")
REASON: Final = "备件到货延迟，需要延期"


def perform(sandbox: Sandbox, act: Act) -> None:
    """Do an act, and whatever is due at once after it. Raises what doing it raises, and Refused when it cannot be."""
    match act:
        case Complete() | Claim() | GiveBack():
            _work(sandbox, act)
        case WaitForNext() | Wait() | WaitUntil():
            sandbox.pass_time_until(_moment_after(sandbox, act))
        case Draw():
            _draw(sandbox, sampled=act.sampled)
        case AskForMoreTime():
            _ask_for_more_time(sandbox, act)
    sandbox.settle()


def _work(sandbox: Sandbox, act: Complete | Claim | GiveBack) -> None:
    with sandbox.runtime.unit_of_work() as uow:
        task, actor = _at(sandbox, uow, act.task, ANYBODY if isinstance(act, GiveBack) else act.by)
        match act:
            case Complete():
                tasks.complete(uow, task.id, actor, dict(act.answers))
            case Claim():
                tasks.claim(uow, task.id, actor)
            case GiveBack():
                tasks.unclaim(uow, task.id, actor)


def _moment_after(sandbox: Sandbox, act: WaitForNext | Wait | WaitUntil) -> datetime:
    """Until when time passes. Raises Refused when it would bring nothing."""
    now = sandbox.clock.now()
    match act:
        case Wait():
            return sandbox.timekeeping.calendar.offset(now, act.working_days, DurationUnit.WORKING_DAY)
        case WaitUntil():
            return max(act.at, now)
        case WaitForNext():
            moment = sandbox.next_moment()
            if moment is None:
                raise Refused(sentence("nothing more happens of itself; only people can go on"))
            return moment


def task_at(open_tasks: Sequence[UserTask], element_id: str) -> UserTask:
    """The open task at an element. Raises Refused, saying what is open instead."""
    for task in open_tasks:
        if task.element_id == element_id:
            return task
    if not open_tasks:
        raise Refused(sentence("no task is open, so '%(task)s' cannot be done", task=element_id))
    names = [task.name for task in open_tasks]
    raise Refused(sentence("'%(task)s' is not open now; open is: %(open)s", task=element_id, open=names))


def _at(sandbox: Sandbox, uow: UnitOfWork, element_id: str, by: str) -> tuple[UserTask, Actor]:
    task = task_at(sandbox.open_tasks(uow), element_id)
    actor = actor_of(uow.session, task, by, sandbox.today)
    if actor is None:
        raise Refused(_nobody(task, by))
    return task, actor


def _nobody(task: UserTask, by: str) -> Sentence:
    if not by:
        return sentence("nobody may do “%(task)s”: it is offered to nobody of the cast", task=task.name)
    if by in set(Role):
        return sentence("“%(task)s” is not offered to anybody as %(role)s who may do it", task=task.name, role=Role(by))
    return sentence("the cast has nobody with the account '%(account)s'", account=by)


def _draw(sandbox: Sandbox, *, sampled: bool) -> None:
    if not sampled:
        with sandbox.runtime.unit_of_work() as uow:
            instances.correlate_message(uow, NOT_SAMPLED, {}, business_key=sandbox.number, by=PROVINCE)
        return
    with sandbox.runtime.unit_of_work() as uow:
        campaign = uow.session.scalars(select(Campaign.id)).one()
        parameters = DrawParameters(sample_size=1)
        drawn = plan_round(uow, RoundPlan(campaign_id=campaign, name="试运行", parameters=parameters), by=PROVINCE)
        number = drawn.id
        commit_round(uow, drawn, by=PROVINCE)
    with sandbox.runtime.unit_of_work() as uow:
        draw_round(uow, round_of(uow.session, number), words=WORDS, witnesses=WITNESSES, by=PROVINCE)
    with sandbox.runtime.unit_of_work() as uow:
        assign_round(uow, round_of(uow.session, number), by=PROVINCE)


def _ask_for_more_time(sandbox: Sandbox, act: AskForMoreTime) -> None:
    with sandbox.runtime.unit_of_work() as uow:
        hazard = sandbox.hazard(uow)
        asking = (RoleAssignment.role == Role.RESPONSIBLE_PERSON, RoleAssignment.organisation_id == hazard.unit_id)
        account = select(Person.account).join(RoleAssignment, RoleAssignment.person_id == Person.id).where(*asking)
        by = hazard.responsible_person or uow.session.scalars(account.order_by(Person.id)).first() or ""
        request_extension(uow, hazard, until=act.until, reason=REASON, by=by)
