"""Element templates for Camunda's desktop modeler: one for each registered operator, and one for our user task.

A template can write no elements of ours, so it writes properties (`lookback.operator.name`), which
`engine/definitions/extensions.py` reads in their stead.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from engine.operators import Operator, OperatorRegistry, Parameter

CATEGORY: Final = {"id": "lookback", "name": "Look-Back 回头看"}


class Platform(StrEnum):
    """The versions of Camunda whose modeler knows a kind of template of its own."""

    SEVEN = "platform-7"
    EIGHT = "platform-8"


@dataclass(frozen=True)
class _Kind:
    schema: str
    binding: str


_KINDS: Final = {
    Platform.SEVEN: _Kind(
        "https://unpkg.com/@camunda/element-templates-json-schema/resources/schema.json", "camunda:property"
    ),
    Platform.EIGHT: _Kind(
        "https://unpkg.com/@camunda/zeebe-element-templates-json-schema/resources/schema.json", "zeebe:property"
    ),
}

_USER_TASK: Final = (
    ("assignment", "assignment.candidateGroups", "候选组 Candidate groups", "group('unit_leader', hazard.unit)"),
    ("assignment", "assignment.candidateUsers", "候选人 Candidate users", "['ann', 'bob']"),
    ("assignment", "assignment.assignee", "办理人 Assignee", "hazard.responsible_person"),
    ("assignment", "assignment.excludedUsers", "回避人员 Excluded users", "rectified_by"),
    ("form", "form.ref", "表单 Form", "verify_on_site"),
    ("form", "form.result", "结果变量 Result", "verification"),
    ("deadline", "deadline.decision", "时限决策表 Deadline decision", "deadline"),
    ("deadline", "deadline.due", "办理时限 Due", "due_after(5, 'workday', now())"),
    ("deadline", "deadline.followUp", "跟进时间 Follow up", ""),
    ("deadline", "deadline.priority", "优先级 Priority", "50"),
)
_GROUPS: Final = (
    {"id": "assignment", "label": "由谁办理 Assignment"},
    {"id": "form", "label": "表单 Form"},
    {"id": "deadline", "label": "时限 Deadline"},
)


def templates_for(operators: OperatorRegistry, platform: Platform) -> bytes:
    """The file of all templates for one version; the same operators give the same bytes."""
    kind = _KINDS[platform]
    made = [_user_task(kind), *(_of_operator(each, kind) for each in sorted(operators, key=lambda each: each.name))]
    return (json.dumps(made, ensure_ascii=False, indent=2) + "\n").encode()


def file_name(platform: Platform) -> str:
    """What the file is called within `.camunda/element-templates`."""
    return f"lookback-{platform}.json"


def _user_task(kind: _Kind) -> dict[str, Any]:
    listed = [
        _property(kind, name, label, group=group, description=f"例 e.g. {example}" if example else "")
        for group, name, label, example in _USER_TASK
    ]
    return _template(kind, "lookback.user-task", "人工任务 User task", "bpmn:UserTask", listed, groups=list(_GROUPS))


def _of_operator(operator: Operator, kind: _Kind) -> dict[str, Any]:
    hidden = {
        "type": "Hidden",
        "value": operator.name,
        "binding": {"type": kind.binding, "name": "lookback.operator.name"},
    }
    listed = [hidden, *_parameters(operator, kind), _property(kind, "operator.result", "结果变量 Result")]
    name = f"{operator.title} {operator.name}" if operator.title != operator.name else operator.name
    description = (operator.function.__doc__ or "").strip().partition("\n")[0]
    template = _template(kind, f"lookback.{operator.name}", name, "bpmn:ServiceTask", listed)
    return {**template, "description": description} if description else template


def _parameters(operator: Operator, kind: _Kind) -> Iterator[dict[str, Any]]:
    for parameter in operator.parameters.values():
        yield _property(
            kind,
            f"parameter.{parameter.name}",
            parameter.name,
            description=type_of(parameter),
            required=parameter.required,
        )


def type_of(parameter: Parameter) -> str:
    """A parameter's type in a word: its class, or the type as it is written."""
    annotation = parameter.annotation
    return (
        annotation.__name__ if isinstance(annotation, type) and not hasattr(annotation, "__args__") else str(annotation)
    )


def _property(
    kind: _Kind, name: str, label: str, *, group: str = "", description: str = "", required: bool = False
) -> dict[str, Any]:
    made: dict[str, Any] = {
        "label": label,
        "type": "String",
        "binding": {"type": kind.binding, "name": f"lookback.{name}"},
    }
    if required:
        made["constraints"] = {"notEmpty": True}
    elif kind is _KINDS[Platform.EIGHT]:
        made["optional"] = True
    return made | ({"group": group} if group else {}) | ({"description": description} if description else {})


def _template(
    kind: _Kind, identity: str, name: str, element: str, properties: list[dict[str, Any]], **more: Any
) -> dict[str, Any]:
    return {
        "$schema": kind.schema,
        "name": name,
        "id": identity,
        "category": CATEGORY,
        "appliesTo": [element],
        **more,
        "properties": properties,
    }
