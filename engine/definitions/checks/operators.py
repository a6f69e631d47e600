"""Service tasks: each calls a registered operator, with the parameters that its signature asks for."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from engine.definitions.checks.content import Content, Vocabulary
from engine.definitions.checks.report import error_at
from engine.definitions.extensions import OperatorCall, read_extensions
from engine.definitions.fixes import remove_parameter, rename_parameter, use_name, write_parameter
from engine.definitions.problems import Problem
from engine.definitions.remarks import Remark, closest, remark
from engine.errors import ExpressionError
from engine.expressions import parse
from engine.operators import Operator, OperatorRegistry, Parameter
from engine.sentences import sentence


def check_operators(content: Content, vocabulary: Vocabulary) -> Iterator[Problem]:
    for diagram in content.diagrams:
        for scope in diagram.scopes:
            for task in scope.of_kind("serviceTask"):
                for message in _complaints(read_extensions(task).operator, vocabulary.operators):
                    yield error_at(scope.file, task, message)


def _complaints(call: OperatorCall | None, operators: OperatorRegistry) -> Iterator[Remark]:
    if call is None or not call.name:
        yield remark("no-operator", "the service task calls no operator; name one in lookback:operator")
        return
    operator = operators.find(call.name)
    if operator is None:
        known = sorted(known.name for known in operators)
        meant = closest(call.name, known)
        yield remark(
            "unknown-operator",
            "there is no operator '%(name)s'; registered are %(known)s",
            use_name("operator", "name", meant) if meant else None,
            name=call.name,
            known=known or sentence("none"),
        )
        return
    yield from _parameter_complaints(call, operator)


def _parameter_complaints(call: OperatorCall, operator: Operator) -> Iterator[Remark]:
    for name, parameter in operator.parameters.items():
        if parameter.required and name not in call.parameters:
            yield remark(
                "parameter-missing",
                "the operator %(operator)s needs the parameter '%(name)s'; add it",
                write_parameter(name, "None", sentence("Add the parameter")),
                operator=operator.name,
                name=name,
            )
    for name, value in call.parameters.items():
        if name not in operator.parameters:
            meant = closest(name, operator.parameters.keys() - call.parameters.keys())
            yield remark(
                "unknown-parameter",
                "the operator %(operator)s has no parameter '%(name)s'; it takes %(known)s",
                rename_parameter(name, meant) if meant else remove_parameter(name),
                operator=operator.name,
                name=name,
                known=list(operator.parameters) or sentence("none"),
            )
        else:
            yield from _literal_complaints(operator.parameters[name], value)


def _literal_complaints(parameter: Parameter, value: str) -> Iterator[Remark]:
    try:
        literal: Any = ast.literal_eval(parse(value).tree)
    except (ExpressionError, ValueError):
        return
    try:
        parameter.adapter.validate_python(literal)
    except ValidationError as invalid:
        yield remark(
            "parameter-type",
            "the parameter '%(name)s' cannot be %(value)s: %(reason)s",
            name=parameter.name,
            value=value,
            reason=invalid.errors()[0]["msg"],
        )
