"""Checks a whole set of definitions and reports every problem at once."""

from __future__ import annotations

from typing import Final

from engine.definitions.checks.compatibility import check_compatibility
from engine.definitions.checks.content import Check, Vocabulary, read
from engine.definitions.checks.elements import check_elements
from engine.definitions.checks.events import check_events
from engine.definitions.checks.execution import check_execution
from engine.definitions.checks.expressions import check_expressions
from engine.definitions.checks.flows import check_flows
from engine.definitions.checks.forms import check_forms
from engine.definitions.checks.identities import check_identities
from engine.definitions.checks.operators import check_operators
from engine.definitions.checks.paths import check_paths
from engine.definitions.checks.references import check_references
from engine.definitions.checks.tables import check_tables
from engine.definitions.checks.timers import check_timers
from engine.definitions.files import Files
from engine.definitions.problems import Problem, Severity

CHECKS: Final[tuple[Check, ...]] = (
    check_identities,
    check_elements,
    check_compatibility,
    check_events,
    check_flows,
    check_paths,
    check_expressions,
    check_timers,
    check_operators,
    check_references,
    check_tables,
    check_forms,
)


def check(files: Files, vocabulary: Vocabulary) -> list[Problem]:
    """Every problem of a set, ordered by file; empty when it can be deployed without a second thought.

    Whether the set can be executed is tried last, and only when nothing else stands in the way.
    """
    content, problems = read(files)
    for each in CHECKS:
        problems.extend(each(content, vocabulary))
    if not any(problem.severity is Severity.ERROR for problem in problems):
        problems.extend(check_execution(files))
    return sorted(dict.fromkeys(problems), key=lambda problem: (problem.file, problem.element_id))
