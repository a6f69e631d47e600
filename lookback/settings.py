"""What can be set: one frozen object of sections; `lookback.configuration` reads it from the file and environment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, FilePath, SecretStr, model_validator
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

PROJECT = Path(__file__).resolve().parent.parent


def _database_url(url: str) -> str:
    try:
        backend = make_url(url).drivername
    except ArgumentError as unreadable:
        raise ValueError("this is no database URL; an example is sqlite:///var/lookback.db") from unreadable
    if backend not in {"sqlite", "sqlite+pysqlite", "postgresql+psycopg"}:
        raise ValueError(f"{backend} is not supported; use sqlite:///FILE or postgresql+psycopg://HOST/NAME")
    return url


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as unknown:
        raise ValueError(f"there is no time zone {name!r}; an example is Asia/Shanghai") from unknown
    return name


def _clock_time(written: Any) -> Any:
    # YAML reads an unquoted 21:00 as the number 1260.
    if isinstance(written, int | float):
        raise ValueError("write the time in quotes, as in '21:00'")
    return written


def _named_urls(written: SecretStr | None) -> SecretStr | None:
    parts = written.get_secret_value().split() if written else []
    if not all(name and url for name, _, url in (part.partition("=") for part in parts)):
        raise ValueError("write name=URL for each, with blanks between them")
    return written


def _list(written: Any) -> Any:
    return [part.strip() for part in written.split(",") if part.strip()] if isinstance(written, str) else written


DatabaseUrl = Annotated[str, AfterValidator(_database_url)]
TimeZoneName = Annotated[str, AfterValidator(_time_zone)]
ClockTime = Annotated[time, BeforeValidator(_clock_time)]
Days = Annotated[tuple[date, ...], BeforeValidator(_list)]
Years = Annotated[tuple[int, ...], BeforeValidator(_list)]
Hosts = Annotated[tuple[str, ...], BeforeValidator(_list)]
Networks = Annotated[tuple[IPv4Network | IPv6Network, ...], BeforeValidator(_list)]
NamedUrls = Annotated[SecretStr | None, AfterValidator(_named_urls)]
Seconds = Annotated[float, Field(gt=0, le=86_400)]


class Section(BaseModel):
    """A part of the settings; an unknown key is an error, and nothing changes after start."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)


class DatabaseSettings(Section):
    """Where everything is kept. SQLite serves one machine; PostgreSQL as many as wanted."""

    url: DatabaseUrl = "sqlite:///var/lookback.db"
    pool_size: int = Field(default=10, ge=1, le=200)


class DefinitionSettings(Section):
    """The folder of diagrams, decision tables and forms that `definitions deploy` reads, and what a release needs.

    `approvals` people other than its authors agree to a release. With `emergency_rollback` an operator may go back to
    an earlier version without them. `release_every_seconds` is how often this node looks for scheduled releases.
    """

    folder: Path = PROJECT / "bpmn"
    approvals: int = Field(default=1, ge=0, le=5)
    emergency_rollback: bool = True
    release_every_seconds: Seconds = 15


class SchedulerSettings(Section):
    """How often this node looks for due work, and how many due rows one look claims."""

    sweep_every_seconds: Seconds = 5
    batch: int = Field(default=100, ge=1, le=10_000)
    digests_every_seconds: Seconds = 600
    statistics_every_seconds: Seconds = 10


STATUTORY_DAYS_OFF_2027 = (
    date(2027, 1, 1), date(2027, 2, 5), date(2027, 2, 6), date(2027, 2, 7), date(2027, 2, 8), date(2027, 4, 5),
    date(2027, 5, 1), date(2027, 5, 2), date(2027, 6, 9), date(2027, 9, 15),
    date(2027, 10, 1), date(2027, 10, 2), date(2027, 10, 3),
)  # fmt: skip
"""Source: 全国年节及纪念日放假办法 as revised in 2024. The yearly notice adds bridge days and make-up days."""


class CalendarSettings(Section):
    """Days that differ from the calendar library's data, or lie in a year it does not cover.

    The library ends with 2026; for 2027 the statutory days off are known, and the notice is not out yet.
    """

    working_days: Days = ()
    days_off: Days = STATUTORY_DAYS_OFF_2027
    covered_years: Years = (2027,)

    @model_validator(mode="after")
    def _no_day_is_both(self) -> Self:
        both = sorted(set(self.working_days) & set(self.days_off))
        if both:
            raise ValueError(f"{both[0].isoformat()} is listed both in working_days and in days_off; keep one")
        return self


class EscalationSettings(Section):
    """When people are left in peace; what is not urgent waits for the end of the quiet hours."""

    quiet_from: ClockTime = time(21, 0)
    quiet_until: ClockTime = time(8, 0)


class WebSettings(Section):
    """The web server. `page_size` is how many rows a list shows at a time, `largest_upload` the most bytes of one
    request or file, and `daily_uploads` of what one person may send piece by piece in a day. `secret_key` signs
    sessions; it comes from the environment or from a file made at first start."""

    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=1, le=65_535)
    threads: int = Field(default=8, ge=1, le=256)
    public_url: str | None = Field(default=None, pattern=r"^https?://[^/\s]+$")
    session_hours: float = Field(default=12, gt=0, le=24 * 30)
    secure_cookies: bool = False
    default_language: Literal["zh", "en"] = "zh"
    trusted_proxies: int = Field(default=0, ge=0, le=10)
    page_size: int = Field(default=25, ge=1, le=200)
    largest_upload: int = Field(default=20 * 1024 * 1024, ge=1024 * 1024, le=1024**3)
    daily_uploads: int = Field(default=500 * 1024 * 1024, ge=1024 * 1024)
    secret_key: SecretStr | None = Field(default=None, min_length=16)
    metrics_token: SecretStr | None = Field(default=None, min_length=16)

    @property
    def address(self) -> str:
        """Where people reach the site: `public_url`, or else this machine's own address."""
        return self.public_url or f"http://{self.host}:{self.port}"


class WebhookSettings(Section):
    """What leaves by HTTP hook: which addresses may be reached, how long is waited, when to give up.

    Https to public addresses is always allowed. `http_hosts` may be reached without TLS, `allowed_networks` though they
    are not public; `ca_file` is trusted instead of the system's certificates, as a closed network may need.
    `services` are Apprise's URLs for chats that we do not speak to ourselves, as `name=URL` with blanks between; what
    they reach is not checked.

    `keys` seal the secrets of endpoints, the first of them those that come; they stand in the environment, with blanks
    between them, or in a file made at first start. What arrived is forgotten after `keep_days`, what did not after
    `keep_failed_days`.
    """

    dispatch_every_seconds: Seconds = 1
    threads: int = Field(default=32, ge=1, le=256)
    http_hosts: Hosts = ()
    allowed_networks: Networks = ()
    ca_file: FilePath | None = None
    services: NamedUrls = None
    connect_seconds: Seconds = 5
    silence_seconds: Seconds = 15
    total_seconds: Seconds = 30
    request_bytes: int = Field(default=262_144, ge=1024, le=16 * 1024 * 1024)
    attempts: int = Field(default=20, ge=1, le=1000)
    first_wait_seconds: Seconds = 5
    longest_wait_seconds: Seconds = 43_200
    failures_to_pause: int = Field(default=5, ge=1)
    pause_seconds: Seconds = 60
    disable_after_days: float = Field(default=5, gt=0, le=365)
    keep_days: float = Field(default=365, ge=1)
    keep_failed_days: float = Field(default=730, ge=1)
    keys: SecretStr | None = Field(default=None, min_length=16)


class MailSettings(Section):
    """The server that takes our mail; without a `host` none is sent. The password comes from the environment only."""

    host: str | None = None
    port: int = Field(default=465, ge=1, le=65_535)
    security: Literal["tls", "starttls", "none"] = "tls"
    sender: str = Field(default="lookback@localhost", pattern=r"^[^@\s]+@[^@\s]+$")
    account: str = ""
    password: SecretStr | None = None
    seconds: Seconds = 30
    ca_file: FilePath | None = None


class LogSettings(Section):
    """How much the log says."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"


class Settings(Section):
    """Everything that can be set. `state_folder` holds what the installation makes for itself, such as its secret."""

    time_zone: TimeZoneName = "Asia/Shanghai"
    state_folder: Path = Path("var")
    database: DatabaseSettings = DatabaseSettings()
    definitions: DefinitionSettings = DefinitionSettings()
    scheduler: SchedulerSettings = SchedulerSettings()
    calendar: CalendarSettings = CalendarSettings()
    escalation: EscalationSettings = EscalationSettings()
    web: WebSettings = WebSettings()
    webhooks: WebhookSettings = WebhookSettings()
    mail: MailSettings = MailSettings()
    log: LogSettings = LogSettings()

    @property
    def uploads(self) -> Path:
        """The folder of uploaded evidence."""
        return self.state_folder / "uploads"

    @property
    def ledger_files(self) -> Path:
        """The folder of the ledger's imports and exports; all nodes share it."""
        return self.state_folder / "ledger"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


def secret_keys(section: type[Section] = Settings, prefix: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The paths of all secret settings, e.g. `("web", "secret_key")`; none of them may stand in the file."""
    for name, field in section.model_fields.items():
        if SecretStr in _members(field.annotation):
            yield (*prefix, name)
        elif isinstance(field.annotation, type) and issubclass(field.annotation, Section):
            yield from secret_keys(field.annotation, (*prefix, name))


def _members(annotation: Any) -> tuple[Any, ...]:
    return getattr(annotation, "__args__", (annotation,))
