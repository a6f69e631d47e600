"""The variables of an instance for those who may see them, without what is only of people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import NotPermitted
from engine.runtime import UnitOfWork
from engine.storage.models import Instance
from workflows.audit import AuditKind, record
from workflows.exposure.redaction import KINDS, NUMBER_MASK, redacted
from workflows.hazards.facts import hazard_by_number
from workflows.hazards.models import Hazard
from workflows.operating.acting import given
from workflows.operating.permissions import OPERATES
from workflows.organisations.models import Person
from workflows.organisations.people import person_by_account, roles_of
from workflows.permissions import permits, scope_of


def may_read(uow: UnitOfWork, instance: Instance, account: str) -> bool:
    """Whether somebody sees an instance's variables without giving a reason: whoever may read its hazard."""
    hazard = hazard_by_number(uow.session, instance.business_key)
    person = person_by_account(uow.session, account)
    if hazard is None or person is None:
        return False
    return permits(scope_of(uow.session, person), hazard.region_path, hazard.sector, hazard.unit_id)


def note_reading(uow: UnitOfWork, instance: Instance, *, reason: str, by: str) -> None:
    """Put on record that an operator looks at the variables, and why. Raises NotPermitted, InvalidRecord."""
    if not _operates(uow, person_by_account(uow.session, by)):
        raise NotPermitted(f"{by} may not read the variables of instance {instance.id}")
    why, facts = given(reason), {"number": instance.business_key}
    record(uow, AuditKind.VARIABLES_READ, by=by, object_key=f"instance-{instance.id}", after=facts, reason=why)


def without_people(uow: UnitOfWork, instance: Instance, variables: Mapping[str, Any]) -> dict[str, Any]:
    """The variables with the names and numbers of people masked: whoever operates processes has no use for them."""
    hazard = hazard_by_number(uow.session, instance.business_key)
    return {name: _masked(value, hazard) for name, value in variables.items()}


def _masked(value: Any, hazard: Hazard | None) -> Any:
    match value:
        case str():
            return _masked_text(value, hazard)
        case dict():
            return {name: _masked(each, hazard) for name, each in value.items()}
        case list() | tuple():
            return [_masked(each, hazard) for each in value]
        case int() if not isinstance(value, bool) and _masked_text(str(value), hazard) != str(value):
            return NUMBER_MASK
        case _:
            return value


def _masked_text(text: str, hazard: Hazard | None) -> str:
    if hazard is not None:
        return redacted(text, hazard)
    for pattern, _ in KINDS:
        text = pattern.sub(NUMBER_MASK, text)
    return text


def _operates(uow: UnitOfWork, person: Person | None) -> bool:
    held = {assignment.role for assignment in roles_of(uow.session, person)} if person is not None else frozenset()
    return not OPERATES.isdisjoint(held)
