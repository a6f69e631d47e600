from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from engine.clock import ReplayClock
from engine.runtime import Runtime
from workflows.errors import Refused, UnknownRecord
from workflows.numbers import IssuedNumber, hazards_of, next_number, papers, reserve, void

OFFICE = papers("豫安委办")


def take(runtime: Runtime, count: int = 1) -> list[str]:
    with runtime.unit_of_work() as uow:
        return [number.text for number in reserve(uow, OFFICE, count)]


def test_a_series_counts_from_one(runtime: Runtime) -> None:
    assert take(runtime) + take(runtime) == ["豫安委办〔2022〕1号", "豫安委办〔2022〕2号"]


def test_an_import_reserves_many_at_once(runtime: Runtime) -> None:
    take(runtime)
    assert take(runtime, 3) == ["豫安委办〔2022〕2号", "豫安委办〔2022〕3号", "豫安委办〔2022〕4号"]


def test_a_hazard_counts_in_its_county_even_when_found_in_a_township(runtime: Runtime) -> None:
    with runtime.unit_of_work() as uow:
        numbers = [next_number(uow, hazards_of(code)).text for code in ("410102", "410102001", "410103")]
    assert numbers == ["豫回2022-410102-000001", "豫回2022-410102-000002", "豫回2022-410103-000001"]


def test_the_count_begins_anew_with_the_year_in_beijing(runtime: Runtime, clock: ReplayClock) -> None:
    take(runtime)
    clock.advance_to(datetime(2022, 12, 31, 16, 0, tzinfo=UTC))
    assert take(runtime) == ["豫安委办〔2023〕1号"]


def test_a_failed_unit_of_work_gives_its_number_back(runtime: Runtime) -> None:
    with pytest.raises(UnknownRecord), runtime.unit_of_work() as uow:
        void(uow, f"{next_number(uow, OFFICE)}9", reason="", by="anweiban")
    assert take(runtime) == ["豫安委办〔2022〕1号"]


def test_a_voided_number_stays_and_is_not_given_out_again(runtime: Runtime) -> None:
    [number] = take(runtime)
    with runtime.unit_of_work() as uow:
        void(uow, number, reason="printed twice", by="anweiban")
    assert take(runtime) == ["豫安委办〔2022〕2号"]
    with runtime.reading() as uow:
        issued = uow.session.get(IssuedNumber, number)
    assert issued is not None
    assert (issued.void_reason, issued.voided_by) == ("printed twice", "anweiban")


def test_a_number_is_voided_once(runtime: Runtime) -> None:
    [number] = take(runtime)
    with runtime.unit_of_work() as uow:
        void(uow, number, reason="printed twice", by="anweiban")
    with pytest.raises(Refused, match="already"), runtime.unit_of_work() as uow:
        void(uow, number, reason="again", by="anweiban")


def test_an_unknown_number_cannot_be_voided(runtime: Runtime) -> None:
    with pytest.raises(UnknownRecord), runtime.unit_of_work() as uow:
        void(uow, "豫安委办〔2022〕9号", reason="", by="anweiban")


def test_numbers_taken_at_the_same_time_are_distinct_and_leave_none_out(runtime: Runtime) -> None:
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: take(runtime, 2), range(20)))
    with runtime.reading() as uow:
        sequences = uow.session.scalars(select(IssuedNumber.sequence).order_by(IssuedNumber.sequence)).all()
    assert sequences == list(range(1, 41))
