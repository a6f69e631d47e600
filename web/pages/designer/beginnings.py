"""What a new file holds: the least that its editor opens, named after the file."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath

from engine.definitions.files import kind_of
from engine.storage.models import ResourceKind

_DIAGRAM = """\
<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" \
xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" \
xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xmlns:lookback="urn:lookback:bpmn:1" id="definitions_{id}" targetNamespace="urn:lookback:{id}">
  <bpmn:process id="{id}" isExecutable="true">
    <bpmn:startEvent id="start"/>
  </bpmn:process>
  <bpmndi:BPMNDiagram id="diagram_{id}"><bpmndi:BPMNPlane id="plane_{id}" bpmnElement="{id}">
    <bpmndi:BPMNShape id="start_di" bpmnElement="start"><dc:Bounds x="180" y="160" width="36" height="36"/>\
</bpmndi:BPMNShape>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>
"""
_TABLE = """\
<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="definitions_{id}" name="{id}" \
namespace="urn:lookback:{id}">
  <decision id="{id}" name="{id}">
    <decisionTable id="table_{id}" hitPolicy="UNIQUE">
      <input id="input_1" label="severity"><inputExpression id="expression_1" typeRef="string">\
<text>hazard.severity</text></inputExpression></input>
      <output id="output_1" label="result" name="result" typeRef="string"/>
    </decisionTable>
  </decision>
</definitions>
"""


def beginning_of(name: str) -> bytes:
    """The content of a new file of this name; empty for an ending that no editor knows."""
    identity = re.sub(r"\W", "_", PurePosixPath(name).stem)
    identity = f"_{identity}" if identity[:1].isdigit() else identity
    match kind_of(name):
        case ResourceKind.PROCESS:
            return _DIAGRAM.format(id=identity).encode()
        case ResourceKind.DECISION:
            return _TABLE.format(id=identity).encode()
        case ResourceKind.FORM:
            return json.dumps({"type": "default", "id": identity, "components": []}, ensure_ascii=False).encode()
        case ResourceKind.SCENARIO | None:
            return b""
