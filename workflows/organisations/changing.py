"""Founds, renames, moves and closes organisations; each change is on record with what was before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from stdnum.cn import uscc as uscc_digits
from stdnum.exceptions import ValidationError

from engine.errors import ConcurrentChange
from engine.runtime import UnitOfWork
from workflows.audit import AuditKind, record
from workflows.errors import InvalidRecord, Refused
from workflows.geography.divisions import divisions, path_of
from workflows.organisations.mandates import Mandate, ensure_shapes
from workflows.organisations.models import Organisation, OrganisationKind, Person
from workflows.organisations.sectors import Sector
from workflows.organisations.tree import COMMITTEES, organisation
from workflows.sentences import Sentence, sentence

OF_A_SECTOR = frozenset({OrganisationKind.DEPARTMENT, OrganisationKind.ENTERPRISE})
CHANGED = "the organisation was changed by someone else meanwhile; read it again"


@dataclass(frozen=True)
class OrganisationFacts:
    """What is entered of an organisation. Without a superior named, it is the committee of its place or above."""

    name: str
    kind: OrganisationKind | None
    region_code: str
    sector: Sector | None = None
    uscc: str = ""
    parent_id: int | None = None


def found_organisation(uow: UnitOfWork, mandate: Mandate, facts: OrganisationFacts) -> Organisation:
    """Add an organisation. Raises InvalidRecord by field, and OutOfScope where the mandate does not reach."""
    _check(uow.session, facts, itself=None)
    new = Organisation(**_columns(facts), version=1)
    ensure_shapes(mandate, new)
    new.parent_id = facts.parent_id or _superior(uow.session, new)
    uow.session.add(new)
    uow.session.flush()
    _note(uow, AuditKind.ORGANISATION_CREATED, mandate, new, before={}, after=facts_of(new))
    return new


def change_organisation(
    uow: UnitOfWork, mandate: Mandate, organisation_id: int, facts: OrganisationFacts, *, expected_version: int
) -> Organisation:
    """Rename or move an organisation, or correct what is known of it.

    Raises InvalidRecord by field, OutOfScope when the mandate does not reach from where to where it moves, and
    ConcurrentChange when somebody else changed it first.
    """
    found = _as_seen(uow, mandate, organisation_id, expected_version)
    _check(uow.session, facts, itself=found)
    before = facts_of(found)
    for name, value in _columns(facts).items():
        setattr(found, name, value)
    ensure_shapes(mandate, found)
    found.parent_id = facts.parent_id or found.parent_id
    uow.session.flush()
    _note(uow, AuditKind.ORGANISATION_CHANGED, mandate, found, before=before, after=facts_of(found))
    return found


def close_organisation(
    uow: UnitOfWork, mandate: Mandate, organisation_id: int, *, reason: str, expected_version: int
) -> Organisation:
    """Let an organisation take part no more. Raises Refused while it has active people or open organisations below."""
    found = _as_seen(uow, mandate, organisation_id, expected_version)
    _require_reason(reason)
    if _has(uow.session, select(Person.id).where(Person.organisation_id == found.id, Person.active)):
        raise Refused(sentence("%(name)s still has active people; move or deactivate them first", name=found.name))
    below = select(Organisation.id).where(Organisation.parent_id == found.id, Organisation.closed_at.is_(None))
    if _has(uow.session, below):
        raise Refused(sentence("%(name)s still has organisations below it; move or close them first", name=found.name))
    found.closed_at = uow.now
    _note(uow, AuditKind.ORGANISATION_CLOSED, mandate, found, before={}, after={}, reason=reason)
    return found


def reopen_organisation(
    uow: UnitOfWork, mandate: Mandate, organisation_id: int, *, reason: str, expected_version: int
) -> Organisation:
    """Let a closed organisation take part again."""
    found = _as_seen(uow, mandate, organisation_id, expected_version)
    _require_reason(reason)
    found.closed_at = None
    _note(uow, AuditKind.ORGANISATION_REOPENED, mandate, found, before={}, after={}, reason=reason)
    return found


def facts_of(found: Organisation) -> dict[str, Any]:
    """What an audit compares of an organisation."""
    return {
        "name": found.name,
        "kind": found.kind.value,
        "region": found.region_code,
        "sector": found.sector.value if found.sector else None,
        "uscc": found.uscc,
        "superior": found.parent_id,
    }


def _as_seen(uow: UnitOfWork, mandate: Mandate, organisation_id: int, expected_version: int) -> Organisation:
    found = organisation(uow.session, organisation_id)
    ensure_shapes(mandate, found)
    if found.version != expected_version:
        raise ConcurrentChange(CHANGED)
    return found


def _columns(facts: OrganisationFacts) -> dict[str, Any]:
    return {
        "name": facts.name.strip(),
        "kind": facts.kind,
        "region_code": facts.region_code,
        "region_path": path_of(facts.region_code),
        "sector": facts.sector if facts.kind in OF_A_SECTOR else None,
        "uscc": uscc_digits.compact(facts.uscc) or None,
    }


def _check(session: Session, facts: OrganisationFacts, *, itself: Organisation | None) -> None:
    errors: dict[str, Sentence] = {}
    if not facts.name.strip():
        errors["name"] = sentence("give the name as it stands on the seal")
    if facts.kind is None:
        errors["kind"] = sentence("choose what kind of organisation it is")
    if facts.region_code not in divisions():
        errors["region"] = sentence("there is no region with this code")
    if facts.kind in OF_A_SECTOR and facts.sector is None:
        errors["sector"] = sentence("a department and an enterprise belong to a sector; choose it")
    if wrong := _wrong_with_uscc(session, facts.uscc, itself):
        errors["uscc"] = wrong
    if not errors and facts.parent_id is not None and (wrong := _wrong_with_superior(session, facts.parent_id, itself)):
        errors["parent"] = wrong
    if errors:
        raise InvalidRecord(errors)


def _wrong_with_uscc(session: Session, written: str, itself: Organisation | None) -> Sentence | None:
    if not written.strip():
        return None
    try:
        code = uscc_digits.validate(written)
    except ValidationError:
        return sentence("this is no unified social credit code: 18 characters, of which the last proves the others")
    other = session.scalars(select(Organisation).where(Organisation.uscc == code).limit(2)).all()
    taken = [one for one in other if itself is None or one.id != itself.id]
    return sentence("%(name)s has this code already", name=taken[0].name) if taken else None


def _wrong_with_superior(session: Session, parent_id: int, itself: Organisation | None) -> Sentence | None:
    above = session.get(Organisation, parent_id)
    if above is None:
        return sentence("there is no organisation with this number")
    while above is not None:
        if itself is not None and above.id == itself.id:
            return sentence("an organisation cannot stand below itself")
        above = session.get(Organisation, above.parent_id) if above.parent_id else None
    return None


def _superior(session: Session, new: Organisation) -> int | None:
    """The nearest committee over the organisation's place; for a committee the one above it."""
    above = [path_of(code) for code in new.region_path.strip("/").split("/")]
    if new.kind in COMMITTEES:
        above = above[:-1]
    found = session.scalars(
        select(Organisation).where(
            Organisation.region_path.in_(above), Organisation.kind.in_(COMMITTEES), Organisation.closed_at.is_(None)
        )
    ).all()
    return max(found, key=lambda committee: len(committee.region_path)).id if found else None


def _has(session: Session, rows: Any) -> bool:
    return session.scalars(rows.limit(1)).first() is not None


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise InvalidRecord({"reason": sentence("say why; the reason stays on record")})


def _note(
    uow: UnitOfWork,
    kind: AuditKind,
    mandate: Mandate,
    found: Organisation,
    *,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    reason: str = "",
) -> None:
    record(
        uow, kind, by=mandate.account, object_key=f"organisation-{found.id}", object_name=found.name,
        organisation_id=found.id, before=before, after=after, reason=reason.strip(),
    )  # fmt: skip
