"""The doctor: looks at everything a working installation needs, and says of each fault what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from engine.definitions import Severity, check
from engine.jobs import next_due_at
from engine.storage.migrate import is_current
from lookback.bootstrap import Application
from lookback.definitions import NoDefinitions, deployed_files, difference, files_in
from lookback.migrations import BRANCHES
from lookback.secret_key import is_private, secret_file
from lookback.settings import Settings
from lookback.vault import keys_file
from webhooks.resealing import unopenable
from webhooks.sealing import Vault
from webhooks.standing import standing
from workflows.errors import CalendarNotCovered
from workflows.statistics.sounding import sound

CLOCK_TOLERANCE = timedelta(seconds=5)
SWEEP_TOLERANCE = timedelta(minutes=5)
DELIVERY_TOLERANCE = timedelta(hours=1)
LOOK_AHEAD = timedelta(days=90)
EARLIEST_SENSIBLE_YEAR = 2022


@dataclass(frozen=True)
class Finding:
    """The result of one check; `remedy` says what to do and is empty when all is well."""

    subject: str
    detail: str
    remedy: str = ""

    @property
    def is_well(self) -> bool:
        return not self.remedy


def examine(application: Application) -> Iterator[Finding]:
    """One finding for each thing an installation needs; checks that need a failed one are left out."""
    yield Finding("configuration", "every key is known and has a sensible value")
    yield _secret(application.settings)
    yield (files := _definition_files(application))
    yield (database := _database(application))
    if not database.is_well:
        return
    yield _clock(application)
    yield (migrations := _migrations(application.settings))
    if migrations.is_well:
        yield _calendar(application)
        yield _due_work(application)
        yield _statistics(application)
        yield _secrets_of_endpoints(application)
        yield _deliveries(application)
        if files.is_well:
            yield _deployment(application)


def _secret(settings: Settings) -> Finding:
    if settings.web.secret_key is not None:
        return Finding("secret", "the signing key is set in the environment")
    file = secret_file(settings)
    if not file.exists():
        return Finding("secret", f"a signing key will be made in {file} at first start")
    if not is_private(file):
        return Finding("secret", f"others can read {file}", f"chmod 600 {file}, or delete it to have a new key made")
    return Finding("secret", f"the signing key stands in {file}, readable by its owner only")


def _calendar(application: Application) -> Finding:
    calendar, now = application.timekeeping.calendar, application.runtime.clock.now()
    until = calendar.local_date(now + LOOK_AHEAD)
    try:
        calendar.is_working_day(calendar.local_date(now))
        calendar.is_working_day(until)
    except CalendarNotCovered as missing:
        return Finding("calendar", f"working days of {missing.year} are not known", str(missing))
    return Finding("calendar", f"working days are known until the end of {until.year}")


def _definition_files(application: Application) -> Finding:
    folder = application.settings.definitions.folder
    try:
        problems = check(files_in(folder), application.runtime)
    except NoDefinitions as none:
        return Finding("definition files", str(none), "set definitions.folder to the folder of your diagrams")
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    if errors:
        return Finding("definition files", f"{errors} errors in {folder}", "lookback definitions lint names each")
    return Finding("definition files", f"no errors in {folder}")


def _database(application: Application) -> Finding:
    url = application.runtime.database.engine.url.render_as_string(hide_password=True)
    try:
        with application.runtime.database.reading() as session:
            session.execute(select(1))
    except SQLAlchemyError as unreachable:
        reason = str(unreachable.__cause__ or unreachable).strip()
        return Finding("database", f"{url}: {reason}", "start the database, or correct database.url")
    return Finding("database", f"{url} answers")


def _clock(application: Application) -> Finding:
    ours = application.runtime.clock.now()
    if ours.year < EARLIEST_SENSIBLE_YEAR:
        return Finding("clock", f"this machine believes it is {ours:%Y-%m-%d}", "set the machine's clock")
    apart = abs(_database_time(application, ours) - ours)
    if apart > CLOCK_TOLERANCE:
        detail = f"this machine and the database are {apart.total_seconds():.0f} seconds apart"
        return Finding("clock", detail, "synchronise both machines, e.g. with NTP")
    zone = application.settings.zone
    return Finding("clock", f"it is {ours.astimezone(zone):%Y-%m-%d %H:%M} in {zone.key}")


def _database_time(application: Application, ours: datetime) -> datetime:
    if application.runtime.database.is_sqlite:  # it runs in this process and has no clock of its own
        return ours
    with application.runtime.database.reading() as session:
        return (session.scalar(select(func.clock_timestamp())) or ours).astimezone(UTC)


def _migrations(settings: Settings) -> Finding:
    if is_current(settings.database.url, BRANCHES):
        return Finding("migrations", "the database is at the present schema")
    return Finding("migrations", "the database lacks migrations", "lookback migrate")


def _due_work(application: Application) -> Finding:
    with application.runtime.reading() as uow:
        due_at = next_due_at(uow.session)
        if due_at is None or uow.now - due_at < SWEEP_TOLERANCE:
            return Finding("due work", "nothing due has been left waiting")
    since = due_at.astimezone(application.settings.zone)
    remedy = "keep `lookback serve` or `lookback scheduler run` running, and look at its log"
    return Finding("due work", f"work has been waiting since {since:%Y-%m-%d %H:%M}", remedy)


def _secrets_of_endpoints(application: Application) -> Finding:
    settings = application.settings
    file, are_set = keys_file(settings), settings.webhooks.keys is not None
    are_there = are_set or file.exists()
    if not are_set and are_there and not is_private(file):
        return Finding("webhook keys", f"others can read {file}", f"chmod 600 {file}")
    with application.runtime.reading() as uow:
        closed = unopenable(uow.session, application.vault() if are_there else Vault(("none",)))
    if closed:
        remedy = f"put the key that sealed them back into {file} or LOOKBACK_WEBHOOKS__KEYS"
        return Finding("webhook keys", f"no key opens the secrets of {', '.join(closed)}", remedy)
    if not are_there:
        return Finding("webhook keys", f"a key will be made in {file} when it is needed")
    return Finding("webhook keys", "the secrets of all endpoints and hooks can be opened")


def _deliveries(application: Application) -> Finding:
    with application.runtime.reading() as uow:
        found, now = standing(uow.session), uow.now
    zone = application.settings.zone
    since = f" since {found.pending_since.astimezone(zone):%Y-%m-%d %H:%M}" if found.pending_since else ""
    detail = f"{found.pending} deliveries wait{since}, {found.dead} were given up"
    if found.switched_off:
        off = ", ".join(map(str, found.switched_off))
        return Finding("deliveries", f"{detail}; switched off: {off}", "lookback webhooks list says why; then enable")
    if found.dead:
        return Finding("deliveries", detail, "lookback webhooks dead names them; then replay")
    if found.pending_since is not None and now - found.pending_since > DELIVERY_TOLERANCE:
        return Finding("deliveries", detail, "lookback webhooks list shows which endpoint fails")
    return Finding("deliveries", detail)


def _statistics(application: Application) -> Finding:
    with application.runtime.reading() as uow:
        wrong = list(sound(uow.session))
    if wrong:
        return Finding("statistics", "; ".join(wrong), "lookback statistics check, then lookback statistics rebuild")
    return Finding("statistics", "the figures agree with the hazards at each stage")


def _deployment(application: Application) -> Finding:
    with application.runtime.reading() as uow:
        deployed = deployed_files(uow.session)
    if not deployed:
        return Finding("deployment", "nothing is deployed", "lookback definitions deploy")
    change = difference(deployed, files_in(application.settings.definitions.folder))
    if change.is_empty:
        return Finding("deployment", f"all {len(deployed)} files are deployed as they stand in the folder")
    count = len(change.added + change.changed + change.removed)
    remedy = "look at `lookback definitions diff`, then `lookback definitions deploy`"
    return Finding("deployment", f"{count} files differ from what is deployed", remedy)
