from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from workflows.simulation.agenda import Agenda
from workflows.simulation.temperament import moment_of_doing
from workflows.simulation.watching import Opened

NOON = datetime(2022, 11, 8, 4, tzinfo=UTC)
TASK = Opened(1, "rectify", "豫回2022-410105-000001", NOON, NOON + timedelta(days=10))


def test_deeds_are_taken_in_the_order_of_their_moments() -> None:
    agenda = Agenda[str]()
    for hours, deed in ((3, "late"), (1, "early"), (2, "between"), (1, "early too")):
        agenda.enter(NOON + timedelta(hours=hours), deed)
    assert list(agenda.until(NOON + timedelta(hours=2))) == ["early", "early too", "between"]


def test_a_deed_entered_while_others_are_done_is_done_in_its_turn() -> None:
    agenda = Agenda[str]()
    agenda.enter(NOON, "first")
    done = []
    for deed in agenda.until(NOON + timedelta(hours=1)):
        done.append(deed)
        if deed == "first":
            agenda.enter(NOON + timedelta(minutes=30), "second")
    assert done == ["first", "second"]


def test_most_people_are_in_time_and_some_are_late() -> None:
    random = Random(1)
    moments = [moment_of_doing(TASK, random) for _ in range(1_000)]
    late = sum(moment > NOON + timedelta(days=10) for moment in moments)
    assert min(moments) > NOON
    assert 50 < late < 200
