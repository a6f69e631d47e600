"""Teams are sent, others sent by hand, the itinerary is arranged, and the round ends when all is inspected."""

from __future__ import annotations

from datetime import date
from html import unescape

import pytest
from sqlalchemy import select

from engine import jobs
from tests.integration.web.spot_check.conftest import Desk, twice
from tests.workflows.rounds import OFFICE, Rounds
from workflows.spot_check.models import RoundStatus, SampledHazard
from workflows.spot_check.placing import Seat, seats_for
from workflows.spot_check.progress import hindrances
from workflows.spot_check.rounds import round_of


@pytest.fixture
def drawn(desk: Desk) -> Desk:
    desk.rounds.wait_for_draw(3)
    desk.rounds.plan(1)
    desk.rounds.commit()
    desk.rounds.draw()
    return desk


@pytest.fixture
def sent(drawn: Desk) -> Desk:
    drawn.rounds.assign()
    return drawn


def sampled(desk: Desk) -> SampledHazard:
    return desk.rounds.sampled()[0]


def allowed_seat(rounds: Rounds) -> Seat:
    with rounds.play.runtime.reading() as uow:
        it = round_of(uow.session, rounds.id)
        [open_one] = hindrances(uow.session, it, limit=1)
        seats = seats_for(uow.session, it, open_one)
    return next(seat for seat in seats if seat.refusal is None and seat.team.id != open_one.sampled.team_id)


def test_the_office_sends_the_teams_out_once(drawn: Desk) -> None:
    office = drawn.browser(OFFICE)
    office.get(drawn.address)
    seen = office.hidden("expected_version")
    assert twice(office, f"{drawn.address}/assign", expected_version=seen) == (302, 409)
    jobs.drain(drawn.runtime)
    assert drawn.rounds.round().status is RoundStatus.ASSIGNED
    page = office.get(drawn.address).text
    assert "综合抽查组" in page
    assert "待专家出具意见" in page


def test_each_drawn_hazard_says_who_was_sent_and_why(sent: Desk) -> None:
    page = sent.browser(OFFICE).get(f"{sent.address}/hazards/{sampled(sent).id}").text
    assert sampled(sent).reason in page
    assert "专业不符" in page
    assert sent.browser(sampled(sent).expert or "").get(f"{sent.address}/hazards/{sampled(sent).id}").status_code == 403


def test_others_are_sent_by_hand_for_a_reason(sent: Desk) -> None:
    office, address = sent.browser(OFFICE), f"{sent.address}/hazards/{sampled(sent).id}"
    office.get(address)
    seat, seen = allowed_seat(sent.rounds), office.hidden("seen")
    refused = office.post(address, seat=seat.key, seen=seen, reason="")
    assert (refused.status_code, 'id="error-reason"' in refused.text) == (422, True)
    assert twice(office, address, seat=seat.key, seen=seen, reason="专家住院") == (302, 409)
    jobs.drain(sent.runtime)
    assert (sampled(sent).expert, sampled(sent).by_hand) == (seat.expert.account, True)
    assert "专家住院" in office.get(sent.address).text


def test_a_team_sees_its_itinerary_and_arranges_it(sent: Desk) -> None:
    leader = sent.browser(sent.rounds.leader(sampled(sent)))
    address = f"{sent.address}/itineraries/{sampled(sent).team_id}"
    page = leader.get(address).text
    assert "/tasks/" in page
    laid = leader.post(address, first_day="2022-11-10", per_day="4", expected_version="0")
    assert laid.status_code == 302
    assert sampled(sent).visit_on == date(2022, 11, 10)
    leader.get(address)
    moved = {f"day-{sampled(sent).id}": "2022-11-11", f"place-{sampled(sent).id}": "1"}
    assert twice(leader, f"{address}/order", **moved, expected_version="1") == (302, 409)
    assert sampled(sent).visit_on == date(2022, 11, 11)


def test_a_wrong_first_day_stands_beside_its_field(sent: Desk) -> None:
    leader = sent.browser(sent.rounds.leader(sampled(sent)))
    address = f"{sent.address}/itineraries/{sampled(sent).team_id}"
    leader.get(address)
    answer = leader.post(address, first_day="2021-01-01", per_day="x", expected_version="0")
    assert answer.status_code == 422
    assert all(f'id="error-{field}"' in answer.text for field in ("first_day", "per_day"))


def test_the_copy_to_take_along_is_kept_by_the_browser(sent: Desk) -> None:
    leader = sent.browser(sent.rounds.leader(sampled(sent)))
    answer = leader.get(f"{sent.address}/itineraries/{sampled(sent).team_id}/pocket")
    assert answer.headers["Cache-Control"].startswith("private, max-age=")
    assert "Vary" not in answer.headers
    assert sampled(sent).number in answer.text


def test_another_team_s_itinerary_stays_closed(sent: Desk) -> None:
    address = f"{sent.address}/itineraries/{sampled(sent).team_id}"
    assert sent.browser("zeren").get(address).status_code == 403
    expert = sent.browser(sampled(sent).expert or "")
    expert.get(address)
    assert expert.post(address, first_day="2022-11-10", per_day="4").status_code == 403


def test_a_round_ends_when_all_is_inspected_and_says_before_what_hinders_it(sent: Desk) -> None:
    office = sent.browser(OFFICE)
    page = unescape(office.get(sent.address).text)
    assert "影响本轮结束的隐患" in page
    refused = office.post(f"{sent.address}/end", expected_version=office.hidden("expected_version"))
    assert refused.status_code == 422
    sent.rounds.inspect(sampled(sent))
    office.get(sent.address)
    assert office.post(f"{sent.address}/end", expected_version=office.hidden("expected_version")).status_code == 302
    assert sent.rounds.round().status is RoundStatus.ENDED


def test_lists_are_narrowed_and_paged(desk: Desk) -> None:
    desk.rounds.wait_for_draw(5)
    desk.rounds.hold(5)
    office = desk.browser(OFFICE)
    first = office.get(desk.address).text
    assert first.count("/hazards/") >= 3
    assert "after=" in first
    assert office.get(f"{desk.address}?which=inspected").text.count('<th scope="row" class="number">') == 0
    assert office.get(f"{desk.address}?which=open").text.count('<th scope="row" class="number">') == 3


def test_teams_are_formed_on_their_pages(desk: Desk) -> None:
    office = desk.browser(OFFICE)
    assert "省第一综合抽查组" in office.get("/spot-checks/teams").text
    founded = office.post("/spot-checks/teams", name="省机动抽查组")
    assert founded.status_code == 302
    office.get(founded.location)
    joined = office.post(f"{founded.location}/members", account="jiancha1", role="team_leader")
    assert joined.status_code == 302
    office.get(founded.location)
    wrong = office.post(f"{founded.location}/members", account="jiancha2", role="expert")
    assert (wrong.status_code, 'id="error-specialities"' in wrong.text) == (422, True)
    left = office.post(f"{founded.location}/members/leave", account="jiancha1", role="team_leader")
    assert left.status_code == 302


def test_a_member_for_whom_hazards_wait_stays(sent: Desk) -> None:
    office = sent.browser(OFFICE)
    address = f"/spot-checks/teams/{sampled(sent).team_id}"
    office.get(address)
    answer = office.post(f"{address}/members/leave", account=sampled(sent).expert, role="expert")
    assert answer.status_code == 422
    with sent.runtime.reading() as uow:
        assert uow.session.scalar(select(SampledHazard.expert)) == sampled(sent).expert
