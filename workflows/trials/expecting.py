"""Holds what came of a scenario against what it expects, and says each difference in one plain sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workflows.organisations.roles import Role
from workflows.sentences import Sentence, sentence
from workflows.timekeeping import Timekeeping
from workflows.trials.course import Course, Limit, Telling, Visit
from workflows.trials.scenario import Expected, ExpectedLimit, ExpectedTelling


def differences(expected: Expected, course: Course, timekeeping: Timekeeping) -> Iterator[Sentence]:
    """Where the course is not what was expected, the path first."""
    yield from _path(expected.path, course.path)
    yield from _ends(expected, course)
    for limit in expected.limits:
        yield from _limit(limit, course.limits, timekeeping)
    for telling in expected.told:
        yield from _telling(telling, course.tellings, timekeeping)


def _path(expected: Sequence[str], path: Sequence[Visit]) -> Iterator[Sentence]:
    place, before = 0, ""
    for key in expected:
        found = next((index for index in range(place, len(path)) if path[index].key == key), None)
        if found is None:
            yield _not_reached(_name(key, path), before, path[place].name if place < len(path) else "")
            return
        place, before = found + 1, path[found].name


def _not_reached(missed: str, before: str, instead: str) -> Sentence:
    if not before:
        return sentence("the path should come to “%(missed)s”, and does not", missed=missed)
    if not instead:
        return sentence(
            "after “%(before)s” the path should come to “%(missed)s”; it ends there", before=before, missed=missed
        )
    return sentence(
        "after “%(before)s” the path should come to “%(missed)s”; it goes to “%(instead)s” and never gets there",
        before=before,
        missed=missed,
        instead=instead,
    )


def _name(key: str, path: Sequence[Visit]) -> str:
    return next((visit.name for visit in path if visit.key == key), key)


def _ends(expected: Expected, course: Course) -> Iterator[Sentence]:
    if expected.stage is not None and course.stage is not expected.stage:
        yield sentence(
            "the hazard should be at “%(expected)s” in the end; it is at “%(actual)s”",
            expected=expected.stage,
            actual=course.stage,
        )
    if expected.status is not None and course.status is not expected.status:
        yield sentence(
            "the process should be %(expected)s in the end; it is %(actual)s",
            expected=expected.status,
            actual=course.status,
        )
    if expected.returns is not None and course.returns != expected.returns:
        yield sentence(
            "the hazard should be sent back %(expected)s times; it is sent back %(actual)s times",
            expected=expected.returns,
            actual=course.returns,
        )
    if expected.open is not None and sorted(expected.open) != sorted(course.open):
        yield sentence(
            "open in the end should be: %(expected)s; it is: %(actual)s",
            expected=list(expected.open) or ["-"],
            actual=list(course.open) or ["-"],
        )


def _limit(expected: ExpectedLimit, limits: Sequence[Limit], timekeeping: Timekeeping) -> Iterator[Sentence]:
    found = next((it for it in limits if (it.element_id, it.time) == (expected.task, expected.time)), None)
    if found is None:
        yield sentence("the task '%(task)s' never begins, or has no time limit", task=expected.task)
        return
    due_on = timekeeping.calendar.local_date(found.due_at)
    if due_on != expected.due_on:
        yield sentence(
            "“%(task)s” should be due on %(expected)s; it is due on %(actual)s",
            task=found.name,
            expected=expected.due_on,
            actual=due_on,
        )


def _telling(expected: ExpectedTelling, tellings: Sequence[Telling], timekeeping: Timekeeping) -> Iterator[Sentence]:
    of_step = (expected.task, expected.time, expected.step)
    found = next((it for it in tellings if (it.element_id, it.time, it.step) == of_step), None)
    if found is None:
        yield sentence("the step “%(step)s” is never taken for '%(task)s'", step=expected.step, task=expected.task)
        return
    on = timekeeping.calendar.local_date(found.at)
    if on != expected.on:
        yield sentence(
            "the step “%(step)s” for “%(task)s” should be taken on %(expected)s; it is taken on %(actual)s",
            step=expected.step,
            task=found.name,
            expected=expected.on,
            actual=on,
        )
    if expected.roles and sorted(expected.roles) != list(found.roles):
        yield sentence(
            "at the step “%(step)s” for “%(task)s” these should be told: %(expected)s; told are: %(actual)s",
            step=expected.step,
            task=found.name,
            expected=_roles(expected.roles),
            actual=_roles(found.roles) or ["-"],
        )


def _roles(names: Sequence[str]) -> list[str]:
    return [Role(name) if name in set(Role) else name for name in names]
