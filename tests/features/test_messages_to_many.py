"""One message to many instances, each with its own payload, on its way as jobs."""

from __future__ import annotations

from engine import instances, jobs
from engine.storage.models import InstanceStatus
from tests.diagrams import definition, diagram, element, end, flows, process, start, user_task
from tests.features.player import Player

MESSAGE = '<bpmn:message id="m" name="sampled"/>'


def deploy_waiting(player: Player) -> None:
    wait = element("intermediateCatchEvent", "wait", definition("message", messageRef="m"))
    player.deploy(
        diagram(MESSAGE, process("p", start(), wait, user_task("a"), end(), flows("start", "wait", "a", "end")))
    )


def test_each_waiting_instance_receives_its_own_payload_with_the_next_sweeps(player: Player) -> None:
    deploy_waiting(player)
    ids = {key: player.start(key=key).instance_id for key in ("H-1", "H-2", "H-3")}
    with player.runtime.unit_of_work() as uow:
        reached = instances.send_to_many(uow, "sampled", {"H-1": {"team": 1}, "H-2": {"team": 2}, "H-9": {"team": 9}})
    assert reached == {"H-1", "H-2"}
    assert jobs.drain(player.runtime) == 2
    with player.runtime.reading() as uow:
        data = {key: instances.read_data(uow, it) for key, it in ids.items()}
    assert [data[key].get("team") for key in ids] == [1, 2, None]


def test_the_same_message_twice_lets_an_instance_go_on_once(player: Player) -> None:
    deploy_waiting(player)
    player.start()
    for team in (1, 2):
        with player.runtime.unit_of_work() as uow:
            instances.send_to_many(uow, "sampled", {"H-1": {"team": team}})
    jobs.drain(player.runtime)
    assert player.waits_at() == ["a"]


def test_more_keys_than_one_statement_holds_are_all_reached(player: Player) -> None:
    deploy_waiting(player)
    with player.runtime.unit_of_work() as uow:
        instances.start_many(uow, "p", [(f"H-{number}", {}) for number in range(1200)], by="ann")
    with player.runtime.unit_of_work() as uow:
        reached = instances.send_to_many(uow, "sampled", {f"H-{number}": {} for number in range(1200)})
    assert len(reached) == 1200


def test_a_suspended_instance_receives_its_message_when_it_is_resumed(player: Player) -> None:
    deploy_waiting(player)
    instance_id = player.start().instance_id
    with player.runtime.unit_of_work() as uow:
        instances.suspend(uow, instance_id, reason="court", by="ann")
    with player.runtime.unit_of_work() as uow:
        instances.send_to_many(uow, "sampled", {"H-1": {}})
    assert jobs.drain(player.runtime) == 0
    with player.runtime.unit_of_work() as uow:
        instances.resume(uow, instance_id, by="ann")
    jobs.drain(player.runtime)
    assert player.status is InstanceStatus.RUNNING
    assert player.waits_at() == ["a"]
