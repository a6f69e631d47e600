"""References: forms, decisions and called processes are in the same set."""

from __future__ import annotations

from collections.abc import Iterator

from engine.definitions.camunda import called_process
from engine.definitions.checks.content import Content, Vocabulary
from engine.definitions.checks.report import error_at, warning_at
from engine.definitions.diagrams import Scope, kind
from engine.definitions.extensions import Extensions, read_extensions
from engine.definitions.fixes import Fix, set_attribute, use_name
from engine.definitions.problems import Problem
from engine.definitions.remarks import Remark, closest, remark
from engine.definitions.xml import Element
from engine.sentences import sentence


def check_references(content: Content, vocabulary: Vocabulary) -> Iterator[Problem]:
    for diagram in content.diagrams:
        for scope in diagram.scopes:
            for node in scope.nodes.values():
                extensions = read_extensions(node)
                for message in _complaints(node, extensions, content, vocabulary):
                    yield error_at(scope.file, node, message)
                yield from _check_offered(scope, node, extensions)


def _complaints(node: Element, extensions: Extensions, content: Content, vocabulary: Vocabulary) -> Iterator[Remark]:
    if extensions.form and extensions.form.ref not in content.form_ids:
        yield _no_form(extensions.form.ref, content)
    if extensions.deadline and extensions.deadline.decision:
        yield from _decision_complaints("deadline", "decision", extensions.deadline.decision, content)
        if "due_after" not in vocabulary.functions:
            yield remark(
                "no-due-after",
                "a deadline taken from a decision needs the function 'due_after'; register it, or write due=",
            )
    if extensions.decision:
        yield from _decision_complaints("decision", "ref", extensions.decision.ref, content)
    if kind(node) == "businessRuleTask" and extensions.decision is None:
        yield remark(
            "no-decision-named",
            "the business rule task takes no decision; name one in lookback:decision",
            _only("decision", "ref", content.decision_ids),
        )
    if kind(node) == "callActivity":
        yield from _call_complaints(called_process(node), content)


def _no_form(form: str, content: Content) -> Remark:
    meant = closest(form, content.form_ids)
    return remark(
        "no-form",
        "there is no form '%(form)s' in the set; add its file or correct the name",
        use_name("form", "ref", meant) if meant else None,
        form=form,
    )


def _decision_complaints(element: str, attribute: str, decision: str, content: Content) -> Iterator[Remark]:
    if decision not in content.decision_ids:
        meant = closest(decision, content.decision_ids)
        yield remark(
            "no-decision",
            "there is no decision '%(decision)s' in the set; add its table or correct the name",
            use_name(element, attribute, meant) if meant else None,
            decision=decision,
        )


def _only(element: str, attribute: str, known: frozenset[str]) -> Fix | None:
    return use_name(element, attribute, next(iter(known))) if len(known) == 1 else None


def _call_complaints(called: str | None, content: Content) -> Iterator[Remark]:
    if not called:
        yield remark("no-called-process", "the call activity calls no process; choose one")
    elif called not in content.process_ids:
        meant = closest(called, content.process_ids)
        yield remark(
            "unknown-process",
            "there is no executable process '%(process)s' in the set; add its diagram or correct the name",
            set_attribute(sentence("Use %(name)s", name=meant), "calledElement", meant) if meant else None,
            process=called,
        )


def _check_offered(scope: Scope, node: Element, extensions: Extensions) -> Iterator[Problem]:
    if kind(node) != "userTask":
        return
    assignment = extensions.assignment
    if assignment is None or not (assignment.candidate_groups or assignment.candidate_users or assignment.assignee):
        said = remark(
            "offered-to-nobody", "the task is offered to nobody; add lookback:assignment with candidates or an assignee"
        )
        yield warning_at(scope.file, node, said)
