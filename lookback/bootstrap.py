"""Wires the whole system once: the settings become a database, an engine and the domain registered with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from engine.clock import Clock, SystemClock
from engine.migrating import forgetting_kept_states, migrating
from engine.operating.counting import counting
from engine.operating.pacing import pacing
from engine.operating.working import batching
from engine.operators import OperatorRegistry
from engine.runtime import Runtime
from engine.scheduler import Duty, Scheduler, forgetting, sweeping
from engine.storage.database import Database
from lookback.directory import directory_of
from lookback.outgoing import mail_server_of, policy_of, retention_of
from lookback.places import places_of
from lookback.settings import Settings
from lookback.tidying import forgetting_deliveries
from lookback.vault import vault_of
from webhooks.channels.letters import Way
from webhooks.channels.outfit import ways
from webhooks.channels.wording import Wording
from webhooks.dispatcher import Dispatcher
from webhooks.models import EndpointKind
from webhooks.sealing import Vault
from webhooks.sending import Sender
from workflows.calendar import WorkingCalendar
from workflows.calendars.in_force import Corrections, CorrectionsInForce
from workflows.drafts import forgetting_drafts
from workflows.errors import CORRECTIONS, INCIDENTS
from workflows.escalation.duties import digesting, releasing
from workflows.expressions import functions
from workflows.ledger.export_jobs import exporting
from workflows.ledger.forgetting import forgetting_jobs
from workflows.ledger.import_jobs import importing
from workflows.ledger.keeping import LedgerFiles
from workflows.operating.working_time import office_hours
from workflows.registration import listeners, register_operators
from workflows.releases import deploying_scheduled
from workflows.statistics.folding import folding
from workflows.timekeeping import QuietHours, Timekeeping
from workflows.trials.proving import proof_by_scenarios
from workflows.trials.replays import replaying
from workflows.trials.stage import Theatre
from workflows.uploads import expiring


@dataclass(frozen=True)
class Application:
    """The wired system; close it when done. `corrections` are those of the calendar in `timekeeping`.

    `theatre` is where drafts are tried, away from the database.
    """

    settings: Settings
    runtime: Runtime
    timekeeping: Timekeeping
    corrections: CorrectionsInForce
    theatre: Theatre

    def scheduler(self) -> Scheduler:
        """A stopped scheduler with everything this node does by the clock."""
        return Scheduler(self._duties())

    def dispatcher(self) -> Dispatcher:
        """What delivers the outbox."""
        policy = policy_of(self.settings.webhooks)
        return Dispatcher(self.runtime.database, self.runtime.clock, policy, self.ways(), self.vault(), places_of)

    def vault(self) -> Vault:
        """What seals and opens the secrets of endpoints and hooks."""
        return vault_of(self.settings)

    def ways(self) -> Mapping[EndpointKind, Way]:
        """The ways out of the house, by the kind of endpoint that they serve."""
        policy, web = policy_of(self.settings.webhooks), self.settings.web
        return ways(
            Sender(policy.reach, policy.limits),
            self.wording(),
            directory_of(self.runtime.database, web.default_language),
            mail_server_of(self.settings.mail),
        )

    def wording(self) -> Wording:
        """The words in which people are told."""
        return Wording(self.settings.web.address, self.settings.zone)

    def close(self) -> None:
        self.runtime.database.close()

    def _duties(self) -> list[Duty]:
        scheduler = self.settings.scheduler
        sweeps, digests = (
            timedelta(seconds=seconds) for seconds in (scheduler.sweep_every_seconds, scheduler.digests_every_seconds)
        )
        return [
            sweeping(self.runtime, every=sweeps, batch=scheduler.batch),
            releasing(self.runtime, every=digests, batch=scheduler.batch),
            digesting(self.runtime, self.timekeeping, every=digests),
            forgetting(self.runtime),
            expiring(self.runtime, self.settings.uploads),
            forgetting_drafts(self.runtime),
            folding(self.runtime, every=timedelta(seconds=scheduler.statistics_every_seconds)),
            deploying_scheduled(self.runtime, every=timedelta(seconds=self.settings.definitions.release_every_seconds)),
            migrating(self.runtime),
            forgetting_kept_states(self.runtime),
            *self._of_ledger(),
            replaying(self.runtime, self.theatre),
            self._dispatching(),
            forgetting_deliveries(self.runtime, retention_of(self.settings.webhooks)),
        ]

    def _of_ledger(self) -> list[Duty]:
        files = LedgerFiles(self.settings.ledger_files)
        return [
            importing(self.runtime, files, self.timekeeping.calendar),
            exporting(self.runtime, files),
            forgetting_jobs(self.runtime, files),
        ]

    def _of_operating(self) -> list[Duty]:
        elapsed = office_hours(self.timekeeping.calendar)
        return [counting(self.runtime), pacing(self.runtime, elapsed), batching(self.runtime)]

    def _dispatching(self) -> Duty:
        every = timedelta(seconds=self.settings.webhooks.dispatch_every_seconds)
        return Duty("webhooks", every, self.dispatcher().dispatch)


def bootstrap(settings: Settings, clock: Clock | None = None) -> Application:
    """Wire the system on its database, which must be migrated before anything is done with it."""
    operators = OperatorRegistry(refusals=INCIDENTS, corrections=CORRECTIONS)
    database = Database(settings.database.url, pool_size=settings.database.pool_size)
    corrections = CorrectionsInForce(database, corrections_of(settings))
    timekeeping = Timekeeping(
        WorkingCalendar(overrides=corrections.days, covered_years=corrections.years, zone=settings.zone),
        quiet_hours(settings),
    )
    register_operators(operators, timekeeping)
    runtime = Runtime(
        database=database,
        clock=clock or SystemClock(),
        operators=operators,
        functions=functions(timekeeping.calendar),
        listeners=listeners(),
    )
    theatre = Theatre(runtime, timekeeping)
    proven = replace(runtime, proofs=(proof_by_scenarios(theatre),))
    return Application(settings, proven, timekeeping, corrections, theatre)


def corrections_of(settings: Settings) -> Corrections:
    """What the settings correct in the calendar; the database may say otherwise above them."""
    calendar = settings.calendar
    days = dict.fromkeys(calendar.working_days, True) | dict.fromkeys(calendar.days_off, False)
    return Corrections(days, frozenset(calendar.covered_years))


def quiet_hours(settings: Settings) -> QuietHours:
    """The hours in which people are left in peace."""
    return QuietHours(settings.escalation.quiet_from, settings.escalation.quiet_until)


def timekeeping_of(settings: Settings) -> Timekeeping:
    """Working days and quiet hours as the settings alone have them, for when there is no database."""
    corrections = corrections_of(settings)
    calendar = WorkingCalendar(overrides=corrections.days, covered_years=corrections.years, zone=settings.zone)
    return Timekeeping(calendar, quiet_hours(settings))
