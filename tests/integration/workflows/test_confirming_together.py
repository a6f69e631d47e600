"""Many tasks confirmed at once: which can be, what becomes of the rest, and nothing twice."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from engine.clock import ReplayClock
from engine.runtime import Runtime
from engine.storage.database import Database
from engine.storage.models import HistoryEvent, TaskStatus, UserTask
from engine.tasks import Actor
from tests.diagrams import diagram, element, end, extensions, flows, form, lookback, process, question, start
from tests.features.player import Player
from workflows.inbox.batch import Act, act_on_many
from workflows.inbox.confirmable import confirmations
from workflows.inbox.listener import ReadMarkListener
from workflows.inbox.models import ReadMark
from workflows.inbox.read_marks import mark_read

ANN = Actor("ann")
REQUIRED = {"required": True}
FORMS = {
    "note": form("note", question("textfield", "remark")),
    "receipt": form(
        "receipt", question("radio", "received", validate=REQUIRED, values=[{"value": "yes", "label": "收"}])
    ),
    "decision": form(
        "decision",
        question(
            "radio", "decision", validate=REQUIRED, values=[{"value": v, "label": v} for v in ("agree", "return")]
        ),
    ),
}


@pytest.fixture
def player(database: Database, clock: ReplayClock) -> Player:
    """Four processes, each with one task for ann: without a form, and with each of the forms."""
    player = Player(Runtime(database, clock, listeners=(ReadMarkListener(),)), clock)
    files = {f"{name}_form": content for name, content in FORMS.items()}
    for name in ("plain", *FORMS):
        player.deploy(_process(name), **files)
        player.start(f"p_{name}", key=name)
    return player


def _process(name: str) -> bytes:
    given = lookback("form", ref=name, result="answer") if name in FORMS else ""
    inner = extensions(lookback("assignment", candidateUsers="'ann'") + given)
    return diagram(process(f"p_{name}", start(), element("userTask", name, inner, name=name), end(), _line(name)))


def _line(name: str) -> str:
    return flows("start", name, "end")


def tasks_of(player: Player) -> dict[str, UserTask]:
    with player.runtime.reading() as uow:
        return {task.element_id: task for task in uow.session.scalars(select(UserTask).order_by(UserTask.id))}


def test_a_task_can_be_confirmed_when_its_form_leaves_nothing_to_decide(player: Player) -> None:
    tasks = tasks_of(player)
    with player.runtime.reading() as uow:
        answers = confirmations(uow, list(tasks.values()))
    by_name = {name: answers[task.id] for name, task in tasks.items() if task.id in answers}
    assert by_name == {"plain": {}, "note": {}, "receipt": {"received": "yes"}}


def test_those_that_can_be_are_done_and_the_others_are_named_with_the_reason(player: Player) -> None:
    tasks = tasks_of(player)
    wanted = [tasks[name].id for name in ("plain", "decision", "receipt")] + [404]
    outcomes = act_on_many(player.runtime, Act.CONFIRM, wanted, lambda _uow: ANN, request="r1")
    assert [outcome.refusal for outcome in outcomes] == [
        None,
        "its form asks for a decision; open it and fill it in",
        None,
        "this task does not exist",
    ]
    done = tasks_of(player)
    assert {name for name, task in done.items() if task.status is TaskStatus.COMPLETED} == {"plain", "receipt"}
    assert (done["receipt"].outcome or {})["received"] == "yes"


def test_the_same_request_again_tells_the_same_and_does_nothing_twice(player: Player) -> None:
    wanted = [task.id for task in tasks_of(player).values()]
    first = act_on_many(player.runtime, Act.CONFIRM, wanted, lambda _uow: ANN, request="r1")
    written = count(player, HistoryEvent)
    assert act_on_many(player.runtime, Act.CONFIRM, wanted, lambda _uow: ANN, request="r1") == first
    assert count(player, HistoryEvent) == written


def test_nobody_confirms_or_claims_what_is_not_offered_to_them(player: Player) -> None:
    wanted = [tasks_of(player)["plain"].id]
    for act in Act:
        (outcome,) = act_on_many(player.runtime, act, wanted, lambda _uow: Actor("eve"), request=act)
        assert outcome.refusal == "somebody else holds it, or you may not do it"


def test_the_marks_of_a_task_go_with_it(player: Player) -> None:
    tasks = tasks_of(player)
    with player.runtime.unit_of_work() as uow:
        mark_read(uow, "ann", [task.id for task in tasks.values()])
        mark_read(uow, "ann", [tasks["plain"].id])
    assert count(player, ReadMark) == 4
    act_on_many(player.runtime, Act.CONFIRM, [tasks["plain"].id], lambda _uow: ANN, request="r1")
    assert count(player, ReadMark) == 3


def count(player: Player, model: type[HistoryEvent] | type[ReadMark]) -> int:
    with player.runtime.reading() as uow:
        return uow.session.scalar(select(func.count()).select_from(model)) or 0
