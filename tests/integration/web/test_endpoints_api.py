"""Programs register endpoints, change, try and switch them, and have sent again what was given up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine.events import publish
from engine.storage.models import OutboxEvent
from lookback.places import places_of
from tests.integration.web.site import Program, Site, body
from webhooks.fanning_out import fan_out
from webhooks.models import Delivery, DeliveryStatus, Endpoint
from webhooks.places import Place, nowhere
from workflows.audit.models import AuditKind, AuditRecord
from workflows.cast.sign_ins import DEMO_SECTOR
from workflows.organisations.api_tokens import TokenScope
from workflows.organisations.models import Organisation

NOTICE = {
    "recipient": "zeren", "notice": 1, "task": 1, "step": "due", "due_at": "2022-12-02T10:00:00+00:00", "urgent": False,
    "can_act": True,
}  # fmt: skip
DIGEST = {"digest": 1, "recipient": "zeren", "day": "2022-12-02", "count": 0, "notices": []}
HOOK = {"url": "https://example.org/hook", "event_types": ["hazard.*"], "description": "省级平台"}


def test_an_endpoint_is_registered_and_only_the_answer_has_its_secret(site: Site) -> None:
    program = site.program("guanli")
    answer = program.post("/endpoints", {**HOOK, "region": "4101", "sectors": ["town_gas"]})
    registered = body(answer)
    assert (answer.status_code, answer.headers["ETag"]) == (201, '"0"')
    assert registered["secret"].startswith("whsec_")
    assert (registered["region"], registered["sectors"], registered["owner"]) == ("4101", ["town_gas"], "guanli")
    assert "secret" not in body(program.get(f"/endpoints/{registered['id']}"))
    with site.runtime.reading() as uow:
        stored = uow.session.scalars(select(Endpoint)).one()
        assert registered["secret"] not in stored.secret
        assert uow.session.scalar(select(AuditRecord.kind)) is AuditKind.CHANNEL_OPENED


def test_the_same_registration_again_is_the_same_endpoint(site: Site) -> None:
    program = site.program("guanli")
    first, second = (body(program.post("/endpoints", HOOK, Idempotency_Key="once")) for _ in range(2))
    assert first == second
    assert len(body(program.get("/endpoints"))) == 1
    assert program.post("/endpoints", {**HOOK, "description": "别的"}, Idempotency_Key="once").status_code == 422


def test_what_cannot_be_used_is_told_as_a_problem(site: Site) -> None:
    program = site.program("guanli")
    wrong: list[tuple[dict[str, Any], str]] = [
        ({**HOOK, "url": "http://example.org/"}, "webhooks.http_hosts"),
        ({**HOOK, "event_types": ["*.closed"]}, "no event type"),
        ({**HOOK, "region": "99"}, "no region"),
        ({**HOOK, "kind": "pigeon"}, "errors"),
        ({**HOOK, "sectors": ["alchemy"]}, "errors"),
    ]
    for asked, said in wrong:
        answer = program.post("/endpoints", asked)
        assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
        assert said in answer.text


def test_an_endpoint_is_changed_by_whoever_saw_its_latest_version(site: Site) -> None:
    program = site.program("guanli")
    address = f"/endpoints/{_registered(program)}"
    changed = program.put(address, {"event_types": ["task.*"], "region": "4103"}, If_Match='"0"')
    assert (changed.status_code, body(changed)["event_types"], body(changed)["region"]) == (200, ["task.*"], "4103")
    assert program.put(address, {"event_types": ["*"]}, If_Match='"0"').status_code == 412
    assert program.put(address, {"event_types": ["*"]}).status_code == 428


def test_an_endpoint_is_switched_off_and_on_and_gets_a_fresh_secret(site: Site) -> None:
    program = site.program("guanli")
    address = f"/endpoints/{_registered(program)}"
    off = body(program.post(f"{address}/disable", {"because": "they asked for it"}))
    assert off["disabled_because"] == "they asked for it"
    assert program.post(f"{address}/disable", {"because": "again"}).status_code == 409
    assert body(program.post(f"{address}/enable"))["disabled_at"] is None
    secrets = [body(program.post(f"{address}/rotate", Idempotency_Key=key))["secret"] for key in ("a", "a", "b")]
    assert secrets[0] == secrets[1] != secrets[2]


def test_a_test_message_that_is_not_taken_says_why(site: Site) -> None:
    program = site.program("guanli")
    assert body(program.post(f"/endpoints/{_registered(program)}/ping", {})) == {
        "taken": False,
        "error": "there are no settings for hook",
    }


def test_dead_letters_are_listed_and_sent_again_one_many_or_by_time(site: Site) -> None:
    program = site.program("guanli")
    endpoint = _registered(program)
    began = site.clock.now()
    given_up = _given_up(site, 5)
    dead = body(program.get(f"/endpoints/{endpoint}/deliveries?status=dead&limit=3"))
    assert [it["id"] for it in dead["items"]] == given_up[:1:-1]
    assert "next" in dead
    assert _again(program, endpoint, deliveries=given_up[:1]) == 1
    assert _again(program, endpoint, since=(began - timedelta(hours=1)).isoformat(), until=began.isoformat()) == 0
    assert _again(program, endpoint, since=began.isoformat(), until=(began + timedelta(hours=1)).isoformat()) == 4
    _give_up(site)
    assert _again(program, endpoint, dead=True) == 5
    assert program.post(f"/endpoints/{endpoint}/replay", {"dead": True, "deliveries": [1]}).status_code == 422
    assert program.post(f"/endpoints/{endpoint}/replay", {"deliveries": given_up}).status_code == 409


def test_what_is_of_another_endpoint_is_not_sent_again(site: Site) -> None:
    program = site.program("guanli")
    _registered(program)
    [delivery] = _given_up(site, 1)
    other = _registered(program)
    assert program.post(f"/endpoints/{other}/replay", {"deliveries": [delivery]}).status_code == 404
    assert program.get("/endpoints/99/deliveries").status_code == 404


def test_only_an_administrators_token_with_the_scope_may(site: Site) -> None:
    assert site.program("anweiban").get("/endpoints").status_code == 403
    reader = site.program("guanli", TokenScope.ENDPOINTS_READ)
    assert reader.get("/endpoints").status_code == 200
    assert reader.post("/endpoints", HOOK).status_code == 403
    assert site.visitor().get("/api/v1/endpoints").status_code == 401


@pytest.mark.parametrize(
    ("confined", "hears"),
    [
        ({"region": "4101"}, True),
        ({"region": "4101", "sectors": [DEMO_SECTOR.value]}, True),
        ({"region": "4103"}, False),
        ({"sectors": ["coal_mines"]}, False),
    ],
)
def test_an_endpoint_hears_of_hazards_in_its_places_only(site: Site, confined: dict[str, Any], hears: bool) -> None:
    site.program("guanli").post("/endpoints", {**HOOK, "event_types": ["*"], **confined})
    hazard = site.register()
    with site.runtime.unit_of_work() as uow:
        publish(uow, "notice.delivered", "zeren", {**NOTICE, "hazard": hazard.number})
        publish(uow, "digest.delivered", "zeren", DIGEST)
        uow.session.flush()
        fan_out(uow, places_of, limit=100)
        told = uow.session.scalars(select(OutboxEvent.type).join(Delivery, Delivery.event_id == OutboxEvent.id)).all()
    assert ("hazard.registered" in told) is hears
    assert "digest.delivered" not in told


def test_a_zero_report_belongs_to_its_organisations_place(site: Site) -> None:
    with site.runtime.unit_of_work() as uow:
        organisation = uow.session.scalars(select(Organisation).where(Organisation.sector.is_not(None))).first()
        assert organisation is not None
        facts = {"campaign": 1, "organisation": organisation.id, "first_day": "2022-11-08", "period": "day"}
        publish(uow, "zero_report.declared", f"organisation-{organisation.id}", facts)
        uow.session.flush()
        [event] = uow.session.scalars(select(OutboxEvent).where(OutboxEvent.type == "zero_report.declared"))
        assert places_of(uow.session, [event]) == {
            event.id: Place(organisation.region_path, str(organisation.sector.value if organisation.sector else ""))
        }


def _registered(program: Program) -> int:
    return body(program.post("/endpoints", HOOK))["id"]


def _given_up(site: Site, how_many: int) -> list[int]:
    with site.runtime.unit_of_work() as uow:
        for number in range(how_many):
            publish(uow, "hazard.closed", f"H-{number}", {"hazard": f"H-{number}", "by": "anweiban"})
        uow.session.flush()
        fan_out(uow, nowhere, limit=100)
    return _give_up(site)


def _give_up(site: Site) -> list[int]:
    with site.runtime.unit_of_work() as uow:
        for delivery in uow.session.scalars(select(Delivery)):
            delivery.status, delivery.ended_at = DeliveryStatus.DEAD, uow.now
        return list(uow.session.scalars(select(Delivery.id).order_by(Delivery.id)))


def _again(program: Program, endpoint: int, **what: Any) -> int:
    return body(program.post(f"/endpoints/{endpoint}/replay", what))["again"]
