"""Compares what came of one hazard on two sets of files: the path, the time limits, and who is told when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from workflows.organisations.roles import Role
from workflows.sentences import Sentence, sentence
from workflows.timekeeping import Timekeeping
from workflows.trials.course import Course, Telling


@dataclass(frozen=True)
class Differences:
    """How many differences there are of each kind, and the first one with its element."""

    paths: int = 0
    limits: int = 0
    tellings: int = 0
    first: Sentence | None = None
    element_id: str = ""

    def beginning_with(self, said: Sentence, element_id: str) -> Differences:
        """These, after a difference of the path that comes first."""
        return replace(self, paths=self.paths + 1, first=said, element_id=element_id)


Found = tuple[Sentence, str]


def compare(before: Course, after: Course | None, *, until: datetime | None, timekeeping: Timekeeping) -> Differences:
    """Where `after` is not as `before`; from the moment `until`, when `after` was stopped, nothing is compared."""
    if after is None:
        return Differences()
    paths = [] if until else list(_paths(before, after))
    limits = list(_limits(before, after, timekeeping))
    tellings = list(_tellings(before, after, until, timekeeping))
    said, element_id = next(iter([*paths, *limits, *tellings]), (None, ""))
    return Differences(len(paths), len(limits), len(tellings), said, element_id)


def _paths(before: Course, after: Course) -> Iterator[Found]:
    """The first place at which the paths part, and where they end."""
    for index, visit in enumerate(before.path):
        other = after.path[index] if index < len(after.path) else None
        if other is None or other.key != visit.key:
            instead = other.name if other else "-"
            yield (
                sentence("the path went to “%(before)s”; it would go to “%(after)s”", before=visit.name, after=instead),
                other.element_id if other else visit.element_id,
            )
            return
    if len(after.path) > len(before.path):
        more = after.path[len(before.path)]
        yield sentence("the path would go on to “%(after)s”", after=more.name), more.element_id
    elif before.stage is not after.stage:
        yield (
            sentence(
                "the hazard would end at “%(after)s”, not at “%(before)s”", after=after.stage, before=before.stage
            ),
            "",
        )


def _limits(before: Course, after: Course, timekeeping: Timekeeping) -> Iterator[Found]:
    day = timekeeping.calendar.local_date
    known = {(limit.element_id, limit.time): limit for limit in before.limits}
    for limit in after.limits:
        earlier = known.get((limit.element_id, limit.time))
        if earlier is not None and day(earlier.due_at) != day(limit.due_at):
            yield (
                sentence(
                    "“%(task)s” was due on %(before)s; it would be due on %(after)s",
                    task=limit.name,
                    before=day(earlier.due_at),
                    after=day(limit.due_at),
                ),
                limit.element_id,
            )


def _tellings(before: Course, after: Course, until: datetime | None, timekeeping: Timekeeping) -> Iterator[Found]:
    was = {_key(it): it for it in before.tellings if until is None or it.at < until}
    would = {_key(it): it for it in after.tellings if until is None or it.at < until}
    for key in [*was, *(key for key in would if key not in was)]:
        said = _telling(was.get(key), would.get(key), timekeeping)
        if said is not None:
            yield said, key[0]


def _telling(was: Telling | None, would: Telling | None, timekeeping: Timekeeping) -> Sentence | None:
    day = timekeeping.calendar.local_date
    if was is None:
        return would and sentence(
            "for “%(task)s” the step “%(step)s” would be taken on %(after)s; it was not",
            task=would.name,
            step=would.step,
            after=day(would.at),
        )
    of_step = {"task": was.name, "step": was.step}
    if would is None:
        return sentence(
            "for “%(task)s” the step “%(step)s” was taken on %(before)s; it would not be",
            **of_step,
            before=day(was.at),
        )
    if day(was.at) != day(would.at):
        return sentence(
            "for “%(task)s” the step “%(step)s” was taken on %(before)s; it would be on %(after)s",
            **of_step,
            before=day(was.at),
            after=day(would.at),
        )
    if was.roles != would.roles:
        return sentence(
            "at the step “%(step)s” for “%(task)s” these were told: %(before)s; it would be: %(after)s",
            **of_step,
            before=[Role(role) for role in was.roles] or ["-"],
            after=[Role(role) for role in would.roles] or ["-"],
        )
    return None


def _key(telling: Telling) -> tuple[str, int, str]:
    return (telling.element_id, telling.time, telling.step.value)
