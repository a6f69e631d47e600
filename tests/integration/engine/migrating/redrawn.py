"""Changed copies of the delivered definitions, as a designer would redraw them."""

from __future__ import annotations

import json
import re
from pathlib import Path

from engine.definitions import read_folder

DEFINITIONS = Path(__file__).parents[4] / "bpmn"
MINE = "candidateUsers=\"'zeren'\""


class Redrawn(dict[str, bytes]):
    """The delivered set, to be changed; each method is one change and returns the set."""

    @classmethod
    def as_delivered(cls) -> Redrawn:
        return cls(read_folder(DEFINITIONS))

    def replace(self, file: str, old: str, new: str) -> Redrawn:
        text = self[file].decode()
        assert old in text, f"{file} has no {old}"
        self[file] = text.replace(old, new).encode()
        return self

    def rename(self, file: str, element: str, to: str) -> Redrawn:
        """Give an element another id wherever it is named."""
        self[file] = re.sub(rf'(["#>]){element}(["<])', rf"\g<1>{to}\g<2>", self[file].decode()).encode()
        return self

    def insert(self, file: str, flow: str, target: str, element: str) -> Redrawn:
        """Put an element (with the id `added`) on the way along a flow, without a picture of it."""
        text = self[file].decode()
        source = re.search(rf'id="{flow}"[^>]*sourceRef="(\w+)"', text)
        assert source, f"{file} has no flow {flow}"
        self.replace(
            file, f'sourceRef="{source[1]}" targetRef="{target}"', f'sourceRef="{source[1]}" targetRef="added"'
        )
        onward = f'<bpmn:sequenceFlow id="added_onward" sourceRef="added" targetRef="{target}"/>'
        shape = f'bpmnElement="{target}"'
        drawn = re.search(rf"<bpmndi:BPMNShape [^>]*{shape}.*?</bpmndi:BPMNShape>", self[file].decode(), re.DOTALL)
        assert drawn, f"{file} draws no {target}"
        picture = drawn[0].replace(shape, 'bpmnElement="added"')
        picture = re.sub(r' id="[^"]*"', ' id="added_di"', picture, count=1)
        self.replace(file, drawn[0], drawn[0] + picture)
        return self.replace(file, "</bpmn:process>", element + onward + "</bpmn:process>")

    def insert_task(self, file: str, flow: str, target: str) -> Redrawn:
        """A user task of the responsible person on the way."""
        assignment = f"<bpmn:extensionElements><lookback:assignment {MINE}/></bpmn:extensionElements>"
        return self.insert(
            file, flow, target, f'<bpmn:userTask id="added" name="补充说明">{assignment}</bpmn:userTask>'
        )

    def without_boundary(self, file: str, boundary: str) -> Redrawn:
        """Take a boundary event away, with its flow and its picture."""
        text = self[file].decode()
        text = re.sub(rf'<bpmn:boundaryEvent id="{boundary}".*?</bpmn:boundaryEvent>', "", text, flags=re.DOTALL)
        text = re.sub(rf'<bpmn:sequenceFlow id="{boundary}_to_\w+"[^>]*>(</bpmn:sequenceFlow>)?', "", text)
        text = re.sub(rf"<bpmn:incoming>{boundary}_to_\w+</bpmn:incoming>", "", text)
        text = text.replace(f"<bpmn:flowNodeRef>{boundary}</bpmn:flowNodeRef>", "")
        for part in ("Shape", "Edge"):
            pattern = rf'<bpmndi:BPMN{part} [^>]*bpmnElement="{boundary}(_to_\w+)?".*?</bpmndi:BPMN{part}>'
            text = re.sub(pattern, "", text, flags=re.DOTALL)
        self[file] = text.encode()
        return self

    def ask_more(self, form: str) -> Redrawn:
        """A further question on a form, which need not be answered."""
        schema = json.loads(self[form])
        schema["components"].append({"type": "textfield", "key": "more", "label": "补充"})
        self[form] = json.dumps(schema, ensure_ascii=False).encode()
        return self
