"""The scheduler calls duties at their interval, survives their errors, and stops gracefully."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread

import pytest

from engine.scheduler.duty import Duty
from engine.scheduler.scheduler import Scheduler
from engine.scheduler.waiting import run_until_told

OFTEN = timedelta(milliseconds=20)
RARELY = timedelta(days=1)
PATIENCE = 5.0


def after(calls: int, done: Event, then: Callable[[], None] = lambda: None) -> Callable[[Event], None]:
    made: list[int] = []

    def run(_stopping: Event) -> None:
        made.append(1)
        if len(made) >= calls:
            done.set()
        then()

    return run


def test_a_duty_is_called_at_once() -> None:
    called = Event()
    with Scheduler([Duty("once", RARELY, after(1, called))]):
        assert called.wait(PATIENCE)


def test_a_duty_is_called_again_and_again() -> None:
    called = Event()
    with Scheduler([Duty("often", OFTEN, after(3, called))]):
        assert called.wait(PATIENCE)


def test_a_duty_that_fails_is_logged_and_called_again(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        raise RuntimeError("the database went away")

    called = Event()
    with Scheduler([Duty("fragile", OFTEN, after(2, called, fail))]):
        assert called.wait(PATIENCE)
    assert "duty fragile failed" in caplog.text
    assert "the database went away" in caplog.text


def test_one_duty_does_not_hold_up_another() -> None:
    called = Event()
    slow = Duty("slow", RARELY, lambda stopping: stopping.wait(PATIENCE))
    with Scheduler([slow, Duty("quick", OFTEN, after(2, called))]):
        assert called.wait(PATIENCE)


def test_a_duty_never_overlaps_itself() -> None:
    at_work, done = [0], Event()
    highest: list[int] = []

    def run(stopping: Event) -> None:
        at_work[0] += 1
        highest.append(at_work[0])
        stopping.wait(0.1)
        at_work[0] -= 1
        if len(highest) == 3:
            done.set()

    with Scheduler([Duty("slow", OFTEN, run)]):
        assert done.wait(PATIENCE)
    assert max(highest) == 1


def test_stopping_lets_the_duty_at_work_finish() -> None:
    started, finished = Event(), Event()

    def run(stopping: Event) -> None:
        started.set()
        assert stopping.wait(PATIENCE)
        finished.set()

    with Scheduler([Duty("long", RARELY, run)]):
        assert started.wait(PATIENCE)
    assert finished.is_set()


def test_sigterm_ends_the_process_after_the_duty_at_work() -> None:
    started, finished = Event(), Event()

    def run(stopping: Event) -> None:
        started.set()
        assert stopping.wait(PATIENCE)
        finished.set()

    def end() -> None:
        assert started.wait(PATIENCE)
        os.kill(os.getpid(), signal.SIGTERM)

    before = signal.getsignal(signal.SIGTERM)
    Thread(target=end).start()
    run_until_told(Scheduler([Duty("long", RARELY, run)]))

    assert finished.is_set()
    assert signal.getsignal(signal.SIGTERM) is before


def test_an_interval_that_would_never_rest_is_refused() -> None:
    with pytest.raises(ValueError, match="too often"):
        Duty("endless", timedelta(0), lambda _: None)
