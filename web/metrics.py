"""Prometheus metrics: how long requests take, and how much work waits in the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import func, select

from engine.runtime import UnitOfWork
from engine.storage.models import Job, OutboxEvent, TaskStatus, UserTask
from web.settings import WebSettings
from web.wiring import post_office, runtime

KEY = "metrics"
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


def set_up_metrics(app: Flask, _settings: WebSettings) -> None:
    """Time every request, and keep a registry of this application's own."""
    registry = CollectorRegistry()
    registry.register(_WaitingWork())
    durations = Histogram(
        "lookback_request_duration_seconds", "Time to answer a request",
        ("method", "endpoint", "status"), registry=registry, buckets=BUCKETS,
    )  # fmt: skip
    app.extensions[KEY] = registry

    @app.before_request
    def start() -> None:
        g.started = perf_counter()

    @app.after_request
    def observe(response: Response) -> Response:
        endpoint = request.endpoint or "none"
        elapsed = perf_counter() - g.get("started", perf_counter())
        durations.labels(request.method, endpoint, response.status_code).observe(elapsed)
        return response


def exposition(app: Flask) -> bytes:
    """All metrics in Prometheus' text format."""
    registry: CollectorRegistry = app.extensions[KEY]
    return generate_latest(registry)


@dataclass(frozen=True)
class Backlog:
    """What waits at one moment. `outbox_lag` is the age of the oldest undelivered event, in seconds."""

    open_tasks: int
    due_jobs: int
    undelivered: int
    outbox_lag: float


def backlog(uow: UnitOfWork) -> Backlog:
    """Count what waits: open tasks, jobs that are due, and events that nobody has delivered."""
    open_tasks = select(func.count()).select_from(UserTask).where(UserTask.status == TaskStatus.OPEN)
    due_jobs = select(func.count()).select_from(Job).where(~Job.paused, Job.due_at <= uow.now)
    outbox = select(func.count(), func.min(OutboxEvent.at)).where(OutboxEvent.delivered_at.is_(None))
    undelivered, oldest = uow.session.execute(outbox).one()
    return Backlog(
        open_tasks=uow.session.scalar(open_tasks) or 0,
        due_jobs=uow.session.scalar(due_jobs) or 0,
        undelivered=undelivered,
        outbox_lag=max((uow.now - oldest).total_seconds(), 0.0) if oldest else 0.0,
    )


class _WaitingWork(Collector):
    """Asks the database when the scraper asks us."""

    def describe(self) -> Iterator[GaugeMetricFamily]:
        return iter(())

    def collect(self) -> Iterator[GaugeMetricFamily]:
        with runtime().reading() as uow:
            waiting, standing = backlog(uow), post_office().standing(uow)
            age = 0.0 if standing.kept_since is None else (uow.now - standing.kept_since).total_seconds()
            since = standing.pending_since
            delay = 0.0 if since is None else max((uow.now - since).total_seconds(), 0.0)
        yield GaugeMetricFamily("lookback_open_tasks", "User tasks that wait for a person", waiting.open_tasks)
        yield GaugeMetricFamily("lookback_due_jobs", "Timers and retries that are due", waiting.due_jobs)
        yield GaugeMetricFamily("lookback_outbox_undelivered", "Events not yet delivered", waiting.undelivered)
        yield GaugeMetricFamily(
            "lookback_outbox_lag_seconds", "Age of the oldest undelivered event", waiting.outbox_lag
        )
        yield GaugeMetricFamily("lookback_outbox_age_seconds", "Age of the oldest event that is kept", age)
        yield GaugeMetricFamily("lookback_deliveries_pending", "Deliveries under way or waiting", standing.pending)
        yield GaugeMetricFamily("lookback_deliveries_lag_seconds", "Age of the oldest pending delivery's event", delay)
        yield GaugeMetricFamily("lookback_deliveries_dead", "Deliveries that were given up", standing.dead)
        yield GaugeMetricFamily("lookback_endpoints_switched_off", "Endpoints that are off", len(standing.switched_off))
