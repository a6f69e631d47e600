"""What mends a problem of a file at one press: a small description that the designer's editors carry out, undoably."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from engine.sentences import Sentence, sentence


class FixKind(StrEnum):
    """What is done; the members that each needs stand beside it. They never change, editors are keyed by them."""

    SET_DEFAULT = "set-default"  # flow
    REMOVE_CONDITION = "remove-condition"
    WRITE_CONDITION = "write-condition"  # text
    SET_ATTRIBUTE = "set-attribute"  # name, value; an empty value removes it
    WRITE_EXTENSION = "write-extension"  # element, attribute, value; an empty value removes it
    WRITE_PARAMETER = "write-parameter"  # name, value
    RENAME_PARAMETER = "rename-parameter"  # name, to
    REMOVE_PARAMETER = "remove-parameter"  # name
    NAME = "name"
    REMOVE = "remove"
    WRITE_CELL = "write-cell"  # cell, text
    SET_MEMBER = "set-member"  # path, value; of a form's component, an empty value removes it


@dataclass(frozen=True)
class Fix:
    """One way to mend a problem. `element_id` is what it changes; empty for the problem's own element."""

    kind: FixKind
    label: Sentence
    element_id: str = ""
    members: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)


def make_default(flow_id: str, gateway_id: str = "") -> Fix:
    """The flow is taken when no condition holds."""
    return Fix(FixKind.SET_DEFAULT, sentence("Make this flow the default"), gateway_id, {"flow": flow_id})


def remove_condition() -> Fix:
    """The flow has no condition any more."""
    return Fix(FixKind.REMOVE_CONDITION, sentence("Remove the condition"))


def write_condition(text: str) -> Fix:
    """The flow has another condition."""
    return Fix(FixKind.WRITE_CONDITION, sentence("Write %(text)s", text=text), members={"text": text})


def set_attribute(label: Sentence, name: str, value: str, element_id: str = "") -> Fix:
    """A BPMN attribute has another value."""
    return Fix(FixKind.SET_ATTRIBUTE, label, element_id, {"name": name, "value": value})


def write_extension(element: str, attribute: str, value: str, label: Sentence | None = None) -> Fix:
    """An attribute of one of our extension elements has another value."""
    said = label or sentence("Write %(text)s", text=value)
    return Fix(FixKind.WRITE_EXTENSION, said, members={"element": element, "attribute": attribute, "value": value})


def use_name(element: str, attribute: str, name: str) -> Fix:
    """Something that exists is named instead of something that does not."""
    return write_extension(element, attribute, name, sentence("Use %(name)s", name=name))


def write_parameter(name: str, value: str, label: Sentence | None = None) -> Fix:
    """A parameter of the service task's operator has this expression; one that was missing is added."""
    said = label or sentence("Write %(text)s", text=value)
    return Fix(FixKind.WRITE_PARAMETER, said, members={"name": name, "value": value})


def rename_parameter(name: str, to: str) -> Fix:
    """A parameter is spelled as the operator spells it."""
    return Fix(FixKind.RENAME_PARAMETER, sentence("Rename it to %(name)s", name=to), members={"name": name, "to": to})


def remove_parameter(name: str) -> Fix:
    """A parameter that the operator does not take is gone."""
    return Fix(FixKind.REMOVE_PARAMETER, sentence("Remove the parameter"), members={"name": name})


def give_name() -> Fix:
    """The editor lets the designer write the name of the element."""
    return Fix(FixKind.NAME, sentence("Give it a name"))


def remove() -> Fix:
    """The element is gone."""
    return Fix(FixKind.REMOVE, sentence("Remove it"))


def write_cell(cell_id: str, text: str) -> Fix:
    """A cell of a decision table holds another text."""
    return Fix(FixKind.WRITE_CELL, sentence("Write %(text)s", text=text), members={"cell": cell_id, "text": text})


def set_member(label: Sentence, path: str, value: str) -> Fix:
    """A member of a form's component (`validate.min`) has another value."""
    return Fix(FixKind.SET_MEMBER, label, members={"path": path, "value": value})
