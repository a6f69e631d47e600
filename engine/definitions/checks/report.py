"""How a check reports: at a file, or at an element of it."""

from __future__ import annotations

from engine.definitions.problems import Problem, Severity
from engine.definitions.remarks import Remark
from engine.definitions.xml import Element


def error_at(file: str, element: Element, message: Remark) -> Problem:
    """An error at an element, or at the nearest one around it that has an id."""
    return _at(file, element, message, Severity.ERROR)


def warning_at(file: str, element: Element, message: Remark) -> Problem:
    """A warning at an element, or at the nearest one around it that has an id."""
    return _at(file, element, message, Severity.WARNING)


def error_in(file: str, message: Remark) -> Problem:
    """An error of a whole file."""
    return Problem(file, "", "", message)


def _at(file: str, element: Element, message: Remark, severity: Severity) -> Problem:
    named: Element | None = element
    while named is not None and not named.get("id"):
        named = named.getparent()
    if named is None:
        return Problem(file, "", "", message, severity)
    return Problem(file, named.get("id") or "", named.get("name") or "", message, severity)
