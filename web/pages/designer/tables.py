"""The editor of decision tables, and the box in which a table is tried with the engine's own decision."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from flask import Response as FlaskResponse
from flask import jsonify, render_template, request
from flask_babel import gettext

from engine.definitions.checks.content import TableFile
from engine.definitions.diagrams import identity
from engine.definitions.tables import DecisionTable, read_table
from engine.definitions.trying import CannotTry, Tried, questions_of, try_table
from engine.definitions.xml import read_xml
from engine.errors import ExpressionError, InvalidDefinition
from engine.modelling import draft_files
from engine.runtime import UnitOfWork
from engine.storage.models import ResourceKind
from web.pages.designer.blueprint import pages, the_draft
from web.pages.designer.editor import OpenedFile, opens
from web.pages.designer.linting import LARGEST, problems_of
from web.pages.designer.panel_words import panel_words
from web.pages.designer.table_words import table_words
from web.security.headers import allow_inline_styles
from web.sentences import spoken
from web.wiring import runtime

VALUE_LENGTH: Final = 300
HITS: Final = 200


@opens(ResourceKind.DECISION)
def edit_table(opened: OpenedFile) -> str:
    """The page of a decision table; without script, and on a small screen, it is read there."""
    allow_inline_styles()
    return render_template(
        "designer/table.html",
        draft=opened.draft,
        file=opened.file,
        may_change=opened.may_change,
        table=_table_in(opened.file.name, opened.file.content),
        problems=problems_of(opened.uow, opened.draft.id),
        words=panel_words(),
        diagram_words=table_words(),
    )


@pages.post("/drafts/<int:draft_id>/try/<path:name>")
def try_out(draft_id: int, name: str) -> FlaskResponse | tuple[FlaskResponse, int]:
    """What the table that is sent asks for, which of its rules the entries hit, and what it gives; nothing is saved."""
    content = request.form.get("content", "").encode()
    if len(content) > LARGEST:
        return jsonify({"message": gettext("The file is too large to be tried here.")}), 413
    table = _table_in(name, content)
    if table is None:
        return jsonify(_answer(message=gettext("The file has no decision table that can be read.")))
    with runtime().reading() as uow:
        the_draft(uow, draft_id)
        files = {**draft_files(uow.session, draft_id), name: content}
        return jsonify(_tried(uow, files, table, _entries(table)))


def _tried(
    uow: UnitOfWork, files: Mapping[str, bytes], table: DecisionTable, entries: dict[str, str]
) -> dict[str, Any]:
    decision = table.element.getparent()
    try:
        tried = try_table(
            files,
            identity(decision) if decision is not None else "",
            entries,
            uow.runtime.functions,
            uow.now.isoformat(),
        )
    except CannotTry as refused:
        return _answer(table, message=spoken(refused.reason))
    except ExpressionError as failed:
        return _answer(table, message=_why(failed) if any(entries.values()) else "")
    return _answer(table, tried)


def _why(failed: ExpressionError) -> str:
    return gettext("The table cannot decide on these entries: %(reason)s", reason=spoken(failed.reason))


def _answer(table: DecisionTable | None = None, tried: Tried | None = None, message: str = "") -> dict[str, Any]:
    return {
        "questions": [vars(question) for question in (questions_of(table) if table else ())],
        "hits": _hits(table, tried) if table and tried else [],
        "outcome": _outcome(table, tried) if table and tried else [],
        "message": message,
    }


def _hits(table: DecisionTable, tried: Tried) -> list[dict[str, Any]]:
    return [{"number": number, "id": identity(table.rules[number - 1].element)} for number in tried.hits[:HITS]]


def _outcome(table: DecisionTable, tried: Tried) -> list[dict[str, str]]:
    labels = {output.name: output.element.get("label") or output.name for output in table.outputs}
    return [
        {"name": name, "label": labels.get(name, name), "value": _as_text(value)}
        for name, value in tried.outcome.items()
    ]


def _as_text(value: Any) -> str:
    if isinstance(value, list):
        return gettext(", ").join(map(_as_text, value))
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text[:VALUE_LENGTH]


def _entries(table: DecisionTable) -> dict[str, str]:
    """What was entered for each question of the table; what was not is left empty."""
    try:
        sent = json.loads(request.form.get("entries", "{}"))
    except ValueError:
        sent = {}
    given = sent if isinstance(sent, dict) else {}
    return {question.path: str(given.get(question.path, "")) for question in questions_of(table)}


def _table_in(name: str, content: bytes) -> DecisionTable | None:
    """The first table of a file; None when the file cannot be read or has none."""
    try:
        decisions = TableFile(name, read_xml(content, name)).decisions
    except InvalidDefinition:
        return None
    return next((table for table in map(read_table, decisions) if table is not None), None)
