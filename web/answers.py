"""Answers errors: a problem document for programs, a page for people; the outermost place that catches everything."""

from __future__ import annotations

import logging
from uuid import uuid4

from flask import Flask, jsonify, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from web.api.specification import PREFIX, PROBLEM_JSON
from web.errors import HookRefused, NotSignedIn
from web.problems import Problem, problem_of

log = logging.getLogger(__name__)


def set_up_answers(app: Flask) -> None:
    """Answer every error that no route handles itself."""
    app.register_error_handler(Exception, answer)


def answer(error: Exception) -> Response | tuple[str, int]:
    """The answer to an error. What nobody expected is logged under a reference that the answer shows."""
    if isinstance(error, HTTPException) and error.code is not None and error.code < 400:
        return error.get_response()
    problem = problem_of(error)
    reference = _log(error) if problem.status >= 500 else None
    if request.path.startswith(PREFIX):
        return _document(problem, error, reference)
    if isinstance(error, NotSignedIn):
        return redirect(url_for("sign_in.show", next=_place()))
    return render_template("error.html", problem=problem, reference=reference), problem.status


def _document(problem: Problem, error: Exception, reference: str | None) -> Response:
    response = jsonify(problem.as_json() | ({"instance": f"urn:lookback:log:{reference}"} if reference else {}))
    response.status_code = problem.status
    response.mimetype = PROBLEM_JSON
    if isinstance(error, NotSignedIn):
        response.headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, HookRefused) and error.retry_after is not None:
        response.headers["Retry-After"] = str(int(error.retry_after.total_seconds()))
    if isinstance(error, HTTPException):
        response.headers.extend(dict(error.get_headers()) | {"Content-Type": PROBLEM_JSON})
    return response


def _place() -> str:
    return request.full_path.rstrip("?") if request.method == "GET" else "/"


def _log(error: Exception) -> str:
    reference = uuid4().hex[:12]
    log.error("reference %s: %s %s", reference, request.method, request.path, exc_info=error)
    return reference
