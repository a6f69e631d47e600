"""The editor of forms, and the form as people will see it, checked as their answers will be."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import render_template, request
from flask_babel import gettext
from werkzeug.datastructures import FileStorage

from engine.definitions import Problem, Severity
from engine.definitions.checks.content import Content, FormFile
from engine.definitions.checks.forms import check_forms
from engine.definitions.forms import validate_submission
from engine.errors import InvalidForm
from engine.storage.models import ResourceKind
from web.forms import Filled
from web.forms.filled import read_filled
from web.forms.refusals import refusals_in_words
from web.forms.schema import Part, fields, read_schema
from web.pages.designer.blueprint import pages
from web.pages.designer.editor import OpenedFile, opens
from web.pages.designer.form_words import form_words
from web.pages.designer.linting import LARGEST, problem_as_json, problems_of
from web.pages.designer.panel_words import panel_words
from web.security.headers import allow_inline_styles
from web.wiring import runtime


class _NothingIsKept:
    """Files that are chosen in a preview are looked at by their name, and kept nowhere."""

    def store_upload(self, upload: FileStorage) -> str:
        return upload.filename or "-"

    def is_kept(self, reference: str) -> bool:  # noqa: ARG002 (called by this name)
        return False


@opens(ResourceKind.FORM)
def edit_form(opened: OpenedFile) -> str:
    """The page of a form; without script, and on a small screen, it is looked at there."""
    allow_inline_styles()
    schema = _schema_in(opened.file.content)
    return render_template(
        "designer/form.html",
        draft=opened.draft,
        file=opened.file,
        may_change=opened.may_change,
        drawn=_drawn(schema),
        problems=problems_of(opened.uow, opened.draft.id),
        words=panel_words() | form_words(),
        diagram_words={},
    )


@pages.post("/form-preview")
def preview_form() -> str | tuple[str, int]:
    """The form that is sent, as people will see it; with `:checked`, what is wrong with the entries sent along."""
    content = request.form.get(":schema", "").encode()
    if len(content) > LARGEST:
        return gettext("The file is too large to be shown here."), 413
    schema = _schema_in(content)
    return render_template("designer/form_drawn.html", **_drawn(schema, is_checked=":checked" in request.form))


def _drawn(schema: Mapping[str, Any] | None, *, is_checked: bool = False) -> dict[str, Any]:
    """What the page draws: the parts of the form, or why it cannot be drawn."""
    problems = _problems_of(schema) if schema is not None else []
    if schema is None or problems:
        return {"parts": (), "filled": Filled(), "errors": {}, "problems": problems, "is_form": schema is not None}
    parts = read_schema(schema)
    filled = _entered(parts) if request.method == "POST" else Filled.initially(parts)
    errors = _errors(schema, filled) if is_checked else {}
    labels = {each.key: each.label for each in fields(parts)}
    return {
        "parts": parts, "filled": filled, "errors": errors, "labels": labels, "problems": [], "is_form": True,
        "is_right": is_checked and not errors,
    }  # fmt: skip


def _entered(parts: tuple[Part, ...]) -> Filled:
    return read_filled(parts, request.form, request.files, _NothingIsKept())


def _errors(schema: Mapping[str, Any], filled: Filled) -> dict[str, str]:
    try:
        validate_submission(schema, filled.data)
    except InvalidForm as invalid:
        return {**refusals_in_words(invalid), **filled.errors}
    return filled.errors


def _problems_of(schema: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What keeps a form from being drawn as it stands."""
    found = check_forms(Content((), (), (FormFile("", schema),)), runtime())
    return [problem_as_json(problem) for problem in found if _is_error(problem)]


def _is_error(problem: Problem) -> bool:
    return problem.severity is Severity.ERROR


def _schema_in(content: bytes) -> Mapping[str, Any] | None:
    try:
        schema = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return schema if isinstance(schema, dict) else None
