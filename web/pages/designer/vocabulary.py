"""What a diagram can refer to, for the panel to offer: roles and places, forms, decisions, processes, operators."""

from __future__ import annotations

import inspect
import types
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, Literal, Union, get_args, get_origin

from flask import Response as FlaskResponse
from flask import jsonify, request, url_for
from sqlalchemy import select

from engine.definitions.checks.content import Content, read
from engine.definitions.diagrams import identity
from engine.definitions.forms.questions import questions_of
from engine.definitions.tables import read_table
from engine.modelling import draft_files
from engine.operators import Operator, Parameter
from web.pages.designer.blueprint import pages
from web.pages.designer.places import places_in_words, variables_in_words
from web.wiring import runtime
from web.words import in_words
from workflows.organisations.models import Organisation
from workflows.organisations.roles import PROCESS_ROLES, Role

MOST_FOUND = 12
NOT_AT_WORK = PROCESS_ROLES | {Role.ADMINISTRATOR, Role.AUDITOR}
"""Roles whose people are given no tasks of a process."""


@pages.get("/drafts/<int:draft_id>/vocabulary")
def vocabulary(draft_id: int) -> FlaskResponse:
    """Everything that the diagrams of a draft can name, in words beside the names."""
    with runtime().reading() as uow:
        content, _unreadable = read(draft_files(uow.session, draft_id))
    return jsonify(
        {
            "roles": [{"value": role.value, "words": in_words(role)} for role in Role if role not in NOT_AT_WORK],
            "places": places_in_words(),
            "variables": variables_in_words(),
            "forms": list(_forms(draft_id, content)),
            "decisions": list(_decisions(draft_id, content)),
            "processes": list(_processes(draft_id, content)),
            "operators": sorted(map(_operator, runtime().operators), key=lambda each: each["name"]),
        }
    )


@pages.get("/organisations")
def find_organisations() -> FlaskResponse:
    """The organisations whose name begins with what was typed, for a group that is always the same one."""
    typed = request.args.get("q", "").strip()
    if not typed:
        return jsonify([])
    beginning = typed.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    found = (
        select(Organisation.id, Organisation.name)
        .where(Organisation.name.like(f"{beginning}%", escape="\\"), Organisation.closed_at.is_(None))
        .order_by(Organisation.name)
        .limit(MOST_FOUND)
    )
    with runtime().reading() as uow:
        return jsonify([{"id": row.id, "name": row.name} for row in uow.session.execute(found)])


def _forms(draft_id: int, content: Content) -> Iterator[dict[str, Any]]:
    for form in content.forms:
        try:
            questions = [
                {
                    "key": question.key,
                    "label": str(question.component.get("label") or question.key),
                    "kind": question.kind.value,
                    "options": question.component.get("values") or [],
                }
                for question in questions_of(form.schema)
            ]
        except (KeyError, TypeError, ValueError, AttributeError):  # a form half-written; the linter names what is wrong
            questions = []
        name = str(form.schema.get("id") or form.file)
        yield {"id": name, "file": form.file, "address": _address(draft_id, form.file), "questions": questions}


def _decisions(draft_id: int, content: Content) -> Iterator[dict[str, Any]]:
    for table in content.tables:
        for decision in table.decisions:
            logic = read_table(decision)
            outputs = [output.name for output in logic.outputs] if logic else []
            name = decision.get("name") or identity(decision)
            yield {
                "id": identity(decision),
                "name": name,
                "outputs": outputs,
                "address": _address(draft_id, table.file),
            }


def _processes(draft_id: int, content: Content) -> Iterator[dict[str, Any]]:
    for diagram in content.diagrams:
        for process in diagram.processes:
            name = process.get("name") or identity(process)
            yield {"id": identity(process), "name": name, "address": _address(draft_id, diagram.file)}


def _operator(operator: Operator) -> dict[str, Any]:
    described = inspect.getdoc(operator.function) or ""
    return {
        "name": operator.name,
        "title": operator.title,
        "description": described,
        "parameters": [_parameter(each) for each in operator.parameters.values()],
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    kind, options = _kind(parameter.annotation)
    return {"name": parameter.name, "required": parameter.required, "kind": kind, "options": options}


def _kind(annotation: Any) -> tuple[str, list[dict[str, str]]]:
    """How a parameter is filled in: as a choice, a truth, a number, a text, or any expression."""
    plain = _without_none(annotation)
    if get_origin(plain) is Literal:
        return "choice", [{"value": str(each), "words": str(each)} for each in get_args(plain)]
    if isinstance(plain, type) and issubclass(plain, StrEnum):
        return "choice", [{"value": each.value, "words": _word(each)} for each in plain]
    names = {bool: "truth", int: "number", float: "number", str: "text"}
    return (names.get(plain, "expression") if isinstance(plain, type) else "expression"), []


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) not in {Union, types.UnionType}:
        return annotation
    rest = [each for each in get_args(annotation) if each is not type(None)]
    return rest[0] if len(rest) == 1 else annotation


def _word(member: StrEnum) -> str:
    try:
        return in_words(member)
    except KeyError:
        return str(getattr(member, "label", member.value))


def _address(draft_id: int, file: str) -> str:
    return url_for("designer.file", draft_id=draft_id, name=file)
