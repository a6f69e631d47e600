"""Hazards that wait anywhere on the general path go over to redrawn definitions, and are closed on them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from engine.definitions import deploy
from engine.definitions.library import form
from engine.migrating import Deadlines, MigrationState, ObstacleKind
from engine.storage.models import InstanceStatus
from tests.integration.engine.migrating.mover import Mover
from tests.integration.engine.migrating.redrawn import Redrawn
from tests.workflows.play import AGREE, APPROVE, CONFIRM, PASS, PLAN, RECTIFICATION, Play

Act = Callable[[Play], object]
PATH: list[tuple[str, Act]] = [
    ("confirm_hazard", lambda play: play.act("zeren", "confirm_hazard", **CONFIRM)),
    ("make_plan", lambda play: play.act("zeren", "make_plan", **PLAN)),
    ("rectify", lambda play: play.act("zeren", "rectify", **RECTIFICATION)),
    ("confirm_by_leader", lambda play: play.act("danwei", "confirm_by_leader", **AGREE)),
    ("verify_on_site", lambda play: play.act("jiancha1", "verify_on_site", **PASS)),
    ("countersign", lambda play: play.act("jiancha2", "countersign", **AGREE)),
    ("draw", lambda play: play.miss_the_draw()),
    ("approve_closure", lambda play: play.act("xiaohao", "approve_closure", **APPROVE)),
]
WAITS = [name for name, _ in PATH]


@pytest.fixture
def hazards(play: Play) -> Mover:
    """An operator who moves the main process from the delivered version."""
    mover = Mover(play.runtime, "hazard_lookback")
    mover.stand_on_newest()
    return mover


def redrawn() -> Redrawn:
    """A step renamed, one inserted, a form longer, a reminder less, an inner message renamed."""
    return (
        Redrawn.as_delivered()
        .rename("self_check.bpmn", "rectify", "carry_out")
        .replace("self_check.bpmn", 'ref="carry_out"', 'ref="rectify"')
        .rename("self_check.bpmn", "rectify_late", "carry_out_late")
        .insert_task("special_inspection.bpmn", "verify_on_site_to_check_visit", "check_visit")
        .without_boundary("self_check.bpmn", "make_plan_late")
        .ask_more("forms/confirm_hazard.form")
        .replace("self_check.bpmn", 'name="签收并确认隐患"', 'name="签收隐患"')
    )


@pytest.mark.parametrize("waits_at", WAITS)
def test_from_wherever_it_waits_a_hazard_is_closed_on_the_new_version(
    play: Play, hazards: Mover, waits_at: str
) -> None:
    play.register()
    done = WAITS.index(waits_at)
    for _, act in PATH[:done]:
        act(play)
    release(play, redrawn())
    migration = hazards.move()
    assert (migration.state, migration.moved, hazards.obstacles()) == (MigrationState.DONE, 1, [])
    for name, act in PATH[done:]:
        go_on(play, name, act)
    assert (play.incidents(), play.status()) == ([], InstanceStatus.COMPLETED)
    assert play.pass_time(days=60) == 0


def go_on(play: Play, name: str, act: Act) -> None:
    """The next act on the new version, with what was added to it."""
    if name == "rectify":
        play.act("zeren", "carry_out", **RECTIFICATION)
    else:
        act(play)
    if name == "verify_on_site":
        play.act("zeren", "added")


def test_the_inbox_shows_the_new_name_and_the_new_form_and_after_undo_the_old_ones(play: Play, hazards: Mover) -> None:
    play.register()
    before = play.task("confirm_hazard")
    release(play, redrawn())
    hazards.move()
    after = play.task("confirm_hazard")
    assert (after.id, after.name, after.due_at) == (before.id, "签收隐患", before.due_at)
    assert "more" in str(_form(play))
    hazards.undo()
    assert play.task("confirm_hazard").name == "签收并确认隐患"
    assert "more" not in str(_form(play))
    play.act("zeren", "confirm_hazard", **CONFIRM)


def test_a_shorter_limit_moves_the_due_date_and_the_reminders(play: Play, hazards: Mover) -> None:
    play.register()
    before = play.task("confirm_hazard").due_at
    file = "decisions/deadline.dmn"
    amount = 'id="limit_confirm_hazard_general_amount">\n          <text>3<'
    release(play, Redrawn.as_delivered().replace(file, amount, amount.replace("<text>3<", "<text>1<")))
    hazards.move(deadlines=Deadlines.RECKON)
    after = play.task("confirm_hazard").due_at
    assert before is not None
    assert after == before - timedelta(days=2)
    play.pass_time(days=2)
    assert play.told("deadline.escalated")


def test_a_step_taken_away_keeps_those_who_wait_there_and_names_it(play: Play, hazards: Mover) -> None:
    play.register()
    play.act("zeren", "confirm_hazard", **CONFIRM)
    waiting = play.number
    play.register()
    release(play, without_plan())
    migration = hazards.move()
    [obstacle] = hazards.obstacles()
    assert (obstacle.kind, obstacle.element, obstacle.name) == (ObstacleKind.ELEMENT_GONE, "make_plan", "制定整改方案")
    assert (migration.moved, migration.total) == (1, 2)
    play.number = waiting
    assert play.waits_at() == ["make_plan"]


def without_plan() -> Redrawn:
    """The plan of a general hazard is recorded by a script; nobody is asked for it."""
    changed = Redrawn.as_delivered().without_boundary("self_check.bpmn", "make_plan_late")
    text = changed["self_check.bpmn"].decode()
    begin = text.index('<bpmn:userTask id="make_plan"')
    end = text.index("</bpmn:userTask>", begin) + len("</bpmn:userTask>")
    flows = (
        "<bpmn:incoming>needs_plan_to_make_plan</bpmn:incoming><bpmn:outgoing>make_plan_to_record_plan</bpmn:outgoing>"
    )
    script = (
        f'<bpmn:scriptTask id="no_plan" name="免予方案">{flows}<bpmn:script>plan = {{}}</bpmn:script></bpmn:scriptTask>'
    )
    changed["self_check.bpmn"] = (text[:begin] + script + text[end:]).encode()
    return changed.rename("self_check.bpmn", "make_plan", "no_plan")


def test_a_part_that_became_parallel_keeps_those_inside(play: Play, hazards: Mover) -> None:
    play.register()
    play.self_check()
    inside = play.number
    play.register()
    release(play, in_parallel())
    assert hazards.move().moved == 1
    assert [(each.kind, each.element) for each in hazards.obstacles()] == [
        (ObstacleKind.PARALLEL_CHANGED, "special_inspection")
    ]
    play.self_check()
    play.act("zeren", "added")
    play.pass_inspection()
    play.miss_the_draw()
    play.act("xiaohao", "approve_closure", **APPROVE)
    assert play.status() is InstanceStatus.COMPLETED
    play.number = inside
    assert play.waits_at() == ["verify_on_site"]


def in_parallel() -> Redrawn:
    """Beside the inspection, the responsible person explains."""
    changed = Redrawn.as_delivered()
    file = "hazard_lookback.bpmn"
    changed.insert_task(file, "special_inspection_to_inspected", "inspected")
    changed.replace(
        file, 'sourceRef="special_inspection" targetRef="added"', 'sourceRef="special_inspection" targetRef="join"'
    )
    changed.replace(file, 'sourceRef="added" targetRef="inspected"', 'sourceRef="added" targetRef="join"')
    changed.replace(
        file, 'sourceRef="self_check" targetRef="special_inspection"', 'sourceRef="self_check" targetRef="fork"'
    )
    flows = "".join(
        f'<bpmn:sequenceFlow id="{a}_then_{b}" sourceRef="{a}" targetRef="{b}"/>'
        for a, b in (("fork", "special_inspection"), ("fork", "added"), ("join", "inspected"))
    )
    gateways = '<bpmn:parallelGateway id="fork" name="分"/><bpmn:parallelGateway id="join" name="合"/>'
    changed.replace(file, "</bpmn:process>", gateways + flows + "</bpmn:process>")
    text = changed[file].decode()
    begin = text.index('<bpmndi:BPMNShape id="added_di"')
    shape = text[begin : text.index("</bpmndi:BPMNShape>", begin) + len("</bpmndi:BPMNShape>")]
    drawn = [shape.replace("added_di", f"{name}_di").replace('"added"', f'"{name}"') for name in ("fork", "join")]
    changed[file] = text.replace(shape, shape + "".join(drawn)).encode()
    return changed


def release(play: Play, files: Redrawn) -> None:
    with play.runtime.unit_of_work() as uow:
        deploy(uow, files, by="liucheng")


def _form(play: Play) -> dict[str, object]:
    with play.runtime.reading() as uow:
        return form(uow, play.instance().definition.deployment_id, "confirm_hazard")
