"""References: forms, decisions and called processes are in the same set."""

from __future__ import annotations

from collections.abc import Iterator

from engine.definitions.checks.content import Content, Vocabulary
from engine.definitions.checks.report import error_at, warning_at
from engine.definitions.diagrams import Scope, kind
from engine.definitions.extensions import Extensions, read_extensions
from engine.definitions.problems import Problem
from engine.definitions.xml import Element


def check_references(content: Content, vocabulary: Vocabulary) -> Iterator[Problem]:
    for diagram in content.diagrams:
        for scope in diagram.scopes:
            for node in scope.nodes.values():
                extensions = read_extensions(node)
                for message in _complaints(node, extensions, content, vocabulary):
                    yield error_at(scope.file, node, message)
                yield from _check_offered(scope, node, extensions)


def _complaints(node: Element, extensions: Extensions, content: Content, vocabulary: Vocabulary) -> Iterator[str]:
    if extensions.form and extensions.form.ref not in content.form_ids:
        yield f"there is no form {extensions.form.ref!r} in the set; add its file or correct the name"
    if extensions.deadline and extensions.deadline.decision:
        yield from _decision_complaints(extensions.deadline.decision, content)
        if "due_after" not in vocabulary.functions:
            yield "a deadline taken from a decision needs the function 'due_after'; register it, or write due="
    if extensions.decision:
        yield from _decision_complaints(extensions.decision.ref, content)
    if kind(node) == "businessRuleTask" and extensions.decision is None:
        yield "the business rule task takes no decision; name one in lookback:decision"
    if kind(node) == "callActivity":
        yield from _call_complaints(node.get("calledElement"), content)


def _decision_complaints(decision: str, content: Content) -> Iterator[str]:
    if decision not in content.decision_ids:
        yield f"there is no decision {decision!r} in the set; add its table or correct the name"


def _call_complaints(called: str | None, content: Content) -> Iterator[str]:
    if not called:
        yield "the call activity calls no process; choose one"
    elif called not in content.process_ids:
        yield f"there is no executable process {called!r} in the set; add its diagram or correct the name"


def _check_offered(scope: Scope, node: Element, extensions: Extensions) -> Iterator[Problem]:
    if kind(node) != "userTask":
        return
    assignment = extensions.assignment
    if assignment is None or not (assignment.candidate_groups or assignment.candidate_users or assignment.assignee):
        message = "the task is offered to nobody; add lookback:assignment with candidates or an assignee"
        yield warning_at(scope.file, node, message)
