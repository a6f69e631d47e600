"""Service-task operators: the only things in a diagram that act, registered in code with a typed signature."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from engine.errors import OperatorFailed

if TYPE_CHECKING:
    from engine.runtime import UnitOfWork
    from engine.storage.models import Instance, UserTask

OperatorFunction = Callable[..., Any]


@dataclass(frozen=True)
class OperatorContext:
    """Where an operator runs: its transaction, its instance, and the user task a boundary event hangs on."""

    uow: UnitOfWork
    instance: Instance
    element_id: str
    attached_task: UserTask | None = None


@dataclass(frozen=True)
class Operator:
    """A registered function with the types of its parameters; the first parameter is the context."""

    name: str
    title: str
    function: OperatorFunction
    parameters: dict[str, Parameter]
    refusals: tuple[type[Exception], ...] = ()

    def call(self, context: OperatorContext, arguments: dict[str, Any]) -> Any:
        """Check the arguments against the signature and run.

        Raises OperatorFailed that names the parameter, or that says why the domain refused.
        """
        checked = {name: self._checked(name, value) for name, value in arguments.items()}
        try:
            return self.function(context, **checked)
        except self.refusals as refusal:
            raise OperatorFailed(f"operator {self.name}: {refusal}") from refusal

    def _checked(self, name: str, value: Any) -> Any:
        parameter = self.parameters.get(name)
        if parameter is None:
            raise OperatorFailed(f"operator {self.name} has no parameter {name!r}")
        try:
            return parameter.adapter.validate_python(value)
        except ValidationError as invalid:
            raise OperatorFailed(f"operator {self.name}, parameter {name}: {invalid.errors()[0]['msg']}") from invalid


@dataclass(frozen=True)
class Parameter:
    name: str
    annotation: Any
    required: bool
    adapter: TypeAdapter[Any]


@dataclass
class OperatorRegistry:
    """Operators by name, e.g. `hazard.close`.

    `refusals` are the roots of the domain's own errors. An operator that raises one leaves its service task as an
    incident, for its message to be read and the task to be retried; any other exception undoes the whole step.
    `corrections` are the errors among these others that ask a person to mend what was entered. A job that meets one
    has nobody to ask, so it leaves an incident too.
    """

    refusals: tuple[type[Exception], ...] = ()
    corrections: tuple[type[Exception], ...] = ()
    _operators: dict[str, Operator] = field(default_factory=dict)

    def register(self, name: str, title: str = "") -> Callable[[OperatorFunction], OperatorFunction]:
        """Decorator that registers a function under a name. Raises ValueError when the name is taken."""

        def add(function: OperatorFunction) -> OperatorFunction:
            if name in self._operators:
                raise ValueError(f"operator {name!r} is registered already")
            self._operators[name] = Operator(name, title or name, function, _parameters(function), self.refusals)
            return function

        return add

    def find(self, name: str) -> Operator | None:
        return self._operators.get(name)

    def __iter__(self) -> Iterator[Operator]:
        return iter(self._operators.values())


def _parameters(function: OperatorFunction) -> dict[str, Parameter]:
    signature = inspect.signature(function, eval_str=True)
    described = list(signature.parameters.values())[1:]
    return {
        p.name: Parameter(p.name, p.annotation, p.default is inspect.Parameter.empty, TypeAdapter(p.annotation))
        for p in described
    }
