"""The chronicle of a hazard merges what all its processes and records say, page by page, the newest first."""

from __future__ import annotations

import pytest

from engine.history import HistoryKind
from engine.storage.models import HistoryEvent
from tests.workflows.beside import begin_rectification, list_hazard
from tests.workflows.play import PASS, Play
from workflows.chronicle import Entry, Place, Source, Spread, Topic, read_chronicle
from workflows.comments import comment
from workflows.escalation.models import Escalation
from workflows.hazards.facts import hazard_of
from workflows.hazards.models import StageChange, Verification
from workflows.organisations.models import Organisation
from workflows.organisations.tree import organisation
from workflows.similar_check import spread_similar_check


def told(play: Play, topic: Topic = Topic.ALL, *, limit: int = 500) -> list[Entry]:
    """All entries of a topic, read in pages of `limit`."""
    found: list[Entry] = []
    after: Place | None = None
    with play.runtime.reading() as uow:
        while True:
            hazard = hazard_of(uow.session, play.number)
            page = read_chronicle(uow.session, hazard, topic, after=after, limit=limit)
            found += page.entries
            if (after := page.next) is None:
                return found


def kinds(entries: list[Entry]) -> list[str]:
    return [it.record.kind if isinstance(it.record, HistoryEvent) else type(it.record).__name__ for it in entries]


@pytest.fixture
def busy(play: Play) -> Play:
    """A hazard that was reminded of, rectified, verified, listed, commented on, and spread."""
    play.register()
    play.pass_time(days=4)
    play.self_check()
    list_hazard(play)
    play.act("jiancha1", "verify_on_site", **PASS)
    with play.runtime.unit_of_work() as uow:
        comment(uow, hazard_of(uow.session, play.number), "请尽快落实", by="anweiban")
    play.pass_time(hours=1)
    play.act("jiancha2", "countersign", decision="agree")
    return play


def test_records_of_every_kind_stand_in_one_list_the_newest_first(busy: Play) -> None:
    entries = told(busy)
    moments = [entry.place.at for entry in entries]
    assert moments == sorted(moments, reverse=True)
    assert {Source.COMMENT, Source.STAGE_CHANGE, Source.VERIFICATION, Source.HISTORY, Source.ESCALATION} <= {
        entry.place.source for entry in entries
    }
    started = [it.record.process_id for it in entries if isinstance(it.record, HistoryEvent)]
    assert {"listed_supervision", "special_inspection"} <= set(started)


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_pages_of_any_size_tell_the_same_story(busy: Play, limit: int) -> None:
    whole = [entry.place for entry in told(busy)]
    assert [entry.place for entry in told(busy, limit=limit)] == whole


def test_of_one_moment_the_effect_stands_before_its_cause(busy: Play) -> None:
    of_last_step = kinds(told(busy))[:4]
    assert of_last_step == ["StageChange", "Verification", HistoryKind.TASK_COMPLETED, "Comment"]


def test_each_topic_tells_only_of_its_own(busy: Play) -> None:
    assert set(kinds(told(busy, Topic.REMINDERS))) == {Escalation.__name__}
    assert kinds(told(busy, Topic.COMMENTS)) == ["Comment"]
    decided = set(kinds(told(busy, Topic.DECISIONS)))
    assert {StageChange.__name__, Verification.__name__, HistoryKind.TASK_COMPLETED} <= decided
    assert Escalation.__name__ not in decided
    assert "Comment" not in decided


def test_a_reminder_is_told_once_and_not_as_a_timer_too(busy: Play) -> None:
    assert HistoryKind.TIMER_FIRED not in kinds(told(busy))


def test_units_that_were_asked_to_look_are_told_of_together(play: Play) -> None:
    play.register()
    begin_rectification(play)
    with play.runtime.unit_of_work() as uow:
        hazard = hazard_of(uow.session, play.number)
        own = organisation(uow.session, hazard.unit_id or 0)
        uow.session.add_all(unit_like(own, name) for name in ("甲店", "乙店", "丙店"))
        uow.session.flush()
        asked = spread_similar_check(uow, hazard, reason="同类隐患多发", by="anweiban")
    [spread] = [it.record for it in told(play) if isinstance(it.record, Spread)]
    assert (spread.units, spread.by, spread.reason) == (len(asked), "anweiban", "同类隐患多发")
    assert len(asked) >= 3
    assert len([kind for kind in kinds(told(play)) if kind == HistoryKind.INSTANCE_STARTED]) == 1


def unit_like(own: Organisation, name: str) -> Organisation:
    """One more enterprise of the same kind and place."""
    return Organisation(
        name=name, kind=own.kind, region_code=own.region_code, region_path=own.region_path, sector=own.sector
    )
