"""People say things about a hazard, tell each other by name, and take back what they said."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from engine.runtime import Runtime
from tests.workflows.play import Play
from workflows.comments import (
    LONGEST,
    Comment,
    Reader,
    comment,
    comments_of,
    mark_mentions_read,
    names_like,
    unread_mentions,
    withdraw_comment,
)
from workflows.errors import InvalidRecord, OutOfScope
from workflows.hazards.facts import hazard_of
from workflows.organisations.models import Organisation, OrganisationKind, Person
from workflows.organisations.people import person_by_account


def say(play: Play, text: str, by: str = "zeren", key: str | None = None) -> int:
    with play.runtime.unit_of_work() as uow:
        return comment(uow, hazard_of(uow.session, play.number), text, by=by, idempotency_key=key).id


def name_of(runtime: Runtime, account: str) -> str:
    with runtime.reading() as uow:
        person = person_by_account(uow.session, account)
        assert person is not None
        return person.name


def told(play: Play, account: str) -> list[str]:
    with play.runtime.reading() as uow:
        return [each.text for each in unread_mentions(uow.session, account)]


def said(play: Play) -> list[Comment]:
    with play.runtime.reading() as uow:
        return list(comments_of(uow.session, hazard_of(uow.session, play.number).id)[0])


def people_near(play: Play) -> list[Reader]:
    with play.runtime.reading() as uow:
        return list(names_like(uow.session, hazard_of(uow.session, play.number), ""))


def stranger(play: Play) -> str:
    """The account of somebody in another enterprise."""
    with play.runtime.reading() as uow:
        zeren = person_by_account(uow.session, "zeren")
        assert zeren is not None
        elsewhere = (
            select(Person.account)
            .join(Person.organisation)
            .where(Organisation.kind == OrganisationKind.ENTERPRISE, Organisation.id != zeren.organisation_id)
        )
        return uow.session.scalars(elsewhere.order_by(Person.id)).all()[0]


@pytest.fixture
def under_way(play: Play) -> Play:
    play.register()
    return play


def test_whoever_is_mentioned_by_name_is_told_once(under_way: Play) -> None:
    name = name_of(under_way.runtime, "danwei")
    say(under_way, f"@{name}请看照片，@danwei 尽快")
    [text] = told(under_way, "danwei")
    assert name in text
    assert told(under_way, "zeren") == []


def test_a_mention_that_was_read_is_read(under_way: Play) -> None:
    written = say(under_way, "@danwei 请看")
    with under_way.runtime.unit_of_work() as uow:
        assert mark_mentions_read(uow, "jiancha1", [written]) == 0
        assert mark_mentions_read(uow, "danwei", [written]) == 1
    assert told(under_way, "danwei") == []


def test_a_comment_is_told_to_the_outbox(under_way: Play) -> None:
    written = say(under_way, "@danwei 请看")
    facts = {"hazard": under_way.number, "comment": written, "by": "zeren", "mentioned": ["danwei"]}
    assert under_way.told("comment.added") == [facts]


def test_an_address_of_mail_mentions_nobody(under_way: Play) -> None:
    say(under_way, "写信到 office@danwei.cn 或 @没有此人")
    assert told(under_way, "danwei") == []


def test_somebody_who_cannot_see_the_hazard_cannot_be_mentioned(under_way: Play) -> None:
    with pytest.raises(InvalidRecord) as refused:
        say(under_way, f"@{stranger(under_way)} 请看")
    assert "cannot see this hazard" in refused.value.errors["text"]
    assert said(under_way) == []


def test_names_are_offered_of_those_who_deal_with_the_hazard(under_way: Play) -> None:
    offered = {reader.account for reader in people_near(under_way)}
    assert "danwei" in offered
    assert stranger(under_way) not in offered


def test_a_name_is_offered_from_its_first_character(under_way: Play) -> None:
    name = name_of(under_way.runtime, "danwei")
    with under_way.runtime.reading() as uow:
        offered = names_like(uow.session, hazard_of(uow.session, under_way.number), name[:1])
    assert name in [reader.name for reader in offered]


def test_only_the_author_takes_a_comment_back_and_it_is_kept(under_way: Play) -> None:
    written = say(under_way, "@danwei 看错了")
    with pytest.raises(OutOfScope), under_way.runtime.unit_of_work() as uow:
        withdraw_comment(uow, written, by="danwei")
    for _ in range(2):
        with under_way.runtime.unit_of_work() as uow:
            withdraw_comment(uow, written, by="zeren")
    assert [(each.text, each.withdrawn_at is None) for each in said(under_way)] == [("@danwei 看错了", False)]
    assert told(under_way, "danwei") == []
    assert len(under_way.told("comment.withdrawn")) == 1


def test_whoever_only_reads_says_nothing(under_way: Play) -> None:
    with pytest.raises(OutOfScope):
        say(under_way, "路过", by="shenji")


@pytest.mark.parametrize("text", ["", "  \n ", "长" * (LONGEST + 1), "a\x00b"])
def test_a_text_that_cannot_be_shown_is_refused(under_way: Play, text: str) -> None:
    with pytest.raises(InvalidRecord) as refused:
        say(under_way, text)
    assert set(refused.value.errors) == {"text"}


def test_the_same_request_says_it_once(under_way: Play) -> None:
    assert say(under_way, "已联系施工队", key="a" * 32) == say(under_way, "已联系施工队", key="a" * 32)
    assert len(said(under_way)) == 1


def test_a_long_thread_is_read_piece_by_piece(under_way: Play) -> None:
    for number in range(5):
        say(under_way, f"第{number}条")
    with under_way.runtime.reading() as uow:
        hazard = hazard_of(uow.session, under_way.number)
        newest, earlier = comments_of(uow.session, hazard.id, limit=3)
        oldest, end = comments_of(uow.session, hazard.id, before=earlier, limit=3)
    assert [each.text for each in (*oldest, *newest)] == [f"第{number}条" for number in range(5)]
    assert end is None
