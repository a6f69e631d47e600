"""Element templates offer what is registered, and what they write is read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine.definitions.element_templates import Platform, templates_for
from engine.definitions.extensions import OperatorCall, read_extensions
from tests.unit.engine.definitions.sets import VOCABULARY, problems
from tests.unit.engine.definitions.test_camunda import one, step_of


def _templates(platform: Platform) -> dict[str, Any]:
    return {each["id"]: each for each in json.loads(templates_for(VOCABULARY.operators, platform))}


@pytest.mark.parametrize("platform", Platform)
def test_there_is_a_template_for_the_user_task_and_for_each_operator(platform: Platform) -> None:
    templates = _templates(platform)
    assert set(templates) == {"lookback.user-task", "lookback.hazard.close"}
    assert templates["lookback.hazard.close"]["appliesTo"] == ["bpmn:ServiceTask"]
    assert templates["lookback.hazard.close"]["description"] == "Does nothing."


@pytest.mark.parametrize("platform", Platform)
def test_a_required_parameter_must_be_filled_in(platform: Platform) -> None:
    required = {
        each["binding"]["name"]: "constraints" in each
        for each in _templates(platform)["lookback.hazard.close"]["properties"]
        if each["type"] != "Hidden"
    }
    assert required == {
        "lookback.parameter.number": True,
        "lookback.parameter.reason": False,
        "lookback.operator.result": False,
    }


@pytest.mark.parametrize("platform", Platform)
def test_what_a_modeler_writes_by_a_template_is_the_operator_s_call(platform: Platform) -> None:
    entered = {"lookback.parameter.number": "7", "lookback.parameter.reason": "", "lookback.operator.result": "closed"}
    written = [
        (each["binding"]["type"], each["binding"]["name"], each.get("value") or entered[each["binding"]["name"]])
        for each in _templates(platform)["lookback.hazard.close"]["properties"]
    ]
    prefix = written[0][0].partition(":")[0]
    listed = "".join(f'<{binding} name="{name}" value="{value}"/>' for binding, name, value in written)
    content = one("serviceTask", "", f"<{prefix}:properties>{listed}</{prefix}:properties>")
    assert read_extensions(step_of(content)).operator == OperatorCall("hazard.close", "closed", {"number": "7"})
    assert problems(content) == []


def test_the_same_operators_give_the_same_bytes() -> None:
    first, again = (templates_for(VOCABULARY.operators, Platform.EIGHT) for _ in range(2))
    assert first == again
