"""A played campaign proves itself from its records: it adds up, and stops doing so when a record is tampered with."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, select, update

from engine.clock import ReplayClock
from engine.runtime import Runtime, UnitOfWork
from engine.storage.database import Database
from engine.storage.models import UserTask
from lookback.cli.root import lookback
from workflows.campaigns.opening import HENAN_2022, campaign_by_code
from workflows.escalation.auditing import Fault
from workflows.escalation.models import Acknowledgement, Escalation, Notice
from workflows.escalation.steps import EscalationStep
from workflows.expressions import functions
from workflows.organisations.models import Delegation, Person
from workflows.simulation.tally import Tally, tally_of
from workflows.timekeeping import Timekeeping

HAZARDS = 50
TIMEKEEPING = Timekeeping()
THE_END = TIMEKEEPING.calendar.at(HENAN_2022.last_day, time(21))

Spoil = Callable[[UnitOfWork], None]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a campaign that was played once."""
    folder = tmp_path_factory.mktemp("campaign")
    definitions = {"LOOKBACK_DEFINITIONS__FOLDER": str(Path(__file__).parents[3] / "bpmn")}
    (folder / "config.yaml").touch()
    simulate = ["--config", str(folder / "config.yaml"), "campaign", "simulate", "--hazards", str(HAZARDS)]
    url = f"sqlite:///{folder / 'campaign.db'}"
    done = CliRunner().invoke(lookback, [*simulate, "--counties", "2", "--database", url], env=definitions)
    assert done.exit_code == 0, done.output
    return folder / "campaign.db"


@pytest.fixture
def campaign(played: Path, tmp_path: Path) -> Iterator[Runtime]:
    """A copy of it, at the end of its last day."""
    database = Database(f"sqlite:///{shutil.copy(played, tmp_path / 'campaign.db')}")
    yield Runtime(database, ReplayClock(THE_END), functions=functions(TIMEKEEPING.calendar))
    database.close()


def tally(campaign: Runtime) -> Tally:
    with campaign.reading() as uow:
        henan = campaign_by_code(uow.session, HENAN_2022.code)
        return tally_of(uow, TIMEKEEPING, henan, registered=HAZARDS)


def counted(campaign: Runtime, what: str) -> int:
    return next(line.count for line in tally(campaign).lines if line.what == what)


def test_it_adds_up_and_has_leave_and_acknowledgements_in_it(campaign: Runtime) -> None:
    assert tally(campaign).adds_up
    for what in ("休假", "代办人办理的任务", "知悉并处理", "因知悉并处理停止的升级", "发出通知"):
        assert counted(campaign, what) > 0, what


def test_deputies_were_told_of_what_those_on_leave_were(campaign: Runtime) -> None:
    with campaign.reading() as uow:
        deputies = select(Person.account).join(Delegation, Delegation.deputy_id == Person.id)
        assert uow.session.scalars(select(Notice.id).where(Notice.recipient.in_(deputies)).limit(1)).first()


def _forget_a_step(uow: UnitOfWork) -> None:
    (step,) = uow.session.scalars(select(Escalation).where(Escalation.step == EscalationStep.DUE).limit(1))
    uow.session.execute(delete(Notice).where(Notice.escalation_id == step.id))
    uow.session.delete(step)


def _tell_at_night(uow: UnitOfWork) -> None:
    calm = (Notice.urgent.is_(False), Notice.for_digest.is_(False), Notice.delivered_at.is_not(None))
    notice = _first(uow, select(Notice).where(*calm))
    notice.delivered_at = TIMEKEEPING.calendar.at(TIMEKEEPING.calendar.local_date(notice.created_at), time(23))


def _tell_after_the_end(uow: UnitOfWork) -> None:
    task = _first(uow, select(UserTask).join(Notice).where(UserTask.completed_at.is_not(None)))
    _first(uow, select(Notice).where(Notice.task_id == task.id)).delivered_at = task.completed_at + timedelta(minutes=1)


def _keep_a_deputy_in_the_dark(uow: UnitOfWork) -> None:
    """Delete the notice of somebody who was told only because they stood in for another recipient."""
    for leave in uow.session.scalars(select(Delegation).order_by(Delegation.id)):
        first, last = (TIMEKEEPING.calendar.at(day, time(0)) for day in (leave.first_day, leave.last_day))
        told = select(Notice).join(Escalation, Escalation.id == Notice.escalation_id)
        told = told.where(Escalation.at > first, Escalation.at < last)
        of_person = {
            it.escalation_id for it in uow.session.scalars(told.where(Notice.recipient == leave.person.account))
        }
        for notice in uow.session.scalars(told.where(Notice.recipient == leave.deputy.account)):
            if notice.escalation_id in of_person:
                uow.session.delete(notice)
                return
    raise AssertionError("no deputy was told in the whole campaign")


def _stop_the_committee_from_hearing(uow: UnitOfWork) -> None:
    given = _first(uow, select(Acknowledgement))
    step = _first(uow, select(Escalation).where(Escalation.step == EscalationStep.TELL_UNIT_LEADER))
    step.stopped_by_id = given.id


def _go_on_although_somebody_took_care(uow: UnitOfWork) -> None:
    uow.session.execute(update(Escalation).where(Escalation.stopped_by_id.is_not(None)).values(stopped_by_id=None))


def _acknowledge_for_another(uow: UnitOfWork) -> None:
    _first(uow, select(Acknowledgement)).by = "guanli"


def _first(uow: UnitOfWork, wanted: Any) -> Any:
    return uow.session.scalars(wanted.limit(1)).one()


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (_forget_a_step, Fault.MISSING),
        (_tell_at_night, Fault.QUIET_HOURS),
        (_tell_after_the_end, Fault.TOLD_TOO_LATE),
        (_keep_a_deputy_in_the_dark, Fault.DEPUTY_NOT_TOLD),
        (_stop_the_committee_from_hearing, Fault.STOPPED_WITHOUT_REASON),
        (_go_on_although_somebody_took_care, Fault.DESPITE_ACKNOWLEDGEMENT),
        (_acknowledge_for_another, Fault.ACKNOWLEDGED_UNTOLD),
    ],
    ids=lambda it: it.value if isinstance(it, Fault) else it.__name__.strip("_"),
)
def test_whatever_is_tampered_with_is_found(campaign: Runtime, spoil: Spoil, fault: Fault) -> None:
    with campaign.unit_of_work() as uow:
        spoil(uow)
    faults = "; ".join(line.fault for line in tally(campaign).lines)
    assert fault.value in faults


def test_a_task_done_by_who_was_on_leave_is_found(campaign: Runtime) -> None:
    with campaign.unit_of_work() as uow:
        by_deputy = _first(uow, select(UserTask).where(UserTask.on_behalf_of.is_not(None)))
        by_deputy.completed_by, by_deputy.on_behalf_of = by_deputy.on_behalf_of, None
    assert counted(campaign, "休假期间办理不符") == 1
    assert not tally(campaign).adds_up
