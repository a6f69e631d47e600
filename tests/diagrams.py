"""Small BPMN diagrams for tests, written as Python: `diagram(process("p", start(), user_task("a"), end(), …))`."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape, quoteattr

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"


def diagram(*content: str) -> bytes:
    """A whole .bpmn file."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<bpmn:definitions xmlns:bpmn="{BPMN}" '
        'xmlns:lookback="urn:lookback:bpmn:1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'id="definitions" targetNamespace="urn:test">' + "".join(content) + "</bpmn:definitions>"
    ).encode()


def process(id: str, *elements: str) -> str:
    return f'<bpmn:process id="{id}" name="{id}" isExecutable="true">{"".join(elements)}</bpmn:process>'


def element(tag: str, id: str, *content: str, **attributes: str) -> str:
    listed = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
    return f'<bpmn:{tag} id="{id}"{listed}>{"".join(content)}</bpmn:{tag}>'


def flow(source: str, target: str, condition: str | None = None, id: str | None = None) -> str:
    tag = "bpmn:conditionExpression"
    inner = f'<{tag} xsi:type="bpmn:tFormalExpression">{escape(condition)}</{tag}>' if condition else ""
    identity = id or f"{source}_to_{target}"
    return f'<bpmn:sequenceFlow id="{identity}" sourceRef="{source}" targetRef="{target}">{inner}</bpmn:sequenceFlow>'


def flows(*chain: str) -> str:
    """Sequence flows along a chain of element ids."""
    return "".join(flow(a, b) for a, b in pairwise(chain))


def start(id: str = "start", *content: str) -> str:
    return element("startEvent", id, *content)


def end(id: str = "end", *content: str) -> str:
    return element("endEvent", id, *content)


def extensions(*content: str) -> str:
    return f"<bpmn:extensionElements>{''.join(content)}</bpmn:extensionElements>"


def lookback(tag: str, *content: str, **attributes: str) -> str:
    listed = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
    return f"<lookback:{tag}{listed}>{''.join(content)}</lookback:{tag}>"


def user_task(
    id: str,
    *content: str,
    users: str | None = "'ann'",
    groups: str | None = None,
    excluded: str | None = None,
    result: str | None = None,
    due: str | None = None,
) -> str:
    assignment = {"candidateUsers": users, "candidateGroups": groups, "excludedUsers": excluded}
    inner = lookback("assignment", **{name: value for name, value in assignment.items() if value})
    if result:
        inner += lookback("form", ref="anything", result=result)
    if due:
        inner += lookback("deadline", due=due)
    return element("userTask", id, extensions(inner), *content, name=id)


def service_task(id: str, operator: str, result: str | None = None, **parameters: str) -> str:
    listed = "".join(lookback("parameter", name=name, value=value) for name, value in parameters.items())
    named = {"name": operator, **({"result": result} if result else {})}
    return element("serviceTask", id, extensions(lookback("operator", listed, **named)), name=id)


def script_task(id: str, script: str) -> str:
    return element("scriptTask", id, f"<bpmn:script>{escape(script)}</bpmn:script>", name=id)


def timer(kind: str, value: str) -> str:
    """A timer definition; kind is timeDate, timeDuration or timeCycle."""
    text = f'<bpmn:{kind} xsi:type="bpmn:tFormalExpression">{escape(value)}</bpmn:{kind}>'
    return f"<bpmn:timerEventDefinition>{text}</bpmn:timerEventDefinition>"


def boundary(id: str, attached_to: str, *content: str, interrupting: bool = True) -> str:
    return element(
        "boundaryEvent",
        id,
        *content,
        attachedToRef=attached_to,
        name=id,
        cancelActivity="true" if interrupting else "false",
    )


def definition(kind: str, **references: str) -> str:
    """An event definition, e.g. `definition("message", messageRef="m")`."""
    listed = "".join(f' {name}="{value}"' for name, value in references.items())
    return f"<bpmn:{kind}EventDefinition{listed}/>"


def form(id: str, *components: dict[str, Any]) -> bytes:
    """A whole .form file, as the form editor saves it."""
    schema = {"id": id, "type": "default", "schemaVersion": 18, "components": list(components)}
    return json.dumps(schema, ensure_ascii=False).encode()


def question(kind: str, key: str, *, validate: dict[str, Any] | None = None, **members: Any) -> dict[str, Any]:
    """A component that takes an answer."""
    rules = {"validate": validate} if validate is not None else {}
    return {"type": kind, "key": key, "label": key, **rules, **members}


ANYTHING = form("anything", question("textfield", "note"))
