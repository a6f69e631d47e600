"""The draw in public: three acts in their order, each once, and what anybody may look up."""

from __future__ import annotations

import json

import pytest

from tests.integration.web.spot_check.conftest import Desk, twice
from tests.workflows.rounds import OFFICE
from workflows.spot_check.models import RoundStatus
from workflows.spot_check.proof import verify_draw

SPOKEN = {"words": " 七、十二、三十一 ", "witnesses": "王纪检\n李代表\n"}


@pytest.fixture
def planned(desk: Desk) -> Desk:
    desk.rounds.wait_for_draw(4)
    desk.rounds.plan(2)
    return desk


def code(desk: Desk) -> str:
    return f"henan-2022-{desk.rounds.id}"


def test_a_draw_is_held_on_one_page(planned: Desk) -> None:
    office = planned.browser(OFFICE)
    office.get(f"{planned.address}/draw")
    assert (
        office.post(f"{planned.address}/commit", expected_version=office.hidden("expected_version")).status_code == 302
    )
    page = office.get(f"{planned.address}/draw").text
    assert page.count("<code>") == 3
    assert f"https://hkt.example.gov.cn/spot-checks/public/{code(planned)}" in page
    assert "<svg" in page
    spoken = {**SPOKEN, "expected_version": office.hidden("expected_version")}
    assert office.post(f"{planned.address}/draw", **spoken).status_code == 302
    page = office.get(f"{planned.address}/draw?drawn=now").text
    assert "七、十二、三十一" in page
    assert page.count('<li><span class="number">') == 2


def test_each_act_is_done_once(planned: Desk) -> None:
    office = planned.browser(OFFICE)
    office.get(f"{planned.address}/draw")
    seen = office.hidden("expected_version")
    assert twice(office, f"{planned.address}/commit", expected_version=seen) == (302, 409)
    office.get(f"{planned.address}/draw")
    seen = office.hidden("expected_version")
    assert twice(office, f"{planned.address}/draw", **SPOKEN, expected_version=seen) == (302, 409)
    assert planned.rounds.round().status is RoundStatus.DRAWN


@pytest.mark.parametrize("missing", ["words", "witnesses"])
def test_words_and_witnesses_are_needed(planned: Desk, missing: str) -> None:
    planned.rounds.commit()
    office = planned.browser(OFFICE)
    office.get(f"{planned.address}/draw")
    answer = office.post(f"{planned.address}/draw", **{**SPOKEN, missing: " "})
    assert answer.status_code == 422
    assert f'id="error-{missing}"' in answer.text
    assert planned.rounds.round().status is RoundStatus.COMMITTED


def test_an_empty_list_is_not_frozen(desk: Desk) -> None:
    desk.rounds.plan(2)
    office = desk.browser(OFFICE)
    office.get(f"{desk.address}/draw")
    assert office.post(f"{desk.address}/commit").status_code == 422


def test_a_stranger_sees_the_hashes_before_and_the_proof_after(planned: Desk) -> None:
    stranger = planned.visitor()
    assert stranger.get(f"/spot-checks/public/{code(planned)}").status_code == 404
    promised = planned.rounds.commit()
    page = stranger.get(f"/spot-checks/public/{code(planned)}").text
    assert all(each in page for each in (promised.seed_hash, promised.frame_hash, promised.parameters_hash))
    assert stranger.get(f"/spot-checks/public/{code(planned)}/proof.json").status_code == 404
    planned.rounds.draw()
    assert stranger.get(f"/spot-checks/public/{code(planned)}").status_code == 200
    proof = json.loads(stranger.get(f"/spot-checks/public/{code(planned)}/proof.json").text)
    assert verify_draw(proof) == []
    assert proof["commitment"]["seed_hash"] == promised.seed_hash


def test_what_is_public_tells_nothing_of_the_hazards_themselves(planned: Desk) -> None:
    planned.rounds.hold(2)
    hazard = planned.rounds.play.hazard()
    stranger = planned.visitor()
    for path in (
        "/spot-checks/public/",
        f"/spot-checks/public/{code(planned)}",
        f"/spot-checks/public/{code(planned)}/proof.json",
    ):
        told = stranger.get(path).text
        for secret in (
            hazard.title,
            hazard.description,
            hazard.unit_name,
            "综合抽查组",
            hazard.responsible_name or "—",
        ):
            assert secret == "—" or secret not in told


def test_the_secret_seed_is_on_no_page_before_the_draw(planned: Desk) -> None:
    planned.rounds.commit()
    with planned.runtime.reading() as uow:
        seed = uow.session.merge(planned.rounds.round(), load=False).seed
    assert seed is not None
    pages = (planned.address, f"{planned.address}/draw", f"/spot-checks/public/{code(planned)}")
    assert not any(seed.hex() in planned.browser(OFFICE).get(page).text for page in pages)


@pytest.mark.parametrize("code", ["henan-2022-999", "henan-2022-x", "other-1", "henan-2022-99999999999999999999"])
def test_an_unknown_code_is_answered_plainly(desk: Desk, code: str) -> None:
    assert desk.visitor().get(f"/spot-checks/public/{code}").status_code == 404


def test_anybody_may_open_the_check(desk: Desk) -> None:
    assert desk.visitor().get("/spot-checks/public/verify").status_code == 200
    assert desk.visitor().get("/spot-checks/public/").status_code == 200


@pytest.mark.parametrize("act", ["commit", "draw", "assign", "end"])
def test_only_the_office_acts(planned: Desk, act: str) -> None:
    for account in ("anweiban", "shenji"):
        visitor = planned.browser(account)
        visitor.get("/inbox")
        assert visitor.post(f"{planned.address}/{act}", **SPOKEN).status_code == 403
    assert planned.rounds.round().status is RoundStatus.PLANNED
