"""The search of the record: over work, administration and sign-ins, page by page, in one order."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from engine import instances
from engine.clock import ReplayClock
from engine.definitions import deploy
from engine.history import HistoryKind, record
from engine.runtime import Runtime, UnitOfWork
from tests.diagrams import ANYTHING, diagram, end, flows, process, start, user_task
from workflows.audit import AuditKind
from workflows.audit import record as put_on_record
from workflows.audit.recording import differences
from workflows.audit.searching import Entry, Question, Source, everything, search
from workflows.cast import load_cast
from workflows.organisations.people import person_by_account
from workflows.organisations.sign_ins import SignInOutcome, SignInRecord

NUMBER = "豫回2022-410105-000001"


@pytest.fixture
def recorded(runtime: Runtime, clock: ReplayClock) -> Runtime:
    """Ten minutes of life: each has a task done, a change of administration and a sign-in."""
    with runtime.unit_of_work() as uow:
        load_cast(uow, counties=1, units_per_sector=1)
        instance = _instance(uow)
    for minute in range(10):
        who = "zeren" if minute % 2 else "jiancha1"
        with runtime.unit_of_work() as uow:
            record(uow, instance, HistoryKind.ELEMENT_COMPLETED, element_name="A step")
            record(uow, instance, HistoryKind.TASK_COMPLETED, element_name="整改", actor=who)
            put_on_record(
                uow, AuditKind.PERSON_CHANGED, by="guanli", object_key=who, before={"n": 0}, after={"n": minute}
            )
            outcome = SignInOutcome.ACCEPTED if minute else SignInOutcome.DENIED
            uow.session.add(SignInRecord(account=who, address="10.0.0.1", at=uow.now, outcome=outcome))
        clock.advance(timedelta(minutes=1))
    return runtime


def _ask(recorded: Runtime, **asked: Any) -> list[Entry]:
    with recorded.reading() as uow:
        return list(search(uow.session, Question(**asked), limit=1000).entries)


def test_everything_comes_newest_first_and_leaves_out_what_nobody_did(recorded: Runtime) -> None:
    entries = _ask(recorded)
    assert len(entries) == 31  # ten of each register, and the start of the process
    assert [entry.at for entry in entries] == sorted((entry.at for entry in entries), reverse=True)
    assert HistoryKind.ELEMENT_COMPLETED not in {entry.kind for entry in entries}


@pytest.mark.parametrize("limit", [1, 2, 7])
def test_pages_join_without_a_gap_or_an_overlap(recorded: Runtime, limit: int) -> None:
    whole, pages, after = _ask(recorded), [], None
    with recorded.reading() as uow:
        while True:
            found = search(uow.session, Question(), after=after, limit=limit)
            pages += found.entries
            after = found.next
            if after is None:
                break
    assert [(e.source, e.id) for e in pages] == [(e.source, e.id) for e in whole]


def test_a_person_is_found_in_all_registers_as_doer_and_as_object(recorded: Runtime) -> None:
    found = _ask(recorded, account="zeren")
    assert {source: sum(entry.source is source for entry in found) for source in Source} == {
        Source.WORK: 5,
        Source.ADMINISTRATION: 5,
        Source.SIGN_IN: 5,
    }


def test_a_number_tells_all_that_happened_to_it(recorded: Runtime) -> None:
    found = _ask(recorded, number=NUMBER)
    assert {entry.number for entry in found} == {NUMBER}
    assert {"instance_started", "task_created", "task_completed", "element_completed"} <= {
        entry.kind for entry in found
    }


def test_an_organisation_finds_its_peoples_acts_and_what_concerns_it(recorded: Runtime) -> None:
    with recorded.reading() as uow:
        person = person_by_account(uow.session, "zeren")
    assert person is not None
    found = _ask(recorded, organisation_id=person.organisation_id)
    assert {entry.actor for entry in found} == {"zeren"}
    assert len(found) == 10


def test_kind_and_time_narrow_it_down(recorded: Runtime, clock: ReplayClock) -> None:
    assert [entry.actor for entry in _ask(recorded, kind="denied")] == ["jiancha1"]
    since = clock.now() - timedelta(minutes=3)
    assert len(_ask(recorded, start=since)) == 9
    assert len(_ask(recorded, source=Source.WORK, kind="task_completed", end=since)) == 7


def test_an_export_stops_where_it_must(recorded: Runtime) -> None:
    with recorded.reading() as uow:
        assert len(list(everything(uow.session, Question(), most=13, page=5))) == 13
        assert len(list(everything(uow.session, Question(), most=1000, page=5))) == 31


def test_only_what_differs_is_kept() -> None:
    assert differences({"a": 1, "b": 2}, {"a": 1, "b": 3}) == ({"b": 2}, {"b": 3})
    assert differences({}, {"a": None, "b": 1}) == ({}, {"b": 1})


def _instance(uow: UnitOfWork) -> int:
    """A hazard's process that waits for its first task."""
    waits = user_task("task", users="'zeren'")
    deploy(
        uow,
        {
            "d.bpmn": diagram(process("p", start(), waits, end(), flows("start", "task", "end"))),
            "anything.form": ANYTHING,
        },
        by="designer",
    )
    return instances.start(uow, "p", {}, business_key=NUMBER, by="anweiban").id
