"""The words of a comparison for people who know no XML: kinds of elements and fields, properties, and values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from flask_babel import LazyString, gettext, lazy_gettext, lazy_pgettext

from web.pages.designer.blueprint import pages
from web.sentences import spoken
from workflows.sentences import sentence

ELEMENTS: Final[Mapping[str, str]] = {
    "task": sentence("Task"), "userTask": sentence("User task"), "manualTask": sentence("Manual task"),
    "serviceTask": sentence("Service task"), "scriptTask": sentence("Script task"),
    "businessRuleTask": sentence("Business rule task"), "sendTask": sentence("Send task"),
    "receiveTask": sentence("Receive task"), "callActivity": sentence("Call activity"),
    "subProcess": sentence("Sub-process"), "startEvent": sentence("Start event"), "endEvent": sentence("End event"),
    "boundaryEvent": sentence("Boundary event"), "intermediateThrowEvent": sentence("Intermediate throw event"),
    "exclusiveGateway": sentence("Exclusive gateway"), "parallelGateway": sentence("Parallel gateway"),
    "inclusiveGateway": sentence("Inclusive gateway"), "complexGateway": sentence("Complex gateway"),
    "eventBasedGateway": sentence("Event-based gateway"), "sequenceFlow": sentence("Sequence flow"),
    "dataObjectReference": sentence("Data object reference"), "dataStoreReference": sentence("Data store reference"),
    "participant": sentence("Pool"), "lane": sentence("Lane"), "group": sentence("Group"),
    "textAnnotation": sentence("Text annotation"), "process": sentence("Process"),
    "collaboration": sentence("Collaboration"), "association": sentence("Association"),
    "messageFlow": sentence("Message flow"),
}  # fmt: skip
"""By tag, in the words of the drawing tools."""

OTHERS: Final[Mapping[str, LazyString]] = {
    "intermediateCatchEvent": lazy_gettext("Intermediate catch event"),
    "dataObject": lazy_gettext("Data object"), "message": lazy_gettext("Message"), "signal": lazy_gettext("Signal"),
    "error": lazy_gettext("Error"), "escalation": lazy_gettext("Escalation"),
    "form": lazy_pgettext("comparison", "The form itself"), "scenario": lazy_pgettext("comparison", "Scenario"),
    "textfield": lazy_pgettext("field", "One line of text"),
    "textarea": lazy_pgettext("field", "Several lines of text"),
    "number": lazy_pgettext("field", "Number"), "checkbox": lazy_pgettext("field", "Tick"),
    "radio": lazy_pgettext("field", "One of several"), "select": lazy_pgettext("field", "One from a list"),
    "checklist": lazy_pgettext("field", "Several of several"), "taglist": lazy_pgettext("field", "Several from a list"),
    "datetime": lazy_pgettext("field", "Day or time"), "filepicker": lazy_pgettext("field", "Files or photos"),
    "text": lazy_pgettext("field", "Text to read"), "html": lazy_pgettext("field", "Formatted text to read"),
    "separator": lazy_pgettext("field", "Line"), "spacer": lazy_pgettext("field", "Space"),
    "image": lazy_pgettext("field", "Picture"), "button": lazy_pgettext("field", "Button"),
}  # fmt: skip

PROPERTIES: Final[Mapping[str, LazyString]] = {
    "kind": lazy_pgettext("property", "Kind"),
    "name": lazy_pgettext("property", "Name"),
    "id": lazy_pgettext("property", "Identifier"),
    "key": lazy_pgettext("property", "Name of the answer"),
    "label": lazy_pgettext("property", "Label"),
    "text": lazy_pgettext("property", "Text"),
    "documentation": lazy_pgettext("property", "Documentation"),
    "description": lazy_pgettext("property", "Description"),
    "within": lazy_pgettext("property", "Lies in"),
    "lane": lazy_pgettext("property", "Lane"),
    "assignment.candidateGroups": lazy_pgettext("property", "Who may do it: groups"),
    "assignment.candidateUsers": lazy_pgettext("property", "Who may do it: people"),
    "assignment.assignee": lazy_pgettext("property", "Goes to"),
    "assignment.excludedUsers": lazy_pgettext("property", "Who must not do it"),
    "form.ref": lazy_pgettext("property", "Form"),
    "form.result": lazy_pgettext("property", "Answers are kept in"),
    "deadline.decision": lazy_pgettext("property", "Time limit by decision table"),
    "deadline.due": lazy_pgettext("property", "Time limit"),
    "deadline.followUp": lazy_pgettext("property", "To be followed up on"),
    "deadline.priority": lazy_pgettext("property", "Priority"),
    "operator.name": lazy_pgettext("property", "What the system does"),
    "operator.result": lazy_pgettext("property", "Result is kept in"),
    "decision.ref": lazy_pgettext("property", "Decision table"),
    "decision.result": lazy_pgettext("property", "Result is kept in"),
    "payload.value": lazy_pgettext("property", "What the message carries"),
    "conditionExpression": lazy_pgettext("property", "Condition"),
    "default": lazy_pgettext("property", "Default way"),
    "sourceRef": lazy_pgettext("property", "From"),
    "targetRef": lazy_pgettext("property", "To"),
    "attachedToRef": lazy_pgettext("property", "Attached to"),
    "cancelActivity": lazy_pgettext("property", "Interrupts the task"),
    "isInterrupting": lazy_pgettext("property", "Interrupts"),
    "script": lazy_pgettext("property", "Calculation"),
    "calledElement": lazy_pgettext("property", "Calls the process"),
    "isExecutable": lazy_pgettext("property", "Is executed"),
    "timerEventDefinition.timeDuration": lazy_pgettext("property", "Waits for"),
    "timerEventDefinition.timeDate": lazy_pgettext("property", "Waits until"),
    "timerEventDefinition.timeCycle": lazy_pgettext("property", "Comes again and again"),
    "messageEventDefinition.messageRef": lazy_pgettext("property", "Message"),
    "signalEventDefinition.signalRef": lazy_pgettext("property", "Signal"),
    "errorEventDefinition.errorRef": lazy_pgettext("property", "Error"),
    "escalationEventDefinition.escalationRef": lazy_pgettext("property", "Escalation"),
    "multiInstanceLoopCharacteristics": lazy_pgettext("property", "Done several times"),
    "multiInstanceLoopCharacteristics.isSequential": lazy_pgettext("property", "One after another"),
    "multiInstanceLoopCharacteristics.loopCardinality": lazy_pgettext("property", "How many times"),
    "multiInstanceLoopCharacteristics.completionCondition": lazy_pgettext("property", "Done once"),
    "decisionTable.hitPolicy": lazy_pgettext("property", "Hit policy"),
    "inputExpression.text": lazy_pgettext("property", "Tests"),
    "inputExpression.typeRef": lazy_pgettext("property", "Type"),
    "typeRef": lazy_pgettext("property", "Type"),
    "type": lazy_pgettext("property", "Kind of question"),
    "validate.required": lazy_pgettext("property", "Required"),
    "validate.minLength": lazy_pgettext("property", "Characters at least"),
    "validate.maxLength": lazy_pgettext("property", "Characters at most"),
    "validate.min": lazy_pgettext("property", "At least"),
    "validate.max": lazy_pgettext("property", "At most"),
    "validate.pattern": lazy_pgettext("property", "Pattern"),
    "conditional.hide": lazy_pgettext("property", "Hidden when"),
    "properties.requiredWhen": lazy_pgettext("property", "Required when"),
    "values.order": lazy_pgettext("property", "Order of the options"),
    "multiple": lazy_pgettext("property", "Several files"),
    "accept": lazy_pgettext("property", "Kinds of files"),
    "content": lazy_pgettext("property", "Content"),
}

VALUES: Final[Mapping[str, LazyString]] = {
    "true": lazy_pgettext("value", "yes"),
    "false": lazy_pgettext("value", "no"),
}

_PARAMETER: Final = re.compile(r"operator\.parameter\[(.+)\]\.value")
_OPTION: Final = re.compile(r"values\[(.+)\]")
_SAID_OF_TASKS: Final = frozenset({"name", "label", "documentation", "description", "text", "within", "lane"})


@pages.app_template_filter()
def kind_in_words(kind: str) -> str:
    """What an element or a field is; a tag without a word stands as it is."""
    if kind in ELEMENTS:
        return spoken(ELEMENTS[kind])
    return str(OTHERS.get(kind, kind))


@pages.app_template_filter()
def property_in_words(name: str) -> str:
    """What a property is called; one without a word stands as its path."""
    if name in PROPERTIES:
        return str(PROPERTIES[name])
    for pattern, say in _NAMED:
        if found := pattern.fullmatch(name):
            return say(found[1])
    return name


@pages.app_template_filter()
def value_in_words(value: str | None, name: str) -> str:
    """A value as it is read: yes and no instead of true and false, kinds in words, all else as it stands."""
    if value is None:
        return ""
    if name == "kind":
        return kind_in_words(value)
    return str(VALUES.get(value, value))


@pages.app_template_test()
def is_prose(name: str) -> bool:
    """Whether a property holds words for people, and not an expression or a name of the technical kind."""
    return name in _SAID_OF_TASKS


_NAMED: Final[tuple[tuple[re.Pattern[str], Callable[[str], str]], ...]] = (
    (_PARAMETER, lambda name: gettext("Parameter %(name)s", name=name)),
    (_OPTION, lambda value: gettext("Option %(value)s", value=value)),
)
