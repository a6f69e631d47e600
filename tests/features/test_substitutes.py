"""A substitute does an absent person's tasks: both names are on record, and what keeps one out keeps both out."""

from __future__ import annotations

import pytest

from engine import tasks
from engine.errors import NotPermitted
from engine.history import HistoryKind, of_instance
from engine.storage.models import OutboxEvent
from engine.tasks import Actor
from tests.diagrams import diagram, end, flows, process, start, user_task
from tests.features.player import Player

INSPECTORS = frozenset({"inspector@7"})
ABSENT = Actor("zhang", INSPECTORS)
DEPUTY = Actor("li", INSPECTORS, stands_in_for=frozenset({"zhang"}), lent=frozenset({("inspector@7", "zhang")}))
COLLEAGUE = Actor("wang", INSPECTORS)


@pytest.fixture
def offered(player: Player) -> Player:
    """A task for the inspectors of organisation 7, then one from which its first inspector is excluded."""
    first = user_task("first", users=None, groups="'inspector@7'", result="verdict")
    second = user_task("second", users=None, groups="'inspector@7'", excluded="[verdict.completed_by]")
    player.deploy(diagram(process("p", start(), first, second, end(), flows("start", "first", "second", "end"))))
    return player.start()


@pytest.fixture
def named(player: Player) -> Player:
    """A task that lies with the absent person by name."""
    task = user_task("only", users="'zhang'")
    player.deploy(diagram(process("p", start(), task, end(), flows("start", "only", "end"))))
    return player.start()


def _complete(player: Player, element: str, actor: Actor) -> None:
    with player.runtime.unit_of_work() as uow:
        tasks.complete(uow, player.task(element).id, actor, {})


def test_a_substitute_completes_a_task_of_the_absent_persons_group_and_both_are_named(offered: Player) -> None:
    task_id = offered.task("first").id
    _complete(offered, "first", DEPUTY)
    with offered.runtime.reading() as uow:
        done = [event for event in of_instance(uow.session, offered.instance_id) if event.data.get("task") == task_id]
        finished = next(event for event in done if event.kind == HistoryKind.TASK_COMPLETED)
        told = next(e for e in uow.session.query(OutboxEvent) if e.type == "task.completed")
    assert (finished.actor, finished.data["on_behalf_of"]) == ("li", "zhang")
    assert (told.data["by"], told.data["on_behalf_of"]) == ("li", "zhang")


def test_nobody_stands_in_without_being_named(offered: Player) -> None:
    with pytest.raises(NotPermitted):
        _complete(offered, "first", Actor("li"))


def test_ones_own_right_comes_first(offered: Player) -> None:
    _complete(offered, "first", Actor("wang", INSPECTORS, stands_in_for=frozenset({"zhang"})))
    with offered.runtime.reading() as uow:
        kinds = {event.kind: event for event in of_instance(uow.session, offered.instance_id)}
    assert "on_behalf_of" not in kinds[HistoryKind.TASK_COMPLETED].data


def test_whoever_was_stood_in_for_may_not_check_what_the_substitute_did(offered: Player) -> None:
    _complete(offered, "first", DEPUTY)
    for kept_out in (ABSENT, DEPUTY):
        with pytest.raises(NotPermitted):
            _complete(offered, "second", kept_out)
    _complete(offered, "second", COLLEAGUE)


def test_a_substitute_may_not_check_what_the_absent_person_did(offered: Player) -> None:
    _complete(offered, "first", ABSENT)
    with pytest.raises(NotPermitted):
        _complete(offered, "second", DEPUTY)


def test_a_task_by_name_is_claimed_given_back_and_taken_back_by_the_person_it_was_for(named: Player) -> None:
    with named.runtime.unit_of_work() as uow:
        task = tasks.claim(uow, named.task("only").id, DEPUTY)
        assert (task.assignee, task.on_behalf_of) == ("li", "zhang")
    with named.runtime.unit_of_work() as uow:
        task = tasks.unclaim(uow, named.task("only").id, ABSENT)
        assert (task.assignee, task.on_behalf_of) == (None, None)


def test_a_substitute_hands_a_task_on_and_the_absent_person_stays_its_owner(named: Player) -> None:
    with named.runtime.unit_of_work() as uow:
        task = tasks.delegate(uow, named.task("only").id, DEPUTY, "wang")
    assert (task.owner, task.assignee, task.on_behalf_of) == ("zhang", "wang", None)


def test_a_substitute_takes_over_what_the_absent_person_had_claimed(offered: Player) -> None:
    with offered.runtime.unit_of_work() as uow:
        tasks.claim(uow, offered.task("first").id, ABSENT)
    with pytest.raises(NotPermitted, match="held by zhang"):
        _complete(offered, "first", COLLEAGUE)
    _complete(offered, "first", DEPUTY)
