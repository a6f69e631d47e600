"""The ledger through the API: register, read, list."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from engine.storage.models import Instance
from tests.integration.web.site import Program, Site, body
from workflows.hazards.models import Hazard
from workflows.organisations.api_tokens import TokenScope


def registration(site: Site, **overrides: Any) -> dict[str, Any]:
    """A registration as JSON."""
    facts = {key: str(value) if key == "found_on" else value for key, value in site.facts().items()}
    return {**facts, **overrides}


def count(site: Site, table: type[Any]) -> int:
    with site.runtime.reading() as uow:
        return uow.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_registered_hazard_gets_a_number_an_address_and_a_process(site: Site) -> None:
    office = site.program("anweiban")
    made = office.post("/hazards", registration(site, due_at="2022-11-30T10:00:00+08:00"))
    assert made.status_code == 201
    read = office.get(made.location.removeprefix("/api/v1"))
    assert body(read) == body(made)
    assert (body(read)["number"], body(read)["stage"]) == ("豫回2022-410105-000001", "self_check")
    assert read.headers["ETag"] == made.headers["ETag"]
    assert count(site, Instance) == 1


def test_the_same_request_with_its_key_registers_once(site: Site) -> None:
    office = site.program("anweiban")
    first, second = (office.post("/hazards", registration(site), Idempotency_Key="k1") for _ in range(2))
    assert (first.status_code, body(first)) == (second.status_code, body(second))
    assert count(site, Hazard) == 1


def test_a_key_used_for_something_else_is_refused_but_another_callers_key_is_another(site: Site) -> None:
    office = site.program("anweiban")
    office.post("/hazards", registration(site), Idempotency_Key="k1")
    changed = office.post("/hazards", registration(site, title="other"), Idempotency_Key="k1")
    assert (changed.status_code, body(changed)["type"]) == (422, "urn:lookback:problem:idempotency-conflict")
    assert site.program("jiancha1").post("/hazards", registration(site), Idempotency_Key="k1").status_code == 201


def test_what_is_wrong_with_a_registration_is_named_by_field(site: Site) -> None:
    office = site.program("anweiban")
    malformed = office.post("/hazards", registration(site, severity="terrible", colour="red"))
    assert malformed.status_code == 422
    assert set(body(malformed)["errors"]) == {"severity", "colour"}
    unknown = office.post("/hazards", registration(site, region_code="999999", severity="major"))
    assert set(body(unknown)["errors"]) == {"region_code", "criterion"}


def test_nobody_registers_outside_their_scope(site: Site) -> None:
    assert site.program(site.stranger()).post("/hazards", registration(site)).status_code == 403
    assert site.program("shenji").post("/hazards", registration(site)).status_code == 403
    assert count(site, Hazard) == 0


def test_the_list_holds_what_the_callers_scope_reaches(site: Site) -> None:
    hazard = site.register()
    assert len(body(site.program("anweiban").get("/hazards"))["items"]) == 1
    stranger = site.program(site.stranger())
    assert body(stranger.get("/hazards"))["items"] == []
    assert stranger.get(f"/hazards/{hazard.number}").status_code == 403


def test_the_list_is_read_page_by_page_without_gap_or_repetition(site: Site) -> None:
    made = [site.register(title=f"hazard {number}").number for number in range(5)]
    office, seen, path = site.program("anweiban"), [], "/hazards?limit=2"
    while path:
        page = body(office.get(path))
        seen += [item["number"] for item in page["items"]]
        path = page.get("next", "").partition("/api/v1")[2]
    assert seen == made[::-1]


def test_filters_narrow_the_list(site: Site) -> None:
    site.register()
    office = site.program("anweiban")
    found = {
        query: len(body(office.get(f"/hazards?{query}"))["items"])
        for query in (
            "stage=self_check",
            "stage=closed",
            "region=4101",
            "region=4102",
            "severity=major",
            "listed=false",
        )
    }
    assert found == {
        "stage=self_check": 1, "stage=closed": 0, "region=4101": 1, "region=4102": 0, "severity=major": 0,
        "listed=false": 1,
    }  # fmt: skip
    assert office.get("/hazards?region=nowhere").status_code == 422


def test_a_cursor_of_another_list_is_refused(site: Site) -> None:
    for _ in range(2):
        site.register()
    person = site.program("zeren")
    cursor = body(person.get("/tasks?limit=1"))["next"].partition("after=")[2]
    assert body(person.get(f"/hazards?after={cursor}"))["type"] == "urn:lookback:problem:invalid-cursor"


def test_a_token_is_held_to_its_scopes(site: Site) -> None:
    reader = site.program("anweiban", TokenScope.HAZARDS_READ)
    assert reader.get("/hazards").status_code == 200
    refused = reader.post("/hazards", registration(site))
    assert (refused.status_code, body(refused)["type"]) == (403, "urn:lookback:problem:scope-missing")


def test_a_caller_without_a_valid_token_is_told_how_to_sign_in(site: Site) -> None:
    refused = Program(site.app.test_client(), "lb_wrong").get("/hazards")
    assert (refused.status_code, refused.mimetype) == (401, "application/problem+json")
    assert refused.headers["WWW-Authenticate"] == "Bearer"
    assert body(refused)["status"] == 401


def test_a_session_may_read_and_needs_its_csrf_token_to_change(site: Site) -> None:
    session = site.browser("anweiban").client
    assert session.get("/api/v1/hazards").status_code == 200
    assert session.post("/api/v1/hazards", json=registration(site)).status_code == 400
