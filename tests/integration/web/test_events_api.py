"""The types of events and their schemas are open to everyone, and stand in the API's document."""

from __future__ import annotations

from jsonschema import Draft202012Validator

from tests.integration.web.site import Site, body


def test_every_type_is_listed_with_the_address_of_its_schema(site: Site) -> None:
    client = site.visitor().client
    by_name = {it["name"]: it for it in body(client.get("/api/v1/events"))}
    closed = by_name["hazard.closed"]
    assert (closed["version"], closed["key"]) == (1, "hazard")
    answer = client.get(closed["schema"].partition("/api/")[1] + closed["schema"].partition("/api/")[2])
    assert answer.mimetype == "application/schema+json"
    assert answer.json is not None
    assert answer.json["$id"] == closed["schema"]
    Draft202012Validator(answer.json).validate({"hazard": "豫回2022-410105-000001", "by": "anweiban"})


def test_a_type_or_version_that_is_not_there_is_not_found(site: Site) -> None:
    client = site.visitor().client
    assert client.get("/api/v1/events/hazard.closed/v99").status_code == 404
    assert client.get("/api/v1/events/hazard.eaten/v1").status_code == 404


def test_the_apis_document_describes_every_message(site: Site) -> None:
    client = site.visitor().client
    document = body(client.get("/api/v1/openapi.json"))
    assert set(document["webhooks"]) == {it["name"] for it in body(client.get("/api/v1/events"))}
    message = document["webhooks"]["hazard.closed"]["post"]
    assert {it["name"] for it in message["parameters"]} == {"webhook-id", "webhook-timestamp", "webhook-signature"}
    schema = message["requestBody"]["content"]["application/json"]["schema"]
    Draft202012Validator.check_schema(schema)
    assert schema["properties"]["data"]["required"] == ["hazard", "by"]
