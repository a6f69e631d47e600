"""Service tasks: each calls a registered operator, with the parameters that its signature asks for."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from engine.definitions.checks.content import Content, Vocabulary
from engine.definitions.checks.report import error_at
from engine.definitions.extensions import OperatorCall, read_extensions
from engine.definitions.problems import Problem
from engine.errors import ExpressionError
from engine.expressions import parse
from engine.operators import Operator, OperatorRegistry, Parameter


def check_operators(content: Content, vocabulary: Vocabulary) -> Iterator[Problem]:
    for diagram in content.diagrams:
        for scope in diagram.scopes:
            for task in scope.of_kind("serviceTask"):
                for message in _complaints(read_extensions(task).operator, vocabulary.operators):
                    yield error_at(scope.file, task, message)


def _complaints(call: OperatorCall | None, operators: OperatorRegistry) -> Iterator[str]:
    if call is None or not call.name:
        yield "the service task calls no operator; name one in lookback:operator"
        return
    operator = operators.find(call.name)
    if operator is None:
        known = ", ".join(sorted(known.name for known in operators)) or "none"
        yield f"there is no operator {call.name!r}; registered are {known}"
        return
    yield from _parameter_complaints(call, operator)


def _parameter_complaints(call: OperatorCall, operator: Operator) -> Iterator[str]:
    for name, parameter in operator.parameters.items():
        if parameter.required and name not in call.parameters:
            yield f"the operator {operator.name} needs the parameter {name!r}; add it"
    for name, value in call.parameters.items():
        if name not in operator.parameters:
            known = ", ".join(operator.parameters) or "none"
            yield f"the operator {operator.name} has no parameter {name!r}; it takes {known}"
        else:
            yield from _literal_complaints(operator.parameters[name], value)


def _literal_complaints(parameter: Parameter, value: str) -> Iterator[str]:
    try:
        literal: Any = ast.literal_eval(parse(value).tree)
    except (ExpressionError, ValueError):
        return
    try:
        parameter.adapter.validate_python(literal)
    except ValidationError as invalid:
        yield f"the parameter {parameter.name!r} cannot be {value}: {invalid.errors()[0]['msg']}"
