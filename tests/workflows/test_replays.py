"""Replays: finished hazards are done once more on a draft, and every difference is found, and no other."""

from __future__ import annotations

from threading import Event

import pytest
from sqlalchemy import func, select

from engine.modelling import begin_draft, save_file
from engine.modelling.reading import file_of
from engine.runtime import Runtime
from engine.storage.models import HistoryEvent, Instance, OutboxEvent, UserTask
from tests.workflows.play import APPROVE, PASS, Play
from tests.workflows.trials import changed
from workflows.errors import Refused
from workflows.hazards.models import Hazard
from workflows.timekeeping import Timekeeping
from workflows.trials.models import Finding, ReplayState
from workflows.trials.proving import plain_theatre
from workflows.trials.remembering import sentence_from_data
from workflows.trials.replays import (
    ask_for_replay,
    cancel_replay,
    findings_of,
    play_replay,
    replay_of,
    replaying,
    summary_of,
)

DEADLINES = "decisions/deadline.dmn"
SHORTER = changed(DEADLINES, "<text>10</text>", "<text>5</text>")[DEADLINES]


@pytest.fixture
def finished(play: Play, timekeeping: Timekeeping) -> Play:
    """A hazard that was closed after its inspection had been twelve days on its way."""
    play.register()
    play.self_check()
    for _ in range(12):
        play.pass_time(days=1)
    play.pass_inspection()
    play.miss_the_draw()
    play.act("xiaohao", "approve_closure", **APPROVE)
    return play


def asked(play: Play, content: bytes | None = None) -> tuple[int, int]:
    """A draft, changed if a content is given, and a replay that waits; their numbers."""
    with play.runtime.unit_of_work() as uow:
        draft = begin_draft(uow, name="try", by="sheji", base=1)
        if content is not None:
            seen = file_of(uow.session, draft.id, DEADLINES).revision
            save_file(uow, draft.id, DEADLINES, content, by="sheji", expected_revision=seen)
        return draft.id, ask_for_replay(uow, draft.id, 10, by="sheji").id


def run(runtime: Runtime) -> None:
    """Let the duty do its work until nothing waits."""
    replaying(runtime, plain_theatre()).run(Event())


def counts(runtime: Runtime) -> list[int | None]:
    """How many rows the real work has."""
    with runtime.reading() as uow:
        tables = (Hazard, Instance, UserTask, HistoryEvent, OutboxEvent)
        return [uow.session.scalar(select(func.count()).select_from(table)) for table in tables]


def test_a_draft_without_a_change_differs_nowhere(finished: Play) -> None:
    _, replay_id = asked(finished)
    run(finished.runtime)
    with finished.runtime.reading() as uow:
        summary = summary_of(uow.session, replay_id)
        assert (summary.played, summary.same) == (1, 1)


def test_a_shorter_limit_is_found_with_the_reminders_that_follow_from_it(finished: Play) -> None:
    draft_id, replay_id = asked(finished, SHORTER)
    run(finished.runtime)
    with finished.runtime.reading() as uow:
        assert replay_of(uow.session, draft_id, replay_id).state is ReplayState.DONE
        [finding] = findings_of(uow.session, replay_id, None)
    said = sentence_from_data(finding.difference)
    assert (finding.finding, finding.limits, finding.element_id) == (Finding.LIMIT, 1, "verify_on_site")
    assert said == "“现场复查” was due on 2022-11-18; it would be due on 2022-11-13"
    assert finding.tellings > 0


def test_another_path_is_found_at_the_decision_that_could_not_be_made(finished: Play) -> None:
    file = "special_inspection.bpmn"
    with finished.runtime.unit_of_work() as uow:
        draft = begin_draft(uow, name="try", by="sheji", base=1)
        always = changed(file, "hazard.severity == 'major'", "hazard.severity == 'general'")[file]
        save_file(uow, draft.id, file, always, by="sheji", expected_revision=0)
        replay_id = ask_for_replay(uow, draft.id, 10, by="sheji").id
    run(finished.runtime)
    with finished.runtime.reading() as uow:
        [finding] = findings_of(uow.session, replay_id, Finding.PATH)
    assert "“现场复查” was completed next, and could not be: open would be" in sentence_from_data(finding.difference)


def test_a_replay_changes_nothing_of_the_real_work(finished: Play) -> None:
    asked(finished, SHORTER)
    before = counts(finished.runtime)
    run(finished.runtime)
    assert counts(finished.runtime) == before


def test_a_replay_that_was_left_in_the_middle_is_gone_on_with(finished: Play) -> None:
    _, replay_id = asked(finished)
    stopped = Event()
    stopped.set()
    play_replay(finished.runtime, plain_theatre(), replay_id, stopped)
    run(finished.runtime)
    with finished.runtime.reading() as uow:
        assert summary_of(uow.session, replay_id).played == 1


def test_a_cancelled_replay_plays_no_more(finished: Play) -> None:
    draft_id, replay_id = asked(finished)
    with finished.runtime.unit_of_work() as uow:
        cancel_replay(uow, replay_of(uow.session, draft_id, replay_id))
    run(finished.runtime)
    with finished.runtime.reading() as uow:
        assert summary_of(uow.session, replay_id).played == 0


def test_without_a_finished_hazard_there_is_nothing_to_replay(play: Play) -> None:
    play.register()
    with pytest.raises(Refused, match="nothing to replay"):
        asked(play)


def test_a_hazard_that_was_sent_back_is_replayed_through_each_round(play: Play) -> None:
    play.register()
    play.self_check()
    play.act("jiancha1", "verify_on_site", **{**PASS, "result": "return", "opinion": "报警器未安装"})
    play.act("jiancha2", "countersign", decision="agree")
    play.rectify()
    play.pass_inspection()
    play.miss_the_draw()
    play.act("xiaohao", "approve_closure", **APPROVE)
    _, replay_id = asked(play)
    run(play.runtime)
    with play.runtime.reading() as uow:
        assert summary_of(uow.session, replay_id).same == 1
