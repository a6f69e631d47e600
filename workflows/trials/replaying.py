"""Plays a recorded hazard twice, on what it ran on and on a draft, and says where the second differs from the first.

Comparing two plays, not a play with what happened, leaves out whatever is due to the trial's own world.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from engine.clock import ReplayClock
from engine.definitions.files import Files
from engine.errors import InvalidDefinition
from workflows.sentences import Sentence, sentence
from workflows.trials.acting import perform
from workflows.trials.comparing import Differences, compare
from workflows.trials.course import Course, course_of
from workflows.trials.limits import Limits, Watch
from workflows.trials.models import Finding
from workflows.trials.playing import Failure, guarded
from workflows.trials.recording import Deed, Recording
from workflows.trials.sandbox import Sandbox
from workflows.trials.stage import Theatre


@dataclass(frozen=True)
class Replayed:
    """What came of one hazard: the kind, how many differences there are of each, and the first one said."""

    finding: Finding
    differences: Differences


@dataclass(frozen=True)
class Run:
    """One play of a recording: the deeds that could be done, what came of them, and what stopped it, when and where."""

    done: tuple[Deed, ...]
    course: Course | None
    stopped: Sentence | None = None
    stopped_at: datetime | None = None
    element_id: str = ""


def replay(theatre: Theatre, recording: Recording, before: Files, after: Files) -> Replayed:
    """How the hazard would have fared on the files `after`, where it ran on `before`. Raises InvalidDefinition when
    `after` cannot be deployed."""
    try:
        first = run(theatre, before, recording, recording.deeds, is_lenient=True)
    except InvalidDefinition:
        return _unplayable(sentence("what it ran on can no longer be played"))
    if first.stopped is not None or first.course is None:
        return _unplayable(first.stopped or sentence("it cannot begin in the trials' world"))
    second = run(theatre, after, recording, first.done, is_lenient=False)
    found = compare(first.course, second.course, until=second.stopped_at, timekeeping=theatre.timekeeping)
    if second.stopped is not None:
        found = found.beginning_with(second.stopped, second.element_id)
    return Replayed(_finding(found), found)


def run(theatre: Theatre, files: Files, recording: Recording, deeds: Sequence[Deed], *, is_lenient: bool) -> Run:
    """Play a recording. A lenient run passes over what was done beside the main process and cannot be done here."""
    clock = ReplayClock(recording.begins_at)
    watch = Watch(Limits())
    done: list[Deed] = []
    with theatre.stage(files, clock) as runtime:
        watch.guard(runtime.database)
        heard = replace(runtime, listeners=(*runtime.listeners, watch))
        sandbox = Sandbox(heard, clock, theatre.timekeeping, watch)
        failure = guarded(None, 0, partial(_begin, sandbox, recording))
        if failure is not None:
            return Run((), None, _said(failure), recording.begins_at, failure.element_id)
        stopped: tuple[Failure, Deed] | None = None
        for deed in deeds:
            failure = guarded(deed.act, len(done), partial(_do, sandbox, deed))
            if failure is None:
                done.append(deed)
            elif not (is_lenient and deed.is_beside):
                stopped = (failure, deed)
                break
        watch.rest()
        with heard.reading() as uow:
            course = course_of(uow, sandbox.number)
            instead = [task.name for task in sandbox.open_tasks(uow)]
    if stopped is None:
        return Run(tuple(done), course)
    failure, deed = stopped
    return Run(tuple(done), course, _not_done(deed, failure, instead), deed.at, failure.element_id)


def _begin(sandbox: Sandbox, recording: Recording) -> None:
    sandbox.begin(recording.begin, recording.campaign_days)
    sandbox.settle()


def _do(sandbox: Sandbox, deed: Deed) -> None:
    if deed.at > sandbox.clock.now():
        sandbox.pass_time_until(deed.at)
    perform(sandbox, deed.act)


def _not_done(deed: Deed, failure: Failure, instead: Sequence[str]) -> Sentence:
    if not deed.name:
        return sentence("what was done next cannot be done: %(why)s", why=_said(failure))
    if failure.errors or failure.refused_form is not None:
        return sentence("the answers of “%(task)s” would not be accepted: %(why)s", task=deed.name, why=_said(failure))
    return sentence(
        "“%(task)s” was completed next, and could not be: open would be %(open)s",
        task=deed.name,
        open=list(instead) or ["-"],
    )


def _said(failure: Failure) -> Sentence:
    """The reason, if it is one of ours; an engine's message may hold what was entered, and is not kept."""
    if failure.errors:
        return sentence("the fields %(fields)s", fields=sorted(failure.errors))
    if isinstance(failure.message, Sentence):
        return failure.message
    return sentence("the engine refused it")


def _unplayable(why: Sentence) -> Replayed:
    return Replayed(Finding.UNPLAYABLE, Differences(first=why))


def _finding(found: Differences) -> Finding:
    if found.paths:
        return Finding.PATH
    if found.limits:
        return Finding.LIMIT
    return Finding.TOLD if found.tellings else Finding.SAME
