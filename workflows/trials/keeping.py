"""Keeps trials: begins them, adds acts, steps back and forth; only scripts are kept, never what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.errors import ConcurrentChange
from engine.runtime import UnitOfWork
from workflows.errors import Refused, UnknownRecord
from workflows.records import Record
from workflows.sentences import sentence
from workflows.trials.models import Trial
from workflows.trials.script import MOST_ACTS, Act, Beginning, Script, script_as_data, script_from_data

LONGEST_NAME: Final = 120


def begin_trial(uow: UnitOfWork, draft_id: int, beginning: Beginning, *, name: str, by: str) -> Trial:
    """A new trial of a draft, at its beginning."""
    trial = Trial(
        draft_id=draft_id, name=name[:LONGEST_NAME], script=script_as_data(Script(beginning)), undone=[],
        begun_by=by, begun_at=uow.now, changed_by=by, changed_at=uow.now,
    )  # fmt: skip
    uow.session.add(trial)
    uow.session.flush()
    return trial


def trial_of(session: Session, draft_id: int, trial_id: int) -> Trial:
    """A trial of a draft. Raises UnknownRecord."""
    trial = session.get(Trial, trial_id)
    if trial is None or trial.draft_id != draft_id:
        raise UnknownRecord(Record.TRIAL, trial_id)
    return trial


def trials_of(session: Session, draft_id: int, limit: int) -> Sequence[Trial]:
    """The trials of a draft, the last changed first."""
    found = select(Trial).where(Trial.draft_id == draft_id).order_by(Trial.changed_at.desc(), Trial.id.desc())
    return session.scalars(found.limit(limit)).all()


def script_of(trial: Trial) -> Script:
    """What a trial plays."""
    return script_from_data(trial.script)


def add_act(uow: UnitOfWork, trial: Trial, *, act: Act, by: str, expected_version: int) -> None:
    """One act more; what was stepped back over is gone then. Raises ConcurrentChange, and Refused at the last act."""
    script = script_of(trial)
    if len(script.acts) >= MOST_ACTS:
        raise Refused(sentence("a trial has at most %(most)s acts; begin another one", most=MOST_ACTS))
    _write(uow, trial, script.followed_by(act), [], by, expected_version)


def step_back(uow: UnitOfWork, trial: Trial, *, to: int | None = None, by: str, expected_version: int) -> None:
    """Undo the last act, or all acts after the first `to`. Raises ConcurrentChange."""
    script = script_of(trial)
    kept = max(len(script.acts) - 1, 0) if to is None else min(max(to, 0), len(script.acts))
    dropped = list(reversed(script_as_data(script)["acts"][kept:]))
    _write(uow, trial, script.up_to(kept), [*trial.undone, *dropped], by, expected_version)


def step_forward(uow: UnitOfWork, trial: Trial, *, by: str, expected_version: int) -> None:
    """Do the act again that was stepped back over last. Raises ConcurrentChange."""
    if trial.undone:
        data = {**trial.script, "acts": [*trial.script["acts"], trial.undone[-1]]}
        _write(uow, trial, script_from_data(data), trial.undone[:-1], by, expected_version)


def start_anew(uow: UnitOfWork, trial: Trial, *, beginning: Beginning, by: str, expected_version: int) -> None:
    """Begin the trial again, perhaps otherwise; all its acts are gone. Raises ConcurrentChange."""
    _write(uow, trial, Script(beginning), [], by, expected_version)


def drop_trial(uow: UnitOfWork, trial: Trial) -> None:
    """Forget a trial."""
    uow.session.delete(trial)


def _write(uow: UnitOfWork, trial: Trial, script: Script, undone: list[object], by: str, version: int) -> None:
    if trial.version != version:
        raise ConcurrentChange(f"trial {trial.id} was changed by someone else meanwhile; look at it again")
    trial.script, trial.undone = script_as_data(script), undone
    trial.changed_by, trial.changed_at = by, uow.now
