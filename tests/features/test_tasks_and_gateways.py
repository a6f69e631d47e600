"""Tasks and gateways, each run through the public API and stored between every step."""

from __future__ import annotations

from engine.storage.models import InstanceStatus
from tests.diagrams import (
    diagram,
    element,
    end,
    extensions,
    flow,
    flows,
    lookback,
    process,
    script_task,
    service_task,
    start,
    user_task,
)
from tests.features.player import Player


def test_user_tasks_run_one_after_another(player: Player) -> None:
    player.deploy(
        diagram(process("p", start(), user_task("a"), user_task("b"), end(), flows("start", "a", "b", "end")))
    )
    player.start()
    assert player.waits_at() == ["a"]
    player.complete("a", answer=1)
    assert player.waits_at() == ["b"]
    player.complete("b")
    assert player.status is InstanceStatus.COMPLETED


def test_what_a_person_submits_becomes_the_result_variable(player: Player) -> None:
    task = user_task("a", result="plan")
    player.deploy(diagram(process("p", start(), task, user_task("b"), end(), flows("start", "a", "b", "end"))))
    player.start()
    player.complete("a")
    assert player.data["plan"]["completed_by"] == "ann"


def test_a_manual_task_waits_for_a_person_and_an_abstract_task_does_not(player: Player) -> None:
    manual = element("manualTask", "lift", extensions(lookback("assignment", candidateUsers="'ann'")), name="lift")
    player.deploy(
        diagram(process("p", start(), element("task", "note"), manual, end(), flows("start", "note", "lift", "end")))
    )
    player.start()
    assert player.waits_at() == ["lift"]
    player.complete("lift")
    assert player.status is InstanceStatus.COMPLETED


def test_a_script_assigns_variables(player: Player) -> None:
    player.deploy(
        diagram(
            process(
                "p",
                start(),
                script_task("s", "total = amount * 2\nnote = 'x' + str(total)"),
                user_task("a"),
                end(),
                flows("start", "s", "a", "end"),
            )
        )
    )
    player.start(amount=21)
    assert (player.data["total"], player.data["note"]) == (42, "x42")


def test_a_service_task_calls_its_operator_with_typed_parameters(player: Player) -> None:
    player.deploy(
        diagram(
            process(
                "p",
                start(),
                service_task("s", "test.double", "doubled", number="amount + 1"),
                user_task("a"),
                end(),
                flows("start", "s", "a", "end"),
            )
        )
    )
    player.start(amount=20)
    assert player.data["doubled"] == 42


def test_a_business_rule_task_takes_a_decision(player: Player) -> None:
    rule = element("businessRuleTask", "decide", extensions(lookback("decision", ref="limit", result="limit")))
    player.deploy(
        diagram(process("p", start(), rule, user_task("a"), end(), flows("start", "decide", "a", "end"))),
        limit_dmn=LIMIT,
    )
    player.start(severity="major")
    assert player.data["limit"] == {"days": 3}


def test_an_exclusive_gateway_takes_the_first_true_flow_or_the_default(player: Player) -> None:
    gateway = element("exclusiveGateway", "x", default="x_to_b")
    shape = process(
        "p",
        start(),
        gateway,
        user_task("a"),
        user_task("b"),
        end(),
        flow("start", "x"),
        flow("x", "a", "amount > 10"),
        flow("x", "b"),
        flow("a", "end"),
        flow("b", "end"),
    )
    player.deploy(diagram(shape))
    assert player.start(amount=11).waits_at() == ["a"]
    assert player.start(amount=1).waits_at() == ["b"]


def test_a_parallel_gateway_waits_for_every_branch(player: Player) -> None:
    fork, join = element("parallelGateway", "fork"), element("parallelGateway", "join")
    shape = process(
        "p",
        start(),
        fork,
        user_task("a"),
        user_task("b"),
        join,
        user_task("c"),
        end(),
        flows("start", "fork", "a", "join", "c", "end"),
        flows("fork", "b", "join"),
    )
    player.deploy(diagram(shape))
    player.start()
    assert player.waits_at() == ["a", "b"]
    player.complete("b")
    assert player.waits_at() == ["a"]
    player.complete("a")
    assert player.waits_at() == ["c"]


def test_a_parallel_gateway_joins_again_on_every_round(player: Player) -> None:
    fork, join = element("parallelGateway", "fork"), element("parallelGateway", "join")
    again = element("exclusiveGateway", "again", default="again_to_end")
    merge = element("exclusiveGateway", "merge")
    shape = process(
        "p",
        start(),
        merge,
        fork,
        user_task("a"),
        user_task("b"),
        join,
        user_task("c", result="c"),
        again,
        end(),
        flows("start", "merge", "fork", "a", "join", "c", "again", "end"),
        flows("fork", "b", "join"),
        flow("again", "merge", "rounds > 0"),
    )
    player.deploy(diagram(shape))
    player.start(rounds=1)
    for _ in range(5):
        player.complete("a")
        assert player.waits_at() == ["b"]
        player.complete("b")
        assert player.waits_at() == ["c"]
        player.complete("c")
        assert player.waits_at() == ["a", "b"]


def test_an_inclusive_gateway_takes_every_true_flow_and_waits_for_those(player: Player) -> None:
    fork = element("inclusiveGateway", "fork", default="fork_to_c")
    join = element("inclusiveGateway", "join")
    shape = process(
        "p",
        start(),
        fork,
        user_task("a"),
        user_task("b"),
        user_task("c"),
        join,
        user_task("d"),
        end(),
        flow("start", "fork"),
        flow("fork", "a", "x > 0"),
        flow("fork", "b", "x > 1"),
        flow("fork", "c"),
        flows("a", "join", "d", "end"),
        flow("b", "join"),
        flow("c", "join"),
    )
    player.deploy(diagram(shape))
    player.start(x=2)
    assert player.waits_at() == ["a", "b"]
    player.complete("a")
    assert player.waits_at() == ["b"]
    player.complete("b")
    assert player.waits_at() == ["d"]
    assert player.start(x=0).waits_at() == ["c"]


LIMIT = b"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="limit" namespace="urn:test">
  <decision id="limit" name="limit"><decisionTable id="t" hitPolicy="UNIQUE">
    <input id="i"><inputExpression id="ie" typeRef="string"><text>severity</text></inputExpression></input>
    <output id="o" name="days" typeRef="number"/>
    <rule id="r1"><inputEntry id="e1"><text>"major"</text></inputEntry>
      <outputEntry id="o1"><text>3</text></outputEntry></rule>
    <rule id="r2"><inputEntry id="e2"><text>"general"</text></inputEntry>
      <outputEntry id="o2"><text>15</text></outputEntry></rule>
  </decisionTable></decision>
</definitions>"""
