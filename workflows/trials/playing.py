"""Plays a script from its start on a stage of its own, and hands out what has come of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial

from engine.clock import ReplayClock
from engine.definitions.files import Files
from engine.errors import EngineError, ExpressionError, InvalidForm
from workflows.errors import InvalidRecord, WorkflowsError
from workflows.sentences import sentence
from workflows.trials.acting import perform
from workflows.trials.limits import Limits, TrialStopped, Watch
from workflows.trials.sandbox import MORNING, Sandbox
from workflows.trials.script import Act, Complete, Script
from workflows.trials.stage import Theatre

log = logging.getLogger(__name__)

NOT_BEGUN = -1


@dataclass(frozen=True)
class Failure:
    """Why a play went no further than the act at `index`, NOT_BEGUN for its beginning.

    `element_id` is where on the diagrams, if that is known; `errors` name the wrong fields of a form.
    """

    index: int
    message: str
    element_id: str = ""
    errors: Mapping[str, str] | None = None
    refused_form: InvalidForm | None = None


@dataclass(frozen=True)
class Played:
    """A trial as far as it came. `done` is how many acts were done; `failure` tells what stands in the way."""

    sandbox: Sandbox
    script: Script
    done: int
    failure: Failure | None


@contextmanager
def playing(theatre: Theatre, files: Files, script: Script, limits: Limits | None = None) -> Generator[Played]:
    """Play a script on these files; its world lasts as long as the context.

    Raises InvalidDefinition when the files cannot be deployed.
    """
    clock = ReplayClock(theatre.timekeeping.calendar.at(script.begin.on, MORNING))
    watch = Watch(limits or Limits())
    with theatre.stage(files, clock) as runtime:
        watch.guard(runtime.database)
        heard = replace(runtime, listeners=(*runtime.listeners, watch))
        sandbox = Sandbox(heard, clock, theatre.timekeeping, watch)
        done, failure = _play(sandbox, script)
        watch.rest()
        yield Played(sandbox, script, done, failure)


def go_on(played: Played, act: Act) -> Failure | None:
    """Do one act more where a play stands; None when it was done. A refused act leaves everything as it was."""
    played.sandbox.watch.start()
    failure = guarded(act, len(played.script.acts), lambda: perform(played.sandbox, act))
    played.sandbox.watch.rest()
    return failure


def _play(sandbox: Sandbox, script: Script) -> tuple[int, Failure | None]:
    def begin() -> None:
        sandbox.begin(script.begin)
        sandbox.settle()

    if failure := guarded(None, NOT_BEGUN, begin):
        return 0, failure
    for index, act in enumerate(script.acts):
        if failure := guarded(act, index, partial(perform, sandbox, act)):
            return index, failure
    return len(script.acts), None


def guarded(act: Act | None, index: int, do: Callable[[], None]) -> Failure | None:
    """Do something with a draft; None when it was done, else what stood in the way, whatever it was."""
    element_id = act.task if isinstance(act, Complete) else ""
    try:
        do()
    except InvalidForm as invalid:
        return Failure(index, str(invalid), element_id, dict(invalid.errors), invalid)
    except InvalidRecord as invalid:
        return Failure(index, str(invalid), element_id, invalid.errors)
    except ExpressionError as wrong:
        return Failure(index, str(wrong), wrong.element_id or "")
    except (WorkflowsError, TrialStopped) as refused:
        return Failure(index, refused.said, element_id)
    except EngineError as wrong:
        return Failure(index, str(wrong), element_id)
    except RecursionError:
        return Failure(index, sentence("the path goes round in a loop that nobody leaves"), element_id)
    except Exception as unknown:  # the outermost loop of a trial: a draft may break whatever it likes, in here
        log.warning("a trial met an error that nobody foresaw", exc_info=True)
        return Failure(index, sentence("something went wrong that nobody foresaw: %(what)s", what=repr(unknown)))
    return None
