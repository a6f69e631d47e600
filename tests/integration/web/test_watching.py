"""What those who watch over the system ask: alive, ready, metrics, and the API's own document."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from tests.integration.web.site import Site, body

METHODS = {"get", "post", "put", "patch", "delete"}


def test_a_live_process_says_so_to_anybody(site: Site) -> None:
    assert body(site.visitor().get("/healthz")) == {"status": "alive"}


def test_a_node_is_ready_when_its_database_is_migrated_and_its_sweep_keeps_up(site: Site) -> None:
    ready = site.visitor().get("/readyz")
    assert (ready.status_code, body(ready)["checks"]) == (200, {"database": True, "migrations": True, "sweep": True})


def test_a_node_on_an_unmigrated_database_is_not_ready(site: Site) -> None:
    with site.runtime.unit_of_work() as uow:
        uow.session.execute(text("DELETE FROM alembic_version"))
    ready = site.visitor().get("/readyz")
    assert (ready.status_code, body(ready)["checks"]["migrations"]) == (503, False)


def test_metrics_count_the_open_tasks_and_time_the_requests(site: Site) -> None:
    site.register()
    visitor = site.visitor()
    visitor.get("/healthz")
    exposition = visitor.get("/metrics").text
    assert "lookback_open_tasks 1.0" in exposition
    assert "lookback_deliveries_pending 0.0" in exposition
    assert "lookback_endpoints_switched_off 0.0" in exposition
    assert 'endpoint="health.alive",method="GET",status="200"' in exposition


def test_metrics_are_for_this_machine_only_unless_a_token_opens_them(site: Site) -> None:
    elsewhere = {"REMOTE_ADDR": "203.0.113.7"}
    assert site.visitor().client.get("/metrics", environ_overrides=elsewhere).status_code == 403


@pytest.fixture
def document(site: Site) -> dict[str, Any]:
    return body(site.visitor().get("/api/v1/openapi.json"))


def test_the_api_describes_itself_in_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {
        "/api/v1/batches",
        "/api/v1/batches/{batch_id}",
        "/api/v1/batches/{batch_id}/stop",
        "/api/v1/definitions",
        "/api/v1/definitions/{process_id}/suspension",
        "/api/v1/deployments",
        "/api/v1/deployments/lint",
        "/api/v1/endpoints",
        "/api/v1/endpoints/{endpoint_id}",
        "/api/v1/endpoints/{endpoint_id}/deliveries",
        "/api/v1/endpoints/{endpoint_id}/disable",
        "/api/v1/endpoints/{endpoint_id}/enable",
        "/api/v1/endpoints/{endpoint_id}/ping",
        "/api/v1/endpoints/{endpoint_id}/replay",
        "/api/v1/endpoints/{endpoint_id}/rotate",
        "/api/v1/events",
        "/api/v1/events/{name}/v{version}",
        "/api/v1/files",
        "/api/v1/hazards",
        "/api/v1/hazards/{number}",
        "/api/v1/hooks/{name}",
        "/api/v1/instances",
        "/api/v1/instances/{instance_id}",
        "/api/v1/instances/{instance_id}/cancel",
        "/api/v1/instances/{instance_id}/path",
        "/api/v1/instances/{instance_id}/resume",
        "/api/v1/instances/{instance_id}/suspend",
        "/api/v1/messages",
        "/api/v1/migrations",
        "/api/v1/migrations/{migration_id}",
        "/api/v1/migrations/{migration_id}/cancel",
        "/api/v1/migrations/{migration_id}/instances",
        "/api/v1/migrations/{migration_id}/mapping",
        "/api/v1/migrations/{migration_id}/pause",
        "/api/v1/migrations/{migration_id}/run",
        "/api/v1/migrations/{migration_id}/undo",
        "/api/v1/releases",
        "/api/v1/releases/rollback",
        "/api/v1/releases/{release_id}",
        "/api/v1/releases/{release_id}/approve",
        "/api/v1/releases/{release_id}/comparison",
        "/api/v1/releases/{release_id}/decline",
        "/api/v1/releases/{release_id}/deploy",
        "/api/v1/releases/{release_id}/schedule",
        "/api/v1/releases/{release_id}/withdraw",
        "/api/v1/tasks",
        "/api/v1/tasks/{task_id}",
        "/api/v1/tasks/{task_id}/claim",
        "/api/v1/tasks/{task_id}/complete",
        "/api/v1/tasks/{task_id}/delegate",
        "/api/v1/tasks/{task_id}/unclaim",
    }


def test_every_reference_of_the_document_leads_somewhere(document: dict[str, Any]) -> None:
    references = set(_references(document))
    assert references
    for reference in references:
        place: Any = document
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]


def test_every_operation_is_explained_secured_and_answers_errors_as_problems(document: dict[str, Any]) -> None:
    for operation in _operations(document):
        assert operation["summary"]
        assert operation["tags"]
        assert any(code.startswith("2") for code in operation["responses"])
        assert operation["responses"]["default"] == {"$ref": "#/components/responses/DEFAULT_ERROR"}
    error = document["components"]["responses"]["DEFAULT_ERROR"]["content"]
    assert list(error) == ["application/problem+json"]
    assert document["security"] == [{"token": []}, {"session": []}]


def _operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for path in document["paths"].values() for name, operation in path.items() if name in METHODS]


def _references(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
        return own + [found for inner in part.values() for found in _references(inner)]
    return [found for inner in part for found in _references(inner)] if isinstance(part, list) else []
