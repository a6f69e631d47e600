"""What operators see of many instances and do to them: counts, lists that equal them, batches, a halted process."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Event

import pytest

from engine.errors import NotFound, WrongState
from engine.operating.batches import APPLIES_TO, applicable, batch_of, begin_batch, problems_of, stop_batch
from engine.operating.counting import COUNTED_AT_EACH_LOOK, count, loads, write_counts
from engine.operating.halting import is_suspended, resume_process, suspend_process
from engine.operating.models import ALL_VERSIONS, Batch, BatchAct, BatchState, Count
from engine.operating.moving import Moved, preview_move
from engine.operating.pacing import measure_paces, paces_of, percentile
from engine.operating.positions import Standing, look_inside
from engine.operating.selecting import Selection, how_many, how_many_tasks, ids, instances, tasks
from engine.operating.working import work_off
from engine.runtime import UnitOfWork
from engine.storage.models import Instance, InstanceStatus
from tests.diagrams import diagram, element, end, flows, process, service_task, start, user_task
from tests.features.conftest import Weather
from tests.features.player import Player

STEADY = Event()
CALLED = process("inner", start("s1"), user_task("a", due="due"), end("e1"), flows("s1", "a", "e1"))
OUTER = process(
    "p",
    start(),
    element("callActivity", "call", calledElement="inner"),
    service_task("sail", "test.sail", result="voyage"),
    element("intermediateCatchEvent", "drawn", '<bpmn:messageEventDefinition messageRef="m"/>'),
    end(),
    flows("start", "call", "sail", "drawn", "end"),
)
MESSAGE = '<bpmn:message id="m" name="sampled"/>'
SHAPE = diagram(MESSAGE, CALLED, OUTER)
DUE = "2022-11-10T10:00:00+08:00"


@pytest.fixture
def sailing(player: Player) -> Player:
    """Three instances wait at `a`, which is due in two days; a fourth has failed at sea."""
    player.deploy(SHAPE)
    for key in ("H-1", "H-2", "H-3", "K-1"):
        player.start(key=key, due=DUE)
    player.complete("a")
    return player


def begin(player: Player, act: BatchAct, selection: Selection) -> int:
    with player.runtime.unit_of_work() as uow:
        return begin_batch(uow, act, selection, reason="court order", by="root").id


def batch(player: Player, batch_id: int) -> Batch:
    with player.runtime.reading() as uow:
        return batch_of(uow.session, batch_id)


def statuses(player: Player) -> list[InstanceStatus]:
    with player.runtime.reading() as uow:
        return [each.status for each in reversed(instances(uow.session, Selection()))]


def figures(uow: UnitOfWork) -> dict[tuple[str, str], tuple[int, int, int, int]]:
    return {
        (process_id, element_id): (load.open, load.overdue, load.waiting, load.failed)
        for (_, process_id, element_id), load in count(uow).elements.items()
    }


def test_every_count_equals_the_list_behind_it(sailing: Player) -> None:
    sailing.clock.advance(timedelta(days=3))
    with sailing.runtime.reading() as uow:
        assert figures(uow) == {("inner", "a"): (3, 3, 0, 0), ("p", "sail"): (0, 0, 0, 1)}
        at = Selection(process_id="p", version=1, element_process="inner", element_id="a")
        assert how_many_tasks(uow.session, at, late_at=uow.now) == len(tasks(uow.session, at, late_at=uow.now)) == 3
        failed = Selection(process_id="p", element_process="p", element_id="sail", failed=True)
        assert [each.business_key for each in instances(uow.session, failed)] == ["K-1"]
        [load] = count(uow).definitions.values()
        assert (load.running, load.failed, load.since) == (4, 1, datetime.fromisoformat("2022-11-08T01:00:00+00:00"))


def test_an_instance_that_waits_for_an_event_is_counted_there(sailing: Player, weather: Weather) -> None:
    weather.stormy = False
    work_off_batch(sailing, BatchAct.RETRY, Selection(failed=True))
    with sailing.runtime.reading() as uow:
        assert figures(uow)["p", "drawn"] == (0, 0, 1, 0)
        waiting = Selection(element_process="p", element_id="drawn")
        assert how_many(uow.session, waiting) == 1
        assert how_many(uow.session, Selection(element_process="inner", element_id="drawn")) == 0


def test_a_suspended_instance_is_never_overdue(sailing: Player) -> None:
    work_off_batch(sailing, BatchAct.SUSPEND, Selection(key="H-1"))
    sailing.clock.advance(timedelta(days=3))
    with sailing.runtime.reading() as uow:
        assert figures(uow)["inner", "a"] == (3, 2, 0, 0)
        assert how_many_tasks(uow.session, Selection(), late_at=uow.now) == 2


def test_a_large_installation_shows_its_last_counts_with_their_age(sailing: Player) -> None:
    with sailing.runtime.unit_of_work() as uow:
        write_counts(uow)
        assert write_counts(uow).rows == 7
        uow.session.get_one(Count, 1).rows = COUNTED_AT_EACH_LOOK + 1
    began = sailing.clock.now()
    sailing.start(key="H-9", due=DUE)
    sailing.clock.advance(timedelta(minutes=1))
    with sailing.runtime.reading() as uow:
        shown = loads(uow)
        assert (shown.counted_at, sum(each.open for each in shown.elements.values())) == (began, 3)


def test_instances_are_found_by_whatever_is_asked_and_page_by_page(sailing: Player) -> None:
    sailing.clock.advance(timedelta(days=10))
    sailing.start(key="H-4", due=DUE)
    with sailing.runtime.reading() as uow:
        session, now = uow.session, uow.now
        wanted = [
            Selection(),
            Selection(key="H-"),
            Selection(key="H-", process_id="inner"),
            Selection(process_id="p", version=2),
            Selection(older_than=now - timedelta(days=7)),
            Selection(statuses=(InstanceStatus.COMPLETED,)),
        ]
        assert [how_many(session, each) for each in wanted] == [5, 4, 0, 0, 4, 0]
        first = ids(session, Selection(process_id="p"), limit=3)
        rest = ids(session, Selection(process_id="p"), after=first[-1], limit=3)
        assert [*first, *rest] == sorted([*first, *rest], reverse=True)
        assert len({*first, *rest}) == 5


def test_a_selection_survives_being_written_down() -> None:
    whole = Selection("p", 2, (InstanceStatus.RUNNING,), "inner", "a", True, "H", datetime.fromisoformat(DUE), (1, 2))
    assert Selection.of_json(whole.as_json()) == whole
    assert Selection.of_json(Selection().as_json()) == Selection()


def work_off_batch(player: Player, act: BatchAct, selection: Selection) -> Batch:
    batch_id = begin(player, act, selection)
    assert work_off(player.runtime, STEADY)
    assert not work_off(player.runtime, STEADY)
    return batch(player, batch_id)


def test_a_batch_acts_on_every_selected_instance_that_existed_when_it_was_asked_for(sailing: Player) -> None:
    batch_id = begin(sailing, BatchAct.CANCEL, Selection(key="H-"))
    sailing.start(key="H-9", due=DUE)
    assert work_off(sailing.runtime, STEADY)
    done = batch(sailing, batch_id)
    assert (done.state, done.expected, done.acted, done.refused) == (BatchState.DONE, 3, 3, 0)
    assert statuses(sailing) == [*[InstanceStatus.CANCELLED] * 3, InstanceStatus.RUNNING, InstanceStatus.RUNNING]


def test_a_killed_batch_goes_on_behind_its_last_instance(sailing: Player) -> None:
    batch_id = begin(sailing, BatchAct.SUSPEND, Selection())
    stopping = Event()
    stopping.set()
    work_off(sailing.runtime, stopping)
    assert (batch(sailing, batch_id).acted, batch(sailing, batch_id).state) == (0, BatchState.RUNNING)
    assert work_off(sailing.runtime, STEADY)
    assert (batch(sailing, batch_id).acted, batch(sailing, batch_id).state) == (4, BatchState.DONE)


def test_a_stopped_batch_leaves_the_rest_alone(sailing: Player) -> None:
    batch_id = begin(sailing, BatchAct.SUSPEND, Selection())
    with sailing.runtime.unit_of_work() as uow:
        assert stop_batch(uow, batch_id).state is BatchState.STOPPED
    assert not work_off(sailing.runtime, STEADY)
    assert statuses(sailing) == [InstanceStatus.RUNNING] * 4
    with pytest.raises(WrongState), sailing.runtime.unit_of_work() as uow:
        stop_batch(uow, batch_id)


def test_what_a_batch_cannot_do_is_named_and_holds_nothing_up(sailing: Player) -> None:
    retried = work_off_batch(sailing, BatchAct.RETRY, Selection())
    assert (retried.expected, retried.acted, retried.refused) == (1, 0, 1)
    with sailing.runtime.reading() as uow:
        [problem] = problems_of(uow.session, retried.id)
    assert "the sea is rough" in problem.message
    assert sailing.incidents()[0].attempts == 2


def test_a_batch_takes_only_what_it_applies_to() -> None:
    finished = Selection(statuses=(InstanceStatus.COMPLETED,))
    assert [applicable(act, finished) for act in APPLIES_TO] == [None] * 4
    assert applicable(BatchAct.RESUME, Selection()) == Selection(statuses=(InstanceStatus.SUSPENDED,))


def test_a_batch_over_nothing_is_refused(player: Player) -> None:
    player.deploy(SHAPE)
    with pytest.raises(WrongState):
        begin(player, BatchAct.CANCEL, Selection())


def test_resuming_many_moves_their_time_limits(sailing: Player) -> None:
    work_off_batch(sailing, BatchAct.SUSPEND, Selection(key="H-3"))
    sailing.clock.advance(timedelta(days=30))
    work_off_batch(sailing, BatchAct.RESUME, Selection())
    with sailing.runtime.reading() as uow:
        [task] = tasks(uow.session, Selection(element_process="inner", element_id="a"), limit=1)
        assert task.due_at == datetime.fromisoformat(DUE) + timedelta(days=30)


def test_no_instance_of_a_suspended_process_begins_in_any_version(player: Player) -> None:
    player.deploy(SHAPE)
    with player.runtime.unit_of_work() as uow:
        suspend_process(uow, "p", reason="wrong diagram", by="root")
    player.deploy(diagram(MESSAGE, CALLED, OUTER.replace('name="p"', 'name="P"')))
    with pytest.raises(WrongState, match="'p' is suspended"):
        player.start(due=DUE)
    with player.runtime.unit_of_work() as uow:
        assert is_suspended(uow, "p")
        with pytest.raises(WrongState):
            suspend_process(uow, "p", reason="again", by="root")
        resume_process(uow, "p", reason="mended", by="root")
        with pytest.raises(NotFound):
            suspend_process(uow, "nothing", reason="mistake", by="root")
    assert player.start(due=DUE).waits_at() == ["a"]


def test_an_instance_is_looked_into_without_being_changed(sailing: Player) -> None:
    with sailing.runtime.reading() as uow:
        failed = uow.session.get_one(Instance, sailing.instance_id)
        [position] = look_inside(uow, failed).positions
        assert (position.element_id, position.standing) == ("sail", Standing.FAILED)
        assert [target.element_id for target in position.targets] == ["call", "sail", "drawn", "end"]
        calling, inside = look_inside(uow, uow.session.get_one(Instance, sailing.instance_id - 1)).positions
        assert (calling.standing, calling.depth, inside.standing, inside.depth) == (
            Standing.CALLING,
            0,
            Standing.TASK,
            1,
        )
        assert (inside.process_id, [target.element_id for target in inside.targets]) == ("inner", ["a", "e1"])


def test_what_a_move_would_do_is_seen_without_doing_it(sailing: Player) -> None:
    incident = sailing.incidents()[0]
    moved = preview_move(
        sailing.runtime, sailing.instance_id, token=incident.token, to_element="call", by="root", expected_version=None
    )
    assert moved == Moved(("a",), (), (), 0, (), (), (), has_ended=False)
    assert (sailing.waits_at(), len(sailing.incidents())) == ([], 1)


def test_moving_the_token_that_calls_a_process_ends_that_process(sailing: Player) -> None:
    instance_id = sailing.instance_id - 1
    with sailing.runtime.reading() as uow:
        calling = look_inside(uow, uow.session.get_one(Instance, instance_id)).positions[0]
    moved = preview_move(
        sailing.runtime, instance_id, token=calling.token, to_element="drawn", by="root", expected_version=None
    )
    assert (moved.cancelled, moved.awaited, moved.has_ended) == (("a",), ("sampled",), False)


def test_paces_are_measured_over_the_newest_completions(player: Player) -> None:
    player.deploy(diagram(process("q", start(), user_task("a"), end(), flows("start", "a", "end"))))
    for hours in (1, 2, 9):
        player.start("q")
        player.clock.advance(timedelta(hours=hours))
        player.complete("a")
    with player.runtime.unit_of_work() as uow:
        assert measure_paces(uow, lambda offered, done: done - offered) == 2
    with player.runtime.reading() as uow:
        for version in (ALL_VERSIONS, 1):
            pace = paces_of(uow.session, "q", version)["q", "a"]
            assert (pace.sample, pace.median, pace.ninth) == (3, 7200, 9 * 3600)


@pytest.mark.parametrize(("percent", "expected"), [(50, 5), (90, 9), (100, 10), (1, 1)])
def test_a_percentile_is_one_of_the_values(percent: int, expected: int) -> None:
    assert percentile(range(1, 11), percent) == expected
