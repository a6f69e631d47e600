"""Replays of a draft: asked for by a designer, done by a duty hazard by hazard, each in a transaction of its own.

Whoever dies in the middle loses the hazard in hand; another goes on with it when the claim has run out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from threading import Event
from typing import Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from engine.definitions.files import Files
from engine.errors import InvalidDefinition
from engine.modelling import draft_files, draft_of
from engine.runtime import Runtime, UnitOfWork
from engine.scheduler import Duty
from workflows.errors import Refused, UnknownRecord, WrongStage
from workflows.records import Record
from workflows.sentences import sentence
from workflows.trials.models import Finding, Replay, ReplayFinding, ReplayState
from workflows.trials.recording import files_of, finished_hazards, recording_of
from workflows.trials.remembering import sentence_as_data
from workflows.trials.replaying import Replayed, replay
from workflows.trials.stage import Theatre

SIZES: Final = (10, 50, 200)
"""How many hazards a replay may be asked for."""
AT_ONCE: Final = 2
"""So many replays of one person may wait or run."""
LEASE: Final = timedelta(minutes=2)
UNDER_WAY: Final = (ReplayState.WAITING, ReplayState.RUNNING)
FOLLOWING: Final[Mapping[ReplayState, frozenset[ReplayState]]] = {
    ReplayState.WAITING: frozenset({ReplayState.RUNNING, ReplayState.CANCELLED}),
    ReplayState.RUNNING: frozenset({ReplayState.DONE, ReplayState.CANCELLED, ReplayState.FAILED}),
}
"""Every legal change of a replay's state."""


@dataclass(frozen=True)
class Summary:
    """How many of a replay's hazards differ, and in what; one that differs in two ways counts in both."""

    played: int
    same: int
    paths: int
    limits: int
    tellings: int
    unplayable: int


def ask_for_replay(uow: UnitOfWork, draft_id: int, most: int, *, by: str) -> Replay:
    """A new replay of a draft as it is now. Raises Refused when there is nothing to play, or too much under way."""
    busy = select(func.count(Replay.id)).where(Replay.asked_by == by, Replay.state.in_(UNDER_WAY))
    if uow.session.scalars(busy).one() >= AT_ONCE:
        raise Refused(sentence("%(limit)s of your replays are under way; wait for one to end, or cancel it",
                               limit=AT_ONCE))  # fmt: skip
    hazards = finished_hazards(uow.session, most if most in SIZES else SIZES[0])
    if not hazards:
        raise Refused(sentence("no hazard has come to its end yet, so there is nothing to replay"))
    asked = Replay(
        draft_id=draft_id, revision=draft_of(uow.session, draft_id).revision, state=ReplayState.WAITING,
        hazards=list(hazards), asked_by=by, asked_at=uow.now,
    )  # fmt: skip
    uow.session.add(asked)
    uow.session.flush()
    return asked


def replay_of(session: Session, draft_id: int, replay_id: int) -> Replay:
    """A replay of a draft. Raises UnknownRecord."""
    found = session.get(Replay, replay_id)
    if found is None or found.draft_id != draft_id:
        raise UnknownRecord(Record.REPLAY, replay_id)
    return found


def replays_of(session: Session, draft_id: int, limit: int) -> Sequence[Replay]:
    """The replays of a draft, the newest first."""
    found = select(Replay).where(Replay.draft_id == draft_id).order_by(Replay.id.desc())
    return session.scalars(found.limit(limit)).all()


def cancel_replay(uow: UnitOfWork, asked: Replay) -> None:
    """Give a replay up; what was found so far stays. Raises WrongStage when it has ended."""
    move(uow, asked, ReplayState.CANCELLED)


def summary_of(session: Session, replay_id: int) -> Summary:
    """The numbers of a replay so far: at most two hundred rows are counted."""
    rows = session.execute(
        select(ReplayFinding.finding, ReplayFinding.paths, ReplayFinding.limits, ReplayFinding.tellings).where(
            ReplayFinding.replay_id == replay_id
        )
    ).all()
    return Summary(
        played=len(rows),
        same=sum(row.finding is Finding.SAME for row in rows),
        paths=sum(row.paths > 0 for row in rows),
        limits=sum(row.limits > 0 for row in rows),
        tellings=sum(row.tellings > 0 for row in rows),
        unplayable=sum(row.finding is Finding.UNPLAYABLE for row in rows),
    )


def findings_of(session: Session, replay_id: int, finding: Finding | None) -> Sequence[ReplayFinding]:
    """The hazards of a replay of one kind, or those that differ or could not be played, in order."""
    found = select(ReplayFinding).where(ReplayFinding.replay_id == replay_id)
    wanted = ReplayFinding.finding == finding if finding else ReplayFinding.finding != Finding.SAME
    return session.scalars(found.where(wanted).order_by(ReplayFinding.place)).all()


def move(uow: UnitOfWork, asked: Replay, to: ReplayState) -> None:
    """Bring a replay into another state. Raises WrongStage when the present one does not allow it."""
    if to not in FOLLOWING.get(asked.state, frozenset()):
        expected = [state for state, following in FOLLOWING.items() if to in following]
        raise WrongStage(Record.REPLAY, asked.id, expected=expected, actual=asked.state)
    asked.state, asked.claimed_until = to, None
    if to not in UNDER_WAY:
        asked.finished_at = uow.now


def replaying(runtime: Runtime, theatre: Theatre, *, every: timedelta = timedelta(seconds=2)) -> Duty:
    """The duty that plays replays, one after the other."""

    def run(stopping: Event) -> None:
        while not stopping.is_set() and (claimed := _claim(runtime)) is not None:
            play_replay(runtime, theatre, claimed, stopping)

    return Duty("replay-hazards", every, run)


def play_replay(runtime: Runtime, theatre: Theatre, replay_id: int, stopping: Event) -> None:
    """Play a claimed replay from where it was left, until it is done, cancelled, or this process is to stop."""
    with runtime.reading() as uow:
        asked = uow.session.get_one(Replay, replay_id)
        after = draft_files(uow.session, asked.draft_id, at=asked.revision)
    while not stopping.is_set():
        hazard_id = _next_hazard(runtime, replay_id)
        if hazard_id is None:
            return
        try:
            played = _play(runtime, theatre, hazard_id, after)
        except InvalidDefinition:
            _end(runtime, replay_id, ReplayState.FAILED)
            return
        _write(runtime, replay_id, hazard_id, played)
    _release(runtime, replay_id)


def _claim(runtime: Runtime) -> int | None:
    with runtime.unit_of_work() as uow:
        free = or_(Replay.claimed_until.is_(None), Replay.claimed_until < uow.now)
        wanted = select(Replay).where(Replay.state.in_(UNDER_WAY), free).order_by(Replay.id).limit(1)
        asked = uow.session.scalars(wanted.with_for_update(skip_locked=True)).one_or_none()
        if asked is None:
            return None
        if asked.state is ReplayState.WAITING:
            move(uow, asked, ReplayState.RUNNING)
        asked.claimed_until = uow.now + LEASE
        return asked.id


def _next_hazard(runtime: Runtime, replay_id: int) -> int | None:
    """The hazard to play now; None when the replay was cancelled or is done, which it then is on record."""
    with runtime.unit_of_work() as uow:
        asked = uow.session.get_one(Replay, replay_id, with_for_update=True)
        if asked.state is not ReplayState.RUNNING:
            return None
        if asked.done >= len(asked.hazards):
            move(uow, asked, ReplayState.DONE)
            return None
        asked.claimed_until = uow.now + LEASE
        return int(asked.hazards[asked.done])


def _play(runtime: Runtime, theatre: Theatre, hazard_id: int, after: Files) -> Replayed:
    with runtime.reading() as uow:
        recording = recording_of(uow.session, hazard_id, theatre.timekeeping.calendar)
        before = files_of(uow.session, recording.deployment_id)
    return replay(theatre, recording, before, after)


def _write(runtime: Runtime, replay_id: int, hazard_id: int, played: Replayed) -> None:
    with runtime.unit_of_work() as uow:
        asked = uow.session.get_one(Replay, replay_id, with_for_update=True)
        if asked.state is not ReplayState.RUNNING or asked.hazards[asked.done] != hazard_id:
            return
        found = played.differences
        asked.done += 1
        uow.session.add(
            ReplayFinding(
                replay_id=replay_id,
                place=asked.done,
                hazard_id=hazard_id,
                finding=played.finding,
                difference=sentence_as_data(found.first) if found.first is not None else [],
                element_id=found.element_id,
                paths=found.paths,
                limits=found.limits,
                tellings=found.tellings,
            )
        )


def _end(runtime: Runtime, replay_id: int, state: ReplayState) -> None:
    with runtime.unit_of_work() as uow:
        asked = uow.session.get_one(Replay, replay_id, with_for_update=True)
        if asked.state is ReplayState.RUNNING:
            move(uow, asked, state)


def _release(runtime: Runtime, replay_id: int) -> None:
    with runtime.unit_of_work() as uow:
        uow.session.get_one(Replay, replay_id, with_for_update=True).claimed_until = None
