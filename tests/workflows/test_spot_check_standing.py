"""Who may hold rounds and who may look at them; what a city's round draws from, and whom it sends."""

from __future__ import annotations

import pytest

from tests.workflows.play import Play
from tests.workflows.rounds import OFFICE, Rounds
from workflows.campaigns.opening import HENAN_2022, campaign_by_code
from workflows.errors import OutOfScope
from workflows.geography.divisions import RegionLevel
from workflows.organisations.tree import committee_for
from workflows.spot_check.candidates import candidates_for
from workflows.spot_check.parameters import DrawParameters
from workflows.spot_check.rounds import RoundPlan, draft_round, round_of
from workflows.spot_check.standing import ensure_may_see, standing_of, visible_rounds

HOLDERS = ["shenganweiban"]
READERS = ["shenji"]
STRANGERS = ["anweiban", "zeren", "jiancha1", "xiaohao"]


@pytest.fixture
def rounds(play: Play) -> Rounds:
    rounds = Rounds(play)
    rounds.wait_for_draw(2)
    return rounds


@pytest.mark.parametrize("account", [*HOLDERS, *READERS, *STRANGERS])
def test_the_office_holds_auditors_read_and_the_visited_know_nothing(rounds: Rounds, account: str) -> None:
    rounds.hold(1)
    with rounds.play.runtime.reading() as uow:
        standing = standing_of(uow.session, account)
        seen = uow.session.scalars(visible_rounds(standing)).all()
        assert standing.holds("/41/") is (account in HOLDERS)
        assert bool(seen) is (account in HOLDERS + READERS)


def test_a_team_and_an_expert_see_the_rounds_that_send_them(rounds: Rounds) -> None:
    drawn = rounds.hold(1)[0]
    with rounds.play.runtime.reading() as uow:
        it = round_of(uow.session, rounds.id)
        for account in (drawn.expert or "", rounds.leader(drawn)):
            standing = standing_of(uow.session, account)
            ensure_may_see(uow.session, standing, it)
            assert not standing.oversees(it.region_path)
        with pytest.raises(OutOfScope):
            ensure_may_see(uow.session, standing_of(uow.session, "zeren"), it)


@pytest.mark.parametrize(("city", "found"), [("4101", 2), ("4103", 0)])
def test_a_city_s_round_draws_in_that_city_only(rounds: Rounds, city: str, found: int) -> None:
    with rounds.play.runtime.reading() as uow:
        plan = RoundPlan(
            campaign_id=campaign_by_code(uow.session, HENAN_2022.code).id,
            name="市级抽查",
            parameters=DrawParameters(sample_size=1),
            committee_id=committee_for(uow.session, city, RegionLevel.CITY).id,
        )
        it = draft_round(uow.session, plan)
        assert it.region_path == f"/41/{city}/"
        assert len(candidates_for(uow.session, it, uow.now)) == found


def test_the_list_names_no_unit_and_cannot_be_followed_from_round_to_round(rounds: Rounds) -> None:
    rounds.plan(1)
    with rounds.play.runtime.reading() as uow:
        found = candidates_for(uow.session, round_of(uow.session, rounds.id), uow.now)
    assert {candidate.unit for _, candidate in found} == {"u1"}


def test_the_office_of_a_county_holds_none(rounds: Rounds) -> None:
    with rounds.play.runtime.reading() as uow:
        assert standing_of(uow.session, "anweiban").offices == ()
        assert standing_of(uow.session, OFFICE).offices[0].region_path == "/41/"
