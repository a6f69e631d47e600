"""The inbox as the engine reads it: its shares, what it is narrowed to, the survey, and what somebody has done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import ColumnElement

from engine import tasks
from engine.tasks import Actor, Entry, Share
from tests.diagrams import diagram, end, flows, process, start, user_task
from tests.features.player import Player

GROUP = frozenset({"inspector@7"})
ANN = Actor("ann", GROUP)
BOB = Actor("bob", frozenset({"closer@3"}))
DEPUTY = Actor("bob", GROUP | BOB.groups, stands_in_for=frozenset({"ann"}), lent=frozenset({("inspector@7", "ann")}))


@pytest.fixture
def three(player: Player) -> Player:
    """Three tasks offered to the inspectors, of which ann holds that of H-2."""
    first = user_task("first", users=None, groups="'inspector@7'", excluded="excluded")
    player.deploy(diagram(process("p", start(), first, end(), flows("start", "first", "end"))))
    for key in ("H-1", "H-2", "H-3"):
        player.start(key=key, excluded=[])
        player.clock.advance(timedelta(minutes=1))
    with player.runtime.unit_of_work() as uow:
        tasks.claim(uow, next(it.id for it in tasks.inbox(uow.session, ANN).tasks if it.business_key == "H-2"), ANN)
    return player


def keys(player: Player, actor: Actor, share: Share = Share.ALL, only: str | None = None) -> list[str]:
    def narrowed(key: ColumnElement[str]) -> ColumnElement[bool]:
        return key == only

    with player.runtime.reading() as uow:
        page = tasks.inbox(uow.session, actor, share=share, narrowed=narrowed if only else None)
        return [task.business_key for task in page.tasks]


def test_the_shares_tell_what_somebody_holds_from_what_their_groups_are_offered(three: Player) -> None:
    assert keys(three, ANN) == ["H-1", "H-2", "H-3"]
    assert keys(three, ANN, Share.MINE) == ["H-2"]
    assert keys(three, ANN, Share.GROUPS) == ["H-1", "H-3"]
    assert keys(three, Actor("eve"), Share.GROUPS) == []


def test_an_inbox_is_narrowed_by_a_condition_on_business_keys(three: Player) -> None:
    assert keys(three, ANN, only="H-2") == ["H-2"]
    assert keys(three, ANN, Share.GROUPS, only="H-2") == []


def test_a_substitute_sees_the_tasks_held_by_and_offered_to_the_absent_person(three: Player) -> None:
    assert (keys(three, BOB), keys(three, DEPUTY)) == ([], ["H-1", "H-2", "H-3"])
    assert keys(three, DEPUTY, Share.MINE) == ["H-2"]
    with three.runtime.reading() as uow:
        page = tasks.inbox(uow.session, DEPUTY)
        assert set(page.on_behalf_of.values()) == {"ann"}
        assert len(page.on_behalf_of) == 3
        assert tasks.inbox(uow.session, ANN).on_behalf_of == {}


def test_a_task_from_which_the_absent_person_is_excluded_is_not_the_substitutes(three: Player) -> None:
    three.start(key="H-4", excluded=["ann"])
    assert "H-4" not in keys(three, DEPUTY)
    assert "H-4" not in keys(three, ANN)
    assert "H-4" in keys(three, Actor("cid", GROUP))


def test_a_name_that_is_part_of_an_excluded_one_is_not_excluded(three: Player) -> None:
    three.start(key="H-5", excluded=["anna", "jo-ann"])
    assert "H-5" in keys(three, ANN)


def test_a_survey_knows_of_each_task_how_it_comes_to_the_person(three: Player) -> None:
    with three.runtime.reading() as uow:
        seen = tasks.survey(uow.session, ANN)
    assert [(entry.is_mine, entry.is_groups) for entry in seen.entries] == [(False, True), (True, False), (False, True)]
    assert seen.read_until is None
    assert [entry.is_in(share) for share in Share for entry in (Entry(1, three.clock.now(), True, False),)] == [
        True,
        True,
        False,
    ]


def test_a_survey_looks_at_no_more_than_it_was_told_and_says_so(three: Player) -> None:
    with three.runtime.reading() as uow:
        cut = tasks.survey(uow.session, ANN, most=2)
        narrowed = tasks.survey(uow.session, ANN, most=2, narrowed=lambda key: key == "H-3")
        whole = tasks.survey(uow.session, ANN, most=3)
    assert (len(cut.entries), cut.read_until is not None) == (2, True)
    assert (len(narrowed.entries), narrowed.read_until is not None) == (0, True)
    assert whole.read_until is None


def test_what_somebody_has_done_comes_the_latest_first_page_by_page(three: Player) -> None:
    with three.runtime.reading() as uow:
        wanted = [task.id for task in tasks.inbox(uow.session, ANN).tasks]
    for task in wanted:
        three.clock.advance(timedelta(minutes=1))
        with three.runtime.unit_of_work() as uow:
            tasks.complete(uow, task, ANN, {})
    with three.runtime.reading() as uow:
        first = tasks.completed(uow.session, "ann", limit=2)
        rest = tasks.completed(uow.session, "ann", limit=2, after=first.next)
        narrowed = tasks.completed(uow.session, "ann", narrowed=lambda key: key == "H-1")
    assert [task.business_key for task in first.tasks] == ["H-3", "H-2"]
    assert ([task.business_key for task in rest.tasks], rest.next) == (["H-1"], None)
    assert [task.business_key for task in narrowed.tasks] == ["H-1"]
