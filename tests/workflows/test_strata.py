"""What a round's strata are before the list is frozen is what is drawn of them."""

from __future__ import annotations

import pytest

from tests.workflows.play import MAJOR, Play
from tests.workflows.rounds import Rounds
from workflows.hazards.words import Severity
from workflows.spot_check.rounds import round_of
from workflows.spot_check.strata import Strata, strata_of


@pytest.fixture
def rounds(play: Play) -> Rounds:
    rounds = Rounds(play)
    rounds.wait_for_draw(6)
    return rounds


def strata(rounds: Rounds) -> Strata:
    with rounds.play.runtime.reading() as uow:
        return strata_of(uow.session, round_of(uow.session, rounds.id), uow.now)


def test_what_is_shown_before_is_what_is_drawn(rounds: Rounds) -> None:
    rounds.plan(4)
    before = strata(rounds)
    rounds.commit()
    committed = strata(rounds)
    rounds.draw()
    assert before == committed == strata(rounds)
    assert (before.candidates, before.drawn, before.wanted, before.certain) == (6, 4, 4, 0)
    assert [(row.city, row.severity) for row in before.rows] == [("4101", Severity.GENERAL)]


def test_a_stratum_that_is_drawn_whole_is_certain(rounds: Rounds) -> None:
    rounds.plan(6)
    assert strata(rounds).certain == 1


def test_an_empty_list_has_no_strata(play: Play) -> None:
    rounds = Rounds(play)
    play.register(**MAJOR)
    rounds.plan(2)
    assert strata(rounds).rows == []
