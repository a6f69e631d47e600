"""Says something about a hazard, tells whom it mentions, and lets the author take it back."""

from __future__ import annotations

from typing import Final

from engine.events import publish
from engine.idempotency import once
from engine.runtime import UnitOfWork
from workflows.comments.audience import may_comment
from workflows.comments.mentions import mentioned
from workflows.comments.models import Comment, Mention
from workflows.errors import InvalidRecord, OutOfScope, UnknownRecord
from workflows.hazards.models import Hazard
from workflows.organisations.people import person_by_account
from workflows.records import Record
from workflows.sentences import sentence

LONGEST: Final = 2000
"""Characters of a comment."""


def comment(uow: UnitOfWork, hazard: Hazard, text: str, *, by: str, idempotency_key: str | None = None) -> Comment:
    """Say something about a hazard; whoever is mentioned has an unread mention from now on.

    Raises OutOfScope for who may only read, InvalidRecord for an empty text, one that is too long, and for mentions
    that cannot be.
    """
    person = person_by_account(uow.session, by)
    if person is None or not may_comment(uow.session, hazard, person):
        raise OutOfScope(sentence("%(who)s may read this hazard but not comment on it", who=by))

    def write() -> dict[str, int]:
        return {"comment": _write(uow, hazard, text.replace("\r\n", "\n").strip(), by).id}

    asked = {"hazard": hazard.number, "text": text, "by": by}
    return uow.session.get_one(Comment, once(uow, idempotency_key, "comment", asked, write)["comment"])


def withdraw_comment(uow: UnitOfWork, comment_id: int, *, by: str) -> Comment:
    """Take a comment back: it is not shown any more, but kept. Raises UnknownRecord, OutOfScope for another's."""
    found = uow.session.get(Comment, comment_id, with_for_update=True)
    if found is None:
        raise UnknownRecord(Record.COMMENT, comment_id)
    if found.by != by:
        raise OutOfScope(sentence("only its author may withdraw a comment"))
    if found.withdrawn_at is None:
        found.withdrawn_at = uow.now
        number = uow.session.get_one(Hazard, found.hazard_id).number
        publish(uow, "comment.withdrawn", number, {"hazard": number, "comment": found.id, "by": by})
    return found


def _write(uow: UnitOfWork, hazard: Hazard, text: str, by: str) -> Comment:
    if not text:
        raise InvalidRecord({"text": sentence("it must not be empty")})
    if len(text) > LONGEST:
        raise InvalidRecord({"text": sentence("at most %(most)s characters fit", most=LONGEST)})
    if "\x00" in text:
        raise InvalidRecord({"text": sentence("it has characters that cannot be stored")})
    told = [account for account in mentioned(uow.session, hazard, text) if account != by]
    written = Comment(hazard_id=hazard.id, text=text, at=uow.now, by=by)
    uow.session.add(written)
    uow.session.flush()
    uow.session.add_all(Mention(comment_id=written.id, account=account) for account in told)
    facts = {"hazard": hazard.number, "comment": written.id, "by": by, "mentioned": told}
    publish(uow, "comment.added", hazard.number, facts)
    return written
