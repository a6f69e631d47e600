"""What there is to check: the files of a set, read, and the words that the domain registered."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Protocol

from engine.definitions.checks.report import error_in
from engine.definitions.diagrams import Diagram, identity
from engine.definitions.files import Files, kind_of, of_kind
from engine.definitions.namespaces import BPMN, DMN, local_name, namespace_of
from engine.definitions.problems import Problem
from engine.definitions.remarks import remark
from engine.definitions.xml import Element, read_xml
from engine.errors import InvalidDefinition
from engine.operators import OperatorRegistry
from engine.storage.models import ResourceKind

FORM_BYTES: Final = 256 * 1024


class Vocabulary(Protocol):
    """The registered operators and functions that diagrams may name; a runtime is one."""

    @property
    def operators(self) -> OperatorRegistry: ...
    @property
    def functions(self) -> Mapping[str, Callable[..., Any]]: ...


@dataclass(frozen=True)
class TableFile:
    """One .dmn file."""

    file: str
    root: Element

    @cached_property
    def decisions(self) -> tuple[Element, ...]:
        return tuple(child for child in self.root if local_name(child.tag) == "decision")


@dataclass(frozen=True)
class FormFile:
    """One .form file."""

    file: str
    schema: Mapping[str, Any]


@dataclass(frozen=True)
class Content:
    """The readable files of a set."""

    diagrams: tuple[Diagram, ...]
    tables: tuple[TableFile, ...]
    forms: tuple[FormFile, ...]

    @cached_property
    def process_ids(self) -> frozenset[str]:
        return frozenset(identity(process) for diagram in self.diagrams for process in diagram.processes)

    @cached_property
    def decision_ids(self) -> frozenset[str]:
        return frozenset(identity(decision) for table in self.tables for decision in table.decisions)

    @cached_property
    def form_ids(self) -> frozenset[str]:
        return frozenset(str(form.schema.get("id")) for form in self.forms)


Check = Callable[[Content, Vocabulary], Iterator[Problem]]


def read(files: Files) -> tuple[Content, list[Problem]]:
    """What can be read of a set, with a problem for each file that cannot."""
    problems = [
        error_in(name, remark("file-kind", "the file is neither .bpmn, .dmn nor .form; leave it out"))
        for name in sorted(files)
        if kind_of(name) is None
    ]
    diagrams = [Diagram(name, root) for name, root in _roots(files, ResourceKind.PROCESS, problems)]
    tables = [TableFile(name, root) for name, root in _roots(files, ResourceKind.DECISION, problems)]
    return Content(tuple(diagrams), tuple(tables), tuple(_forms(files, problems))), problems


def _roots(files: Files, kind: ResourceKind, problems: list[Problem]) -> Iterator[tuple[str, Element]]:
    for name, content in of_kind(files, kind):
        try:
            root = read_xml(content, name)
        except InvalidDefinition as unreadable:
            problems.extend(unreadable.problems)
            continue
        if _is_definitions(root, kind):
            yield name, root
        else:
            said = remark(
                "file-content",
                "the file holds no %(kind)s definitions; was it given a wrong name?",
                kind=kind.upper(),
            )
            problems.append(error_in(name, said))


def _is_definitions(root: Element, kind: ResourceKind) -> bool:
    expected = {BPMN} if kind is ResourceKind.PROCESS else DMN
    return local_name(root.tag) == "definitions" and namespace_of(root.tag) in expected


def _forms(files: Files, problems: list[Problem]) -> Iterator[FormFile]:
    for name, content in of_kind(files, ResourceKind.FORM):
        if len(content) > FORM_BYTES:
            said = remark(
                "form-size", "the form is larger than %(size)s KB; split it into several", size=FORM_BYTES // 1024
            )
            problems.append(error_in(name, said))
            continue
        try:
            schema = json.loads(content, object_pairs_hook=_without_repetition)
        except (ValueError, RecursionError) as error:
            said = remark(
                "json", "the file is no readable JSON (%(reason)s); save it again from the modeler", reason=str(error)
            )
            problems.append(error_in(name, said))
            continue
        if isinstance(schema, dict):
            yield FormFile(name, schema)
        else:
            said = remark("no-form-object", "the file is no form; a form is a JSON object with components")
            problems.append(error_in(name, said))


def _without_repetition(members: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(members)
    if len(found) < len(members):
        names = [name for name, _ in members]
        raise ValueError(f"the member {next(n for n in names if names.count(n) > 1)!r} occurs twice in one object")
    return found
