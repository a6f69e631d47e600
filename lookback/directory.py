"""Tells the ways out of the house whom a letter is for, and whether that person wants it by this way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.storage.database import Database
from webhooks.channels.letters import Letter
from webhooks.channels.people import Addressee, Directory
from webhooks.models import EndpointKind
from workflows.escalation.steps import EscalationStep
from workflows.organisations.people import person_by_account
from workflows.reachability.choosing import wants
from workflows.reachability.ways import Occasion, Way

WAYS: Final[Mapping[EndpointKind, Way]] = {EndpointKind.MAIL: Way.MAIL, EndpointKind.SMS: Way.SMS}


def directory_of(database: Database, default_language: str) -> Directory:
    """Looks people up in the database, one short reading for each letter."""

    def addressee(letter: Letter, kind: EndpointKind) -> Addressee | None:
        with database.reading() as session:
            person = person_by_account(session, letter.key)
            if person is None or not person.active:
                return None
            occasion = _occasion(letter)
            if occasion is not None and not wants(session, person, WAYS[kind], occasion):
                return None
            return Addressee(person.name, person.language or default_language, person.mail, person.phone)

    return addressee


def _occasion(letter: Letter) -> Occasion | None:
    """What kind of occasion a letter is; None for those that nobody chooses about, such as a test."""
    if letter.type == "digest.delivered":
        return Occasion.DIGEST
    if letter.type != "notice.delivered":
        return None
    return Occasion.OVERDUE if EscalationStep(letter.data["step"]).is_overdue else Occasion.REMINDER
