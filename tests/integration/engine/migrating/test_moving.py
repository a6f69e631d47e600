"""An instance that waits anywhere goes over to a changed version, and runs there to its end."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select

from engine import instances, tasks
from engine.definitions.library import latest
from engine.instances.state import unpack
from engine.migrating import Deadlines, ItemState, MigrationState, ObstacleKind
from engine.storage.models import HistoryEvent, Instance, InstanceStatus, Job, OutboxEvent, Subscription, TaskCandidate
from tests.diagrams import (
    boundary,
    definition,
    diagram,
    element,
    end,
    flow,
    flows,
    process,
    script_task,
    start,
    timer,
    user_task,
)
from tests.features.player import Player
from tests.integration.engine.migrating.mover import Mover

DUE = "'2022-11-20T00:00:00+00:00'"


def simple(*more: str, chain: tuple[str, ...] = ("start", "a", "b", "end")) -> bytes:
    named = [user_task(name) for name in chain[1:-1]]
    return diagram(process("p", start(), *named, end(), flows(*chain), *more))


def deploy_and_start(player: Player, mover: Mover, old: bytes) -> None:
    player.deploy(old)
    mover.stand_on_newest()
    player.start()


def test_the_same_diagram_with_another_step_behind_is_gone_on_with(player: Player, mover: Mover) -> None:
    deploy_and_start(player, mover, simple())
    before = player.task("a")
    player.deploy(simple(chain=("start", "a", "new", "b", "end")))
    migration = mover.move()
    assert (migration.state, migration.moved, migration.failed) == (MigrationState.DONE, 1, 0)
    assert player.task("a").id == before.id
    for name in ("a", "new", "b"):
        player.complete(name)
    assert player.status is InstanceStatus.COMPLETED


def test_a_step_inserted_before_the_waiting_one_is_not_asked_of_it(player: Player, mover: Mover) -> None:
    deploy_and_start(player, mover, simple())
    player.complete("a")
    player.deploy(simple(chain=("start", "a", "new", "b", "end")))
    mover.move()
    assert player.waits_at() == ["b"]
    player.complete("b")
    assert player.status is InstanceStatus.COMPLETED


def test_identical_content_changes_nothing_but_the_version(player: Player, mover: Mover) -> None:
    old = with_boundary("timeCycle", "['2022-11-10T01:00:00+00:00', '2022-11-12T01:00:00+00:00']")
    deploy_and_start(player, mover, old)
    before, rows = _instance(player), _rows(player)
    player.deploy(old.replace(b'targetNamespace="urn:test"', b'targetNamespace="urn:other"'))
    mover.move()
    after = _instance(player)
    assert after.content_hash != before.content_hash
    assert unpack(after.state) == unpack(before.state)
    assert _rows(player) == rows


def test_a_renamed_step_is_proposed_and_its_task_keeps_its_holder(player: Player, mover: Mover) -> None:
    deploy_and_start(player, mover, simple())
    task = player.task("a")
    with player.runtime.unit_of_work() as uow:
        tasks.claim(uow, task.id, tasks.Actor("ann"))
    renamed = user_task("a_new").replace('name="a_new"', 'name="a"')
    player.deploy(diagram(process("p", start(), renamed, user_task("b"), end(), flows("start", "a_new", "b", "end"))))
    mover.move()
    moved = player.task("a_new")
    assert (moved.id, moved.assignee, moved.name) == (task.id, "ann", "a")
    player.complete("a_new")
    assert player.waits_at() == ["b"]


def test_a_step_that_is_gone_is_named_and_can_be_mapped_by_hand(player: Player, mover: Mover) -> None:
    deploy_and_start(player, mover, simple())
    player.deploy(
        diagram(
            process(
                "p", start(), user_task("quite"), user_task("other"), end(), flows("start", "quite", "other", "end")
            )
        )
    )
    migration = mover.move()
    [obstacle] = mover.obstacles()
    assert (obstacle.kind, obstacle.element, obstacle.can_be_mapped) == (ObstacleKind.ELEMENT_GONE, "a", True)
    assert (migration.moved, player.waits_at()) == (0, ["a"])


def test_mapped_by_hand_the_step_goes_over(player: Player, mover: Mover) -> None:
    deploy_and_start(player, mover, simple())
    player.deploy(
        diagram(
            process(
                "p", start(), user_task("quite"), user_task("other"), end(), flows("start", "quite", "other", "end")
            )
        )
    )
    migration = mover.move({"p": {"a": "other"}})
    assert (migration.moved, player.waits_at()) == (1, ["other"])
    player.complete("other")
    assert player.status is InstanceStatus.COMPLETED


def with_boundary(kind: str, value: str, *, interrupting: bool = False, name: str = "late") -> bytes:
    return diagram(
        process(
            "p",
            start(),
            user_task("a", due=DUE),
            boundary(name, "a", timer(kind, value), interrupting=interrupting),
            script_task("note", "noted = True"),
            user_task("b"),
            end(),
            end("end2"),
            flows("start", "a", "b", "end"),
            flows(name, "note", "end2"),
        )
    )


def test_a_boundary_timer_that_is_added_begins_to_wait(player: Player, mover: Mover) -> None:
    deploy_and_start(player, mover, simple())
    player.deploy(with_boundary("timeDuration", "'P1D'"))
    mover.move()
    assert player.pass_time(days=2) == 1
    assert player.passed().count("note") == 1
    player.complete("a")
    player.complete("b")
    assert player.status is InstanceStatus.COMPLETED


def test_an_interrupting_boundary_timer_that_is_added_interrupts(player: Player, mover: Mover) -> None:
    deploy_and_start(player, mover, simple())
    player.deploy(with_boundary("timeDuration", "'P1D'", interrupting=True))
    mover.move()
    player.pass_time(days=2)
    assert (player.status, player.waits_at()) == (InstanceStatus.COMPLETED, [])


def test_a_boundary_timer_that_is_gone_no_longer_fires(player: Player, mover: Mover) -> None:
    deploy_and_start(player, mover, with_boundary("timeDuration", "'P1D'"))
    player.deploy(simple())
    mover.move()
    assert (player.pass_time(days=2), _count(player, Job)) == (0, 0)
    player.complete("a")
    player.complete("b")
    assert player.status is InstanceStatus.COMPLETED


def test_a_boundary_timer_that_has_fired_and_is_gone_leaves_nothing(player: Player, mover: Mover) -> None:
    moments = "['2022-11-10T01:00:00+00:00', '2022-11-12T01:00:00+00:00']"
    deploy_and_start(player, mover, with_boundary("timeCycle", moments))
    player.pass_time(days=2)
    player.deploy(simple())
    assert (mover.move().moved, mover.obstacles()) == (1, [])
    assert player.pass_time(days=5) == 0
    player.complete("a")
    player.complete("b")
    assert player.status is InstanceStatus.COMPLETED


def test_a_boundary_timer_with_another_id_keeps_what_it_has_fired(player: Player, mover: Mover) -> None:
    moments = "['2022-11-10T01:00:00+00:00', '2022-11-12T01:00:00+00:00']"
    deploy_and_start(player, mover, with_boundary("timeCycle", moments))
    player.pass_time(days=2)
    player.deploy(with_boundary("timeCycle", moments, name="too_late"))
    mover.move()
    assert player.pass_time(days=3) == 1
    assert player.passed().count("note") == 2
    player.complete("a")
    player.complete("b")
    assert player.status is InstanceStatus.COMPLETED


def with_due(due: str) -> bytes:
    return diagram(
        process(
            "p",
            start(),
            user_task("a", due=due),
            boundary("late", "a", timer("timeDate", "due_at"), interrupting=False),
            script_task("note", "noted = True"),
            end(),
            end("end2"),
            flows("start", "a", "end"),
            flows("late", "note", "end2"),
        )
    )


def test_a_changed_deadline_is_kept_when_so_chosen(player: Player, mover: Mover) -> None:
    deploy_and_start(player, mover, with_due(DUE))
    player.deploy(with_due("'2022-11-15T00:00:00+00:00'"))
    mover.move()
    assert player.task("a").due_at == datetime(2022, 11, 20, tzinfo=UTC)
    assert player.pass_time(days=8) == 0


def test_a_changed_deadline_is_followed_when_so_chosen(player: Player, mover: Mover) -> None:
    deploy_and_start(player, mover, with_due(DUE))
    player.deploy(with_due("'2022-11-15T00:00:00+00:00'"))
    mover.move(deadlines=Deadlines.RECKON)
    assert player.task("a").due_at == datetime(2022, 11, 15, tzinfo=UTC)
    with player.runtime.reading() as uow:
        assert set(uow.session.scalars(select(TaskCandidate.due_at))) == {datetime(2022, 11, 15, tzinfo=UTC)}
    assert player.pass_time(days=8) == 1


def test_a_deadline_that_was_moved_by_hand_stays(player: Player, mover: Mover) -> None:
    deploy_and_start(player, mover, with_due(DUE))
    granted = datetime(2022, 12, 1, tzinfo=UTC)
    with player.runtime.unit_of_work() as uow:
        tasks.reschedule(uow, player.task("a").id, granted, reason="延期", by="ann")
    player.deploy(with_due("'2022-11-15T00:00:00+00:00'"))
    mover.move(deadlines=Deadlines.RECKON)
    assert player.task("a").due_at == granted


def test_who_may_do_a_task_follows_the_new_version(player: Player, mover: Mover) -> None:
    deploy_and_start(player, mover, simple())
    chain = flows("start", "a", "b", "end")
    player.deploy(diagram(process("p", start(), user_task("a", users="'bob'"), user_task("b"), end(), chain)))
    mover.move()
    with player.runtime.reading() as uow:
        assert list(uow.session.scalars(select(TaskCandidate.identity))) == ["user:bob"]
    player.complete("a", by="bob")
    assert player.waits_at() == ["b"]


def fork(*branches: str) -> bytes:
    gateway = [element("parallelGateway", name) for name in ("fork", "join")]
    named = [user_task(name) for name in ("before", *branches, "after")]
    ways = [flows("fork", name, "join") for name in branches]
    return diagram(
        process(
            "p",
            start(),
            *named,
            *gateway,
            end(),
            flows("start", "before", "fork"),
            *ways,
            flows("join", "after", "end"),
        )
    )


def test_a_branch_added_to_a_parallel_part_keeps_those_inside_and_moves_those_before(
    player: Player, mover: Mover
) -> None:
    deploy_and_start(player, mover, fork("a", "b"))
    inside = player.instance_id
    player.complete("before")
    before = player.start(key="H-2").instance_id
    player.deploy(fork("a", "b", "c"))
    migration = mover.move()
    assert {each.kind for each in mover.obstacles()} == {ObstacleKind.PARALLEL_CHANGED}
    assert migration.moved == 1
    assert {item.instance_id: item.state for item in mover.items()} == {
        inside: ItemState.PENDING,
        before: ItemState.MOVED,
    }
    for name in ("before", "a", "b", "c", "after"):
        player.complete(name)
    assert player.status is InstanceStatus.COMPLETED


def test_inside_an_unchanged_parallel_part_every_state_is_moved(player: Player, mover: Mover) -> None:
    deploy_and_start(player, mover, fork("a", "b"))
    player.complete("before")
    player.complete("a")
    longer = fork("a", "b").replace(b'sourceRef="join" targetRef="after"', b'sourceRef="join" targetRef="extra"')
    added = (user_task("extra") + flow("extra", "after")).encode()
    player.deploy(longer.replace(b"</bpmn:process>", added + b"</bpmn:process>"))
    assert mover.move().moved == 1
    for name in ("b", "extra", "after"):
        player.complete(name)
    assert player.status is InstanceStatus.COMPLETED


def test_a_step_that_becomes_a_branch_is_not_moved_to_wait_for_ever(player: Player, mover: Mover) -> None:
    deploy_and_start(player, mover, simple(chain=("start", "before", "a", "after", "end")))
    player.complete("before")
    player.deploy(fork("a", "b"))
    assert mover.move().moved == 0
    assert [each.kind for each in mover.obstacles()] == [ObstacleKind.PARALLEL_CHANGED]


def inner(*chain: str) -> str:
    named = [user_task(name) for name in chain[1:-1]]
    return element("subProcess", "sub", start(chain[0]), *named, end(chain[-1]), flows(*chain), name="sub")


def test_inside_a_subprocess_the_step_goes_over(player: Player, mover: Mover) -> None:
    def outer(*chain: str) -> bytes:
        return diagram(process("p", start(), inner(*chain), user_task("z"), end(), flows("start", "sub", "z", "end")))

    deploy_and_start(player, mover, outer("s", "a", "e"))
    player.deploy(outer("s", "a", "more", "e"))
    assert mover.move().moved == 1
    for name in ("a", "more", "z"):
        player.complete(name)
    assert player.status is InstanceStatus.COMPLETED


def test_a_called_process_that_is_gone_is_named(player: Player, mover: Mover) -> None:
    def calling(called: str) -> bytes:
        call = element("callActivity", "call", calledElement=called, name="call")
        chain = flows("s", "a", "e")
        return diagram(
            process("p", start(), call, end(), flows("start", "call", "end")),
            process(called, start("s"), user_task("a"), end("e"), chain),
        )

    deploy_and_start(player, mover, calling("q"))
    player.deploy(diagram(process("p", start(), user_task("call"), end(), flows("start", "call", "end"))))
    mover.move()
    assert [(each.kind, each.element) for each in mover.obstacles()] == [(ObstacleKind.KIND_CHANGED, "call")]


def test_a_repeated_step_goes_over_unless_its_repetition_changed(player: Player, mover: Mover) -> None:
    def repeated(many: str, *more: str) -> bytes:
        cardinality = "<bpmn:loopCardinality>2</bpmn:loopCardinality>"
        tag = "bpmn:multiInstanceLoopCharacteristics"
        loop = f"<{tag}{many}>{cardinality}</{tag}>"
        named = [user_task(name) for name in more]
        return diagram(process("p", start(), user_task("a", loop), *named, end(), flows("start", "a", *more, "end")))

    deploy_and_start(player, mover, repeated(""))
    player.complete("a")
    player.deploy(repeated(' isSequential="true"'))
    assert mover.move().moved == 0
    assert [each.kind for each in mover.obstacles()] == [ObstacleKind.REPETITION_CHANGED]
    player.deploy(repeated("", "b"))
    assert mover.move().moved == 1
    player.complete("a")
    player.complete("b")
    assert player.status is InstanceStatus.COMPLETED


def test_a_message_that_is_awaited_is_awaited_under_its_new_name(player: Player, mover: Mover) -> None:
    def waiting(name: str) -> bytes:
        caught = element("intermediateCatchEvent", "wait", definition("message", messageRef="m"), name="wait")
        return diagram(
            f'<bpmn:message id="m" name="{name}"/>',
            process("p", start(), caught, user_task("a"), end(), flows("start", "wait", "a", "end")),
        )

    deploy_and_start(player, mover, waiting("old"))
    player.deploy(waiting("new"))
    mover.move()
    with player.runtime.reading() as uow:
        assert list(uow.session.scalars(select(Subscription.name))) == ["new"]
    player.message("new")
    player.complete("a")
    assert player.status is InstanceStatus.COMPLETED


def test_suspended_instances_and_those_that_ended_are_not_moved(player: Player, mover: Mover) -> None:
    deploy_and_start(player, mover, simple())
    with player.runtime.unit_of_work() as uow:
        instances.suspend(uow, player.instance_id, reason="核实", by="ann")
    player.start(key="H-2")
    player.deploy(simple(chain=("start", "a", "new", "b", "end")))
    mover.begin()
    player.complete("a")
    player.complete("b")
    mover.run()
    assert [each.kind for each in mover.obstacles()] == [ObstacleKind.SUSPENDED]
    assert [item.state for item in mover.items()] == [ItemState.PENDING, ItemState.PASSED_OVER]


def test_history_and_outbox_tell_of_the_move(player: Player, mover: Mover) -> None:
    deploy_and_start(player, mover, simple())
    player.deploy(simple(chain=("start", "a", "new", "b", "end")))
    mover.move()
    with player.runtime.reading() as uow:
        wanted = select(HistoryEvent).where(HistoryEvent.kind == "instance_migrated")
        [row] = uow.session.scalars(wanted)
        assert (row.actor, row.data) == ("yunwei", {"migration": mover.migration_id, "version": 2})
        told = select(OutboxEvent.data).where(OutboxEvent.type == "instance.migrated")
        assert uow.session.scalars(told).one()["business_key"] == "H-1"


def _instance(player: Player) -> Instance:
    with player.runtime.reading() as uow:
        return uow.session.get_one(Instance, player.instance_id)


def _rows(player: Player) -> list[object]:
    with player.runtime.reading() as uow:
        jobs = uow.session.execute(select(Job.token, Job.element_id, Job.due_at).order_by(Job.due_at)).all()
        offered = uow.session.execute(select(TaskCandidate.task_id, TaskCandidate.identity, TaskCandidate.due_at)).all()
    tasks = [(row.id, row.name, row.due_at, row.version) for row in player.open_tasks()]
    return [jobs, offered, tasks]


def _count(player: Player, table: type) -> int:
    with player.runtime.reading() as uow:
        return len(uow.session.scalars(select(table)).all())


def test_the_newest_version_is_what_new_instances_run_on(player: Player, mover: Mover) -> None:
    deploy_and_start(player, mover, simple())
    player.deploy(simple(chain=("start", "a", "new", "b", "end")))
    mover.move()
    with player.runtime.reading() as uow:
        assert _instance(player).definition_id == latest(uow.session, "p").id
