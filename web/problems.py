"""The one table from an error to its answer: status, kind, title and advice, for pages and programs alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import LazyString, lazy_gettext
from werkzeug.exceptions import HTTPException

import engine.errors as engine_errors
import workflows.errors as domain_errors
from engine.releasing import ReleaseRefused
from web.errors import (
    CallInvalid,
    ChannelNotSo,
    ChannelRefused,
    ChannelUnknown,
    HookRefused,
    InvalidCursor,
    MissingPrecondition,
    NotSignedIn,
    OutdatedVersion,
    ScopeMissing,
)
from web.forms.refusals import refusals_in_words
from web.sentences import spoken


@dataclass(frozen=True)
class Answer:
    """What an error of one kind means to the caller; `kind` ends the problem's type URI and never changes."""

    status: int
    kind: str
    title: LazyString
    advice: LazyString


@dataclass(frozen=True)
class Problem:
    """A problem as RFC 9457 has it; beside it the advice for a person, and the message in the person's language."""

    status: int
    kind: str
    title: str
    advice: str
    detail: str
    message: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The members of an application/problem+json body."""
        members = {"type": f"urn:lookback:problem:{self.kind}", "title": self.title, "status": self.status}
        return {**members, "detail": self.detail, **self.extra}


_NOT_FOUND = Answer(
    404, "not-found", lazy_gettext("Not found"),
    lazy_gettext("It may have been removed, or the address was copied incompletely."),
)  # fmt: skip
_NOT_PERMITTED = Answer(
    403, "not-permitted", lazy_gettext("Not permitted"),
    lazy_gettext("Your roles do not reach this. Ask someone whose territory, sector or group does."),
)  # fmt: skip
_WRONG_STATE = Answer(
    409, "wrong-state", lazy_gettext("No longer possible"),
    lazy_gettext("It is not in a state that allows this any more. Go back and look at where it stands now."),
)  # fmt: skip
_CHANGED = Answer(
    409, "concurrent-change", lazy_gettext("Someone else was faster"),
    lazy_gettext("The record changed while you were working. Read it again and repeat what is still needed."),
)  # fmt: skip
_INVALID = Answer(
    422, "invalid-data", lazy_gettext("Some entries need correction"),
    lazy_gettext("Nothing was saved. Correct the named fields and send again."),
)  # fmt: skip
_CALL_REFUSED = Answer(
    401, "call-refused", lazy_gettext("The call was not let in"),
    lazy_gettext("The message says what is missing or wrong."),
)  # fmt: skip
_BROKEN = Answer(
    500, "internal-error", lazy_gettext("Something went wrong on our side"),
    lazy_gettext("Nothing was saved. Please try again; if it stays, tell the administrator the reference below."),
)  # fmt: skip

ANSWERS: dict[type[Exception], Answer] = {
    engine_errors.NotFound: _NOT_FOUND,
    engine_errors.NotPermitted: _NOT_PERMITTED,
    engine_errors.WrongState: _WRONG_STATE,
    engine_errors.ConcurrentChange: _CHANGED,
    engine_errors.InvalidForm: _INVALID,
    engine_errors.InvalidDefinition: Answer(
        422, "invalid-definition", lazy_gettext("The diagrams have problems"),
        lazy_gettext("Nothing was deployed. Mend each named problem and deploy again."),
    ),
    engine_errors.IdempotencyConflict: Answer(
        422, "idempotency-conflict", lazy_gettext("This request key was used for something else"),
        lazy_gettext("Send the request again with a fresh Idempotency-Key."),
    ),
    engine_errors.ExpressionError: Answer(
        422, "expression-failed", lazy_gettext("A rule on the diagram could not be worked out"),
        lazy_gettext("Nothing was saved. Tell the process designer which step this was."),
    ),
    engine_errors.OperatorFailed: Answer(
        422, "operator-failed", lazy_gettext("A step of the process refused"),
        lazy_gettext("Nothing was saved. The message says which rule was broken."),
    ),
    ReleaseRefused: Answer(
        422, "refused", lazy_gettext("A rule forbids this"), lazy_gettext("The message says which rule, and why.")
    ),
    engine_errors.EngineError: _BROKEN,
    domain_errors.UnknownRecord: _NOT_FOUND,
    domain_errors.OutOfScope: _NOT_PERMITTED,
    domain_errors.WrongStage: _WRONG_STATE,
    domain_errors.Refused: Answer(
        422, "refused", lazy_gettext("A rule forbids this"), lazy_gettext("The message says which rule, and why.")
    ),
    domain_errors.InvalidRecord: _INVALID,
    domain_errors.WorkflowsError: _BROKEN,
    NotSignedIn: Answer(
        401, "not-signed-in", lazy_gettext("Please sign in"),
        lazy_gettext("Sign in, or send an API token in the Authorization header."),
    ),
    ScopeMissing: Answer(
        403, "scope-missing", lazy_gettext("The token's scopes do not cover this"),
        lazy_gettext("Use a token that has the named scope."),
    ),
    MissingPrecondition: Answer(
        428, "precondition-required", lazy_gettext("If-Match is missing"),
        lazy_gettext("Read the record first and send its ETag in If-Match."),
    ),
    OutdatedVersion: Answer(
        412, "precondition-failed", lazy_gettext("The record has changed since it was read"),
        lazy_gettext("Read it again and repeat what is still needed."),
    ),
    CallInvalid: _INVALID,
    ChannelUnknown: _NOT_FOUND,
    ChannelNotSo: _WRONG_STATE,
    ChannelRefused: _INVALID,
    InvalidCursor: Answer(
        400, "invalid-cursor", lazy_gettext("This page position is not valid"),
        lazy_gettext("Begin again from the first page."),
    ),
}  # fmt: skip

HTTP_ANSWERS: dict[int, Answer] = {
    400: Answer(
        400, "bad-request", lazy_gettext("The request cannot be understood"),
        lazy_gettext("Go back, reload the page and try again."),
    ),
    403: _NOT_PERMITTED,
    404: _NOT_FOUND,
    405: Answer(
        405, "method-not-allowed", lazy_gettext("This cannot be done here"),
        lazy_gettext("Go back, reload the page and try again."),
    ),
    413: Answer(
        413, "too-large", lazy_gettext("The upload is too large"),
        lazy_gettext("Choose smaller files, or fewer at once."),
    ),
    422: _INVALID,
    500: _BROKEN,
}  # fmt: skip


def problem_of(error: Exception) -> Problem:
    """How to answer an error; what the table does not name is an internal error."""
    if isinstance(error, HTTPException):
        return _http_problem(error)
    if isinstance(error, HookRefused):
        return _refused_call(error)
    answer = next((ANSWERS[kind] for kind in type(error).__mro__ if kind in ANSWERS), _BROKEN)
    detail = str(error) if answer is not _BROKEN else str(answer.title)
    return Problem(
        answer.status, answer.kind, str(answer.title), str(answer.advice), detail, _message(error), _extra(error)
    )


def _refused_call(refused: HookRefused) -> Problem:
    return Problem(refused.status, "call-refused", str(_CALL_REFUSED.title), str(_CALL_REFUSED.advice), str(refused))


def _message(error: Exception) -> str:
    """What the domain says; other messages are for programs, in English."""
    return (
        spoken(error.said)
        if isinstance(error, (domain_errors.Refused, domain_errors.OutOfScope, ReleaseRefused))
        else ""
    )


def _http_problem(error: HTTPException) -> Problem:
    status = error.code or 500
    named = HTTP_ANSWERS.get(status)
    title, advice = (str(named.title), str(named.advice)) if named else (error.name, str(error.description or ""))
    kind = named.kind if named else error.name.lower().replace(" ", "-")
    errors = _by_field(getattr(error, "data", None) or {})
    return Problem(
        status, kind, title, advice, str(error.description or title), extra={"errors": errors} if errors else {}
    )


def _by_field(data: Mapping[str, Any]) -> dict[str, str]:
    """What the schemas refused, as they tell it by the part of the request, with the field's name in front."""
    parts = data.get("messages") or {}
    return dict(each for told in parts.values() for each in _flattened("", told))


def _flattened(name: str, told: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(told, Mapping):
        yield name, " ".join(str(each) for each in (told if isinstance(told, list) else [told]))
        return
    for key, inner in told.items():
        yield from _flattened(f"{name}.{key}" if name else str(key), inner)


def _extra(error: Exception) -> dict[str, Any]:
    if isinstance(error, engine_errors.InvalidForm):
        return {"errors": refusals_in_words(error)}
    if isinstance(error, (domain_errors.InvalidRecord, CallInvalid)):
        return {"errors": error.errors}
    if isinstance(error, engine_errors.InvalidDefinition):
        return {
            "problems": [
                {"file": p.file, "element": p.element_id, "name": p.element_name, "severity": p.severity.value,
                 "message": p.message}
                for p in error.problems
            ]
        }  # fmt: skip
    return {}
