"""What can go wrong in the engine; each error says what happened and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.definitions.forms.faults import FieldError
    from engine.definitions.problems import Problem


class EngineError(Exception):
    """Root of every error that the engine raises on purpose."""


class NotFound(EngineError):
    """Nothing has this identity; check the number, it may belong to another database."""

    def __init__(self, what: str, identity: object) -> None:
        super().__init__(f"there is no {what} {identity!r}")
        self.what = what
        self.identity = identity


class WrongState(EngineError):
    """The thing is not in a state that allows this; look at its present state and act on that."""

    def __init__(self, what: str, identity: object, *, expected: str, actual: str) -> None:
        super().__init__(f"{what} {identity!r} is {actual}; this needs it to be {expected}")
        self.expected = expected
        self.actual = actual


class ConcurrentChange(EngineError):
    """Someone else changed the same record first; read it again and repeat the action."""


class NotPermitted(EngineError):
    """The person is no candidate for this task, or is excluded from it."""


class IdempotencyConflict(EngineError):
    """The idempotency key was used before for a different request; use a fresh key."""


class InvalidDefinition(EngineError):
    """The deployment has problems; mend each and deploy again. Nothing was deployed."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class InvalidForm(EngineError):
    """The submitted data do not fit the task's form; correct each named field. Nothing was saved.

    Each error is its English sentence, and carries `fault` and `params` for those who say it in another language.
    """

    def __init__(self, errors: Mapping[str, FieldError]) -> None:
        super().__init__("; ".join(f"{field}: {message}" for field, message in errors.items()))
        self.errors = dict(errors)


class ExpressionError(EngineError):
    """An expression cannot be parsed, is not allowed, or failed; correct it on the diagram.

    `reason` is the sentence alone, without place and text.
    """

    def __init__(self, message: str, *, expression: str, element_id: str | None = None) -> None:
        where = f" at {element_id}" if element_id else ""
        super().__init__(f"{message}{where}: {expression[:200]}")
        self.reason = message
        self.expression = expression
        self.element_id = element_id


class OperatorFailed(EngineError):
    """A service task's operator refused or failed; the task waits as an incident until it is retried."""


class BpmnError(EngineError):
    """Raised by an operator to take the error boundary event that carries this code."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(message or code)
        self.code = code
