"""Ids: present where the engine needs them, never twice, and a process can be named by its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from engine.definitions.checks.content import Content, Vocabulary
from engine.definitions.checks.report import error_at, error_in
from engine.definitions.diagrams import NODES, Diagram, identity, kind
from engine.definitions.namespaces import bpmn, bpmn_all
from engine.definitions.problems import Problem
from engine.definitions.xml import Element

_IDENTIFIER: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NEED_AN_ID: Final = bpmn_all(NODES | {"process", "sequenceFlow", "message", "signal", "error", "escalation"})
_SHARED: Final = {"message": "name", "signal": "name", "error": "errorCode", "escalation": "escalationCode"}


def check_identities(content: Content, _vocabulary: Vocabulary) -> Iterator[Problem]:
    for diagram in content.diagrams:
        yield from _check_executable(diagram)
        yield from _check_within(diagram.file, diagram.root)
        yield from _check_missing(diagram)
    for table in content.tables:
        yield from _check_within(table.file, table.root)
    yield from _check_across(_processes(content), "process or subprocess")
    yield from _check_across(_decisions(content), "decision")
    yield from _check_form_ids(content)
    for name, meaning in _SHARED.items():
        yield from _check_shared(content, name, meaning)


def _check_executable(diagram: Diagram) -> Iterator[Problem]:
    if not diagram.processes:
        yield error_in(diagram.file, 'the file has no executable process; set isExecutable="true" on one')
    for process in diagram.processes:
        if not _IDENTIFIER.fullmatch(identity(process)):
            yield error_at(
                diagram.file, process, "the process id is no identifier; use Latin letters, digits and underscores only"
            )


def _check_within(file: str, root: Element) -> Iterator[Problem]:
    seen: set[str] = set()
    for element in root.iter():
        if identity(element) in seen:
            yield error_at(file, element, f"the id {identity(element)!r} occurs more than once in the file; rename one")
        elif identity(element):
            seen.add(identity(element))


def _check_missing(diagram: Diagram) -> Iterator[Problem]:
    for element in diagram.root.iter(*_NEED_AN_ID):
        if not identity(element):
            yield error_at(diagram.file, element, f"a {kind(element)} has no id; give it one")


def _check_across(elements: Iterable[tuple[str, Element]], what: str) -> Iterator[Problem]:
    files: dict[str, str] = {}
    for file, element in elements:
        first = files.setdefault(identity(element), file)
        if first != file:
            yield error_at(file, element, f"{first} has a {what} with the id {identity(element)!r} too; rename one")


def _processes(content: Content) -> Iterator[tuple[str, Element]]:
    for diagram in content.diagrams:
        for element in diagram.root.iter(bpmn("process"), bpmn("subProcess")):
            yield diagram.file, element


def _decisions(content: Content) -> Iterator[tuple[str, Element]]:
    return ((table.file, decision) for table in content.tables for decision in table.decisions)


def _check_form_ids(content: Content) -> Iterator[Problem]:
    files: dict[str, str] = {}
    for form in content.forms:
        form_id = form.schema.get("id")
        if not isinstance(form_id, str) or not form_id:
            yield error_in(form.file, "the form has no id; tasks name a form by its id")
            continue
        first = files.setdefault(form_id, form.file)
        if first != form.file:
            yield error_in(form.file, f"{first} has a form with the id {form_id!r} too; rename one")


def _check_shared(content: Content, name: str, meaning: str) -> Iterator[Problem]:
    """Declarations are known by id over all files, so one id may not mean two things."""
    meanings: dict[str, tuple[str, str | None]] = {}
    for diagram in content.diagrams:
        for element_id, element in diagram.declared(name).items():
            file, first = meanings.setdefault(element_id, (diagram.file, element.get(meaning)))
            if first != element.get(meaning):
                yield error_at(
                    diagram.file, element, f"in {file} the {name} {element_id!r} has another {meaning}; rename its id"
                )
