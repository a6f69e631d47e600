"""The words for the kinds of elements that problems speak of; in English their tags in BPMN, as modelers write them."""

from __future__ import annotations

from typing import Final

from engine.definitions.diagrams import kind
from engine.definitions.xml import Element
from engine.sentences import sentence

_WORDS: Final = (
    sentence("process"), sentence("subProcess"), sentence("callActivity"), sentence("transaction"),
    sentence("adHocSubProcess"), sentence("task"), sentence("userTask"), sentence("manualTask"),
    sentence("serviceTask"), sentence("scriptTask"), sentence("businessRuleTask"), sentence("sendTask"),
    sentence("receiveTask"), sentence("exclusiveGateway"), sentence("inclusiveGateway"), sentence("parallelGateway"),
    sentence("eventBasedGateway"), sentence("complexGateway"), sentence("startEvent"), sentence("endEvent"),
    sentence("intermediateCatchEvent"), sentence("intermediateThrowEvent"), sentence("boundaryEvent"),
    sentence("sequenceFlow"), sentence("dataStoreReference"), sentence("message"), sentence("signal"),
    sentence("timer"), sentence("error"), sentence("escalation"), sentence("terminate"), sentence("compensate"),
    sentence("conditional"), sentence("link"), sentence("cancel"), sentence("decision"), sentence("input"),
    sentence("output"), sentence("rule"), sentence("name"), sentence("errorCode"), sentence("escalationCode"),
)  # fmt: skip
WORDS: Final = {str(word): word for word in _WORDS}


def word_of(name: str) -> str:
    """The word for a tag or kind, to be said in any language; a tag that has none stands as it is."""
    return WORDS.get(name, name)


def kind_word(element: Element) -> str:
    """The word for an element's kind."""
    return word_of(kind(element))
