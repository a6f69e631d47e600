"""Who may do a task: candidates, claiming, delegation, exclusion, and two people at once."""

from __future__ import annotations

from datetime import datetime

import pytest

from engine import tasks
from engine.errors import ConcurrentChange, IdempotencyConflict, NotPermitted, WrongState
from engine.runtime import UnitOfWork
from engine.tasks import Actor
from tests.diagrams import diagram, element, end, extensions, flows, lookback, process, start, user_task
from tests.features.player import Player

INSPECTORS = frozenset({"inspector@7"})
ANN, BOB = Actor("ann", INSPECTORS), Actor("bob", INSPECTORS)


@pytest.fixture
def offered(player: Player) -> Player:
    """A task offered to the inspectors of organisation 7, then one that its first inspector may not do."""
    first = user_task("first", users=None, groups="'inspector@' + str(department)", result="verdict")
    second = user_task("second", users=None, groups="'inspector@7'", excluded="[verdict.completed_by]")
    player.deploy(diagram(process("p", start(), first, second, end(), flows("start", "first", "second", "end"))))
    return player.start(department=7)


def test_a_task_is_in_the_inbox_of_every_member_of_its_group(offered: Player) -> None:
    assert _inbox(offered, ANN) == ["first"]
    assert _inbox(offered, BOB) == ["first"]
    assert _inbox(offered, Actor("eve", frozenset({"inspector@8"}))) == []


def test_a_claimed_task_leaves_the_others_inboxes_until_it_is_given_back(offered: Player) -> None:
    with offered.runtime.unit_of_work() as uow:
        tasks.claim(uow, offered.task("first").id, ANN)
    assert (_inbox(offered, ANN), _inbox(offered, BOB)) == (["first"], [])
    with offered.runtime.unit_of_work() as uow:
        tasks.unclaim(uow, offered.task("first").id, ANN)
    assert _inbox(offered, BOB) == ["first"]


def test_a_claimed_task_can_be_done_by_its_holder_only(offered: Player) -> None:
    with offered.runtime.unit_of_work() as uow:
        tasks.claim(uow, offered.task("first").id, ANN)
    with pytest.raises(NotPermitted, match="held by ann"):
        offered.complete("first", by="bob", groups=INSPECTORS)


def test_a_stranger_may_neither_claim_nor_complete(offered: Player) -> None:
    with pytest.raises(NotPermitted):
        offered.complete("first", by="eve")


def test_a_delegated_task_goes_to_the_other_and_keeps_its_owner(offered: Player) -> None:
    with offered.runtime.unit_of_work() as uow:
        task = tasks.delegate(uow, offered.task("first").id, ANN, "bob")
        assert (task.assignee, task.owner) == ("bob", "ann")
    assert _inbox(offered, BOB) == ["first"]
    offered.complete("first", by="bob", groups=INSPECTORS)


def test_whoever_did_the_first_step_may_not_do_the_second(offered: Player) -> None:
    offered.complete("first", by="ann", groups=INSPECTORS)
    assert (_inbox(offered, ANN), _inbox(offered, BOB)) == ([], ["second"])
    with pytest.raises(NotPermitted, match="earlier step"):
        offered.complete("second", by="ann", groups=INSPECTORS)
    with pytest.raises(NotPermitted, match="earlier step"), offered.runtime.unit_of_work() as uow:
        tasks.delegate(uow, offered.task("second").id, BOB, "ann")
    offered.complete("second", by="bob", groups=INSPECTORS)


def test_an_administrator_reassigns_with_a_reason_on_record(offered: Player) -> None:
    with offered.runtime.unit_of_work() as uow:
        tasks.reassign(uow, offered.task("first").id, Actor("root", is_administrator=True), "bob", reason="ann is ill")
    assert _inbox(offered, BOB) == ["first"]


def test_the_second_of_two_people_completing_a_task_is_told_it_has_ended(offered: Player) -> None:
    task_id = offered.task("first").id
    offered.complete("first", by="ann", groups=INSPECTORS)
    with pytest.raises(WrongState, match="is completed"), offered.runtime.unit_of_work() as uow:
        tasks.complete(uow, task_id, BOB, {})


def test_a_stale_version_is_refused(offered: Player) -> None:
    task = offered.task("first")
    with offered.runtime.unit_of_work() as uow:
        tasks.claim(uow, task.id, ANN)
    with pytest.raises(ConcurrentChange), offered.runtime.unit_of_work() as uow:
        tasks.complete(uow, task.id, ANN, {}, expected_version=task.version)


def test_the_same_request_twice_completes_once(offered: Player) -> None:
    task_id = offered.task("first").id
    for _ in range(2):
        with offered.runtime.unit_of_work() as uow:
            tasks.complete(uow, task_id, ANN, {}, idempotency_key="k1")
    assert offered.waits_at() == ["second"]
    with pytest.raises(IdempotencyConflict), offered.runtime.unit_of_work() as uow:
        tasks.complete(uow, task_id, ANN, {"other": 1}, idempotency_key="k1")


def test_an_error_in_the_same_unit_of_work_undoes_everything(offered: Player) -> None:
    task_id = offered.task("first").id
    with pytest.raises(ZeroDivisionError), offered.runtime.unit_of_work() as uow:
        _complete_and_fail(uow, task_id)
    assert offered.waits_at() == ["first"]


def test_a_task_has_the_priority_the_due_date_and_the_follow_up_date_of_its_diagram(player: Player) -> None:
    deadline = lookback("deadline", due="due", followUp="follow_up", priority="80 if severity == 'major' else 50")
    assignment = lookback("assignment", candidateUsers="'ann'")
    task = element("userTask", "a", extensions(assignment, deadline), name="a")
    player.deploy(diagram(process("p", start(), task, end(), flows("start", "a", "end"))))
    dates = {"due": "2022-12-01T10:00:00+08:00", "follow_up": "2022-11-28T10:00:00+08:00"}
    reached = player.start(severity="major", **dates).task("a")
    assert (reached.priority, reached.due_at, reached.follow_up_at) == (
        80,
        datetime.fromisoformat(dates["due"]),
        datetime.fromisoformat(dates["follow_up"]),
    )
    assert player.start(severity="general", **dates).task("a").priority == 50


def test_the_inbox_comes_page_by_page_soonest_due_first(player: Player) -> None:
    task = user_task("a", users="'ann'", due="due")
    player.deploy(diagram(process("p", start(), task, end(), flows("start", "a", "end"))))
    for day in (3, 1, 2, 5, 4):
        player.start(key=f"H-{day}", due=f"2022-12-0{day}T10:00:00+08:00")
    seen: list[str] = []
    after = None
    while True:
        with player.runtime.reading() as uow:
            page = tasks.inbox(uow.session, ANN, after=after, limit=2)
        seen += [task.business_key for task in page.tasks]
        if page.next is None:
            break
        after = page.next
    assert seen == ["H-1", "H-2", "H-3", "H-4", "H-5"]


def _complete_and_fail(uow: UnitOfWork, task_id: int) -> None:
    tasks.complete(uow, task_id, ANN, {})
    raise ZeroDivisionError


def _inbox(player: Player, actor: Actor) -> list[str]:
    with player.runtime.reading() as uow:
        return [task.element_id for task in tasks.inbox(uow.session, actor).tasks]
