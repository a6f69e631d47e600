"""Checks one expression while it is typed: whether it is of the language, and where it stops being so."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response as FlaskResponse
from flask import jsonify, request

from engine.definitions.checks.content import read
from engine.definitions.checks.expressions import complaints
from engine.definitions.iso8601 import is_literal
from engine.errors import ExpressionError
from engine.expressions import ParsedExpression, parse, parse_script
from engine.modelling import draft_files
from engine.runtime import UnitOfWork
from web.pages.designer.blueprint import pages
from web.sentences import spoken
from web.wiring import runtime

SCRIPT, TIMER = "script", "timer"


@pages.post("/drafts/<int:draft_id>/expressions")
def check_expression(draft_id: int) -> FlaskResponse:
    """What is wrong with `text`, written as an expression, a `script` or a `timer`; no messages when nothing is.

    `line` and `column` (from 1) say where reading ended, when that is known.
    """
    text, kind = request.form.get("text", "").strip(), request.form.get("kind", "")
    if not text or (kind == TIMER and is_literal(text)):
        return jsonify({"messages": []})
    try:
        parsed = [each.expression for each in parse_script(text)] if kind == SCRIPT else [parse(text)]
    except ExpressionError as error:
        return jsonify({"messages": [spoken(error.reason)], **_place(error)})
    with runtime().reading() as uow:
        return jsonify({"messages": list(_complaints(uow, draft_id, parsed))})


def _complaints(uow: UnitOfWork, draft_id: int, parsed: list[ParsedExpression]) -> Iterator[str]:
    content, _unreadable_files = read(draft_files(uow.session, draft_id))
    for expression in parsed:
        for said in complaints(expression, content, uow.runtime):
            yield spoken(said)


def _place(error: ExpressionError) -> dict[str, int]:
    cause = error.__cause__
    if not isinstance(cause, SyntaxError) or cause.offset is None:
        return {}
    return {"line": cause.lineno or 1, "column": cause.offset}
