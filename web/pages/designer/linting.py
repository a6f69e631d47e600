"""What is wrong with a draft's set, in the words of the request: when a page opens, when a file is saved, and while it
is being drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask import Response as FlaskResponse
from flask import jsonify, request
from flask_babel import gettext

from engine.definitions import Problem, check
from engine.definitions.files import kind_of
from engine.definitions.fixes import Fix
from engine.errors import NotFound
from engine.modelling import draft_files
from engine.runtime import UnitOfWork
from web.pages.designer.blueprint import EDITS, pages, require, the_draft
from web.sentences import spoken
from web.wiring import runtime

LARGEST: Final = 2 * 1024 * 1024
"""Bytes of a file that is checked while it is being drawn; a larger one is checked when it is saved."""

SHOWN: Final = 500
"""Problems of one answer, errors first; whoever has more mends these first."""


@pages.post("/drafts/<int:draft_id>/lint/<path:name>")
def lint(draft_id: int, name: str) -> FlaskResponse | tuple[FlaskResponse, int]:
    """The problems of the draft's set if this file had the content that is sent; nothing is saved."""
    require(EDITS)
    if (request.content_length or 0) > LARGEST:
        return jsonify({"message": gettext("The file is too large to be checked while you draw.")}), 413
    if kind_of(name) is None:
        raise NotFound("file", name)
    with runtime().reading() as uow:
        the_draft(uow, draft_id)
        return jsonify({"problems": problems_of(uow, draft_id, {name: request.get_data()})})


def problems_of(uow: UnitOfWork, draft_id: int, instead: Mapping[str, bytes] | None = None) -> list[dict[str, Any]]:
    """What `lookback definitions lint` says of the draft, one entry for each problem; `instead` are files as they
    would be."""
    files = {**draft_files(uow.session, draft_id), **(instead or {})}
    found = check(files, uow.runtime)
    found.sort(key=lambda problem: problem.severity != "error")
    return [problem_as_json(problem) for problem in found[:SHOWN]]


def problem_as_json(problem: Problem) -> dict[str, Any]:
    """A problem as the editors read it: where it is, what it says, and what they can do about it."""
    fix = problem.fix
    return {
        "file": problem.file,
        "elementId": problem.element_id,
        "elementName": problem.element_name,
        "message": _as_a_sentence(spoken(problem.message)),
        "severity": problem.severity.value,
        "rule": problem.rule,
        "fix": fix and _fix_as_json(fix, problem),
    }


def _fix_as_json(fix: Fix, problem: Problem) -> dict[str, str]:
    return {
        **fix.members,
        "kind": fix.kind.value,
        "label": spoken(fix.label),
        "elementId": fix.element_id or problem.element_id,
    }


def _as_a_sentence(said: str) -> str:
    return said[:1].upper() + said[1:]
