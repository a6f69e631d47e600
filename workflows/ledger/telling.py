"""Takes down a single hazard as a person tells of it: finds the unit, the account and the region that are meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.errors import InvalidRecord
from workflows.geography.divisions import divisions, path_of
from workflows.geography.names import code_by_name
from workflows.geography.paths import is_inside
from workflows.hazards.register import Registration
from workflows.ledger.directory import look_up
from workflows.organisations.models import Organisation, OrganisationKind
from workflows.permissions import Scope, visible
from workflows.sentences import Sentence, sentence

PROPOSED = 20
NEEDED = ("title", "description", "region_code", "sector", "severity", "content_area", "source", "unit_name")


def registration_of(session: Session, campaign_id: int, told: Mapping[str, Any]) -> Registration:
    """The registration that a person means. `region_code` is a code or a name, the unit and the person are names.

    Raises InvalidRecord for what is left out, and for a place that is not known or has several meanings.
    """
    errors: dict[str, Sentence] = {name: sentence("it must not be empty") for name in NEEDED if not told.get(name)}
    place = str(told.get("region_code", "")).split(" ")[0]
    code = code_by_name(place) if place else None
    if place and code is None:
        errors["region_code"] = sentence("no place, or more than one, is called “%(place)s”; choose one", place=place)
    if errors or code is None:
        raise InvalidRecord(errors)
    values: dict[str, Any] = {**told, "region_code": code}
    known = look_up(session, [values])
    unit = known.unit(values)
    account = known.account(unit.id if unit else None, str(values.get("responsible_name", "")))
    return Registration(
        **values, campaign_id=campaign_id, unit_id=unit.id if unit else None, responsible_person=account
    )


def places_like(words: str, scope: Scope) -> Sequence[str]:
    """The codes of the first few places within the scope whose name holds these words."""
    paths = [territory.region_path for territory in scope.territories] or ["/"]
    named = (it for it in divisions().values() if words in it.name or it.code.startswith(words))
    reached = (it.code for it in named if any(is_inside(path_of(it.code), path) for path in paths))
    return [code for code, _ in zip(reached, range(PROPOSED), strict=False)]


def units_like(session: Session, words: str, scope: Scope) -> Sequence[Organisation]:
    """The first few enterprises within the scope whose name begins with these words."""
    it = Organisation
    wanted = select(it).where(
        it.name >= words, it.name < words + "\U0010ffff", it.kind == OrganisationKind.ENTERPRISE, it.closed_at.is_(None)
    )
    reached = visible(wanted, scope, it.region_path, it.sector, it.id)
    return session.scalars(reached.order_by(it.name, it.id).limit(PROPOSED)).all()
