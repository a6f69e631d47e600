"""Ids: present where the engine needs them, never twice, and a process can be named by its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from engine.definitions.checks.content import Content, Vocabulary
from engine.definitions.checks.kinds import kind_word, word_of
from engine.definitions.checks.report import error_at, error_in
from engine.definitions.diagrams import NODES, Diagram, identity
from engine.definitions.fixes import set_attribute
from engine.definitions.namespaces import bpmn, bpmn_all
from engine.definitions.problems import Problem
from engine.definitions.remarks import Remark, remark
from engine.definitions.xml import Element
from engine.sentences import sentence

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
    yield from _check_across(_processes(content), sentence("process or subprocess"))
    yield from _check_across(_decisions(content), sentence("decision"))
    yield from _check_form_ids(content)
    for name, meaning in _SHARED.items():
        yield from _check_shared(content, name, meaning)


def _check_executable(diagram: Diagram) -> Iterator[Problem]:
    if not diagram.processes:
        yield _no_process(diagram)
    for process in diagram.processes:
        if not _IDENTIFIER.fullmatch(identity(process)):
            said = remark(
                "process-id", "the process id is no identifier; use Latin letters, digits and underscores only"
            )
            yield error_at(diagram.file, process, said)


def _no_process(diagram: Diagram) -> Problem:
    """Said of the picture that is drawn instead, where there is one."""
    template = sentence('the file has no executable process; set isExecutable="true" on one')
    picture = next((process for process in diagram.root.findall(bpmn("process")) if identity(process)), None)
    if picture is None:
        return error_in(diagram.file, Remark.of("no-process", template))
    fix = set_attribute(sentence("Make the process executable"), "isExecutable", "true")
    return error_at(diagram.file, picture, Remark.of("no-process", template, fix))


def _check_within(file: str, root: Element) -> Iterator[Problem]:
    seen: set[str] = set()
    for element in root.iter():
        if identity(element) in seen:
            said = remark(
                "id-twice", "the id '%(id)s' occurs more than once in the file; rename one", id=identity(element)
            )
            yield error_at(file, element, said)
        elif identity(element):
            seen.add(identity(element))


def _check_missing(diagram: Diagram) -> Iterator[Problem]:
    for element in diagram.root.iter(*_NEED_AN_ID):
        if not identity(element):
            said = remark("no-id", "a %(kind)s has no id; give it one", kind=kind_word(element))
            yield error_at(diagram.file, element, said)


def _check_across(elements: Iterable[tuple[str, Element]], what: str) -> Iterator[Problem]:
    files: dict[str, str] = {}
    for file, element in elements:
        first = files.setdefault(identity(element), file)
        if first != file:
            said = remark(
                "id-in-two-files",
                "%(file)s has a %(what)s with the id '%(id)s' too; rename one",
                file=first,
                what=what,
                id=identity(element),
            )
            yield error_at(file, element, said)


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
            yield error_in(form.file, remark("form-without-id", "the form has no id; tasks name a form by its id"))
            continue
        first = files.setdefault(form_id, form.file)
        if first != form.file:
            said = remark(
                "form-id-in-two-files",
                "%(file)s has a form with the id '%(id)s' too; rename one",
                file=first,
                id=form_id,
            )
            yield error_in(form.file, said)


def _check_shared(content: Content, name: str, meaning: str) -> Iterator[Problem]:
    """Declarations are known by id over all files, so one id may not mean two things."""
    meanings: dict[str, tuple[str, str | None]] = {}
    for diagram in content.diagrams:
        for element_id, element in diagram.declared(name).items():
            file, first = meanings.setdefault(element_id, (diagram.file, element.get(meaning)))
            if first != element.get(meaning):
                said = remark(
                    "declared-otherwise",
                    "in %(file)s the %(what)s '%(id)s' has another %(meaning)s; rename its id",
                    file=file,
                    what=word_of(name),
                    id=element_id,
                    meaning=word_of(meaning),
                )
                yield error_at(diagram.file, element, said)
