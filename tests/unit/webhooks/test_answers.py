"""What an answer means, and what an endpoint wants."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from webhooks.answers import Verdict, answered, asked_wait
from webhooks.errors import InvalidEndpoint
from webhooks.event_types import is_wanted, require_patterns
from webhooks.signing import new_secret, signed_headers

NOW = datetime(2022, 11, 8, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (200, Verdict.DELIVERED),
        (299, Verdict.DELIVERED),
        (301, Verdict.FAILED),
        (400, Verdict.FAILED),
        (410, Verdict.GONE),
        (503, Verdict.FAILED),
    ],
)
def test_only_success_is_delivered_and_only_410_is_gone(status: int, verdict: Verdict) -> None:
    assert answered(status, timedelta(0)).verdict is verdict


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        (None, None),
        ("soon", None),
        ("-5", None),
        ("", None),
        ("120", timedelta(minutes=2)),
        ("Tue, 08 Nov 2022 01:05:00 GMT", timedelta(minutes=5)),
        ("Tue, 08 Nov 2022 00:00:00 GMT", timedelta(0)),
        ("9" * 400, timedelta(seconds=10**9)),
    ],
)
def test_retry_after_is_read_in_seconds_or_as_a_date(header: str | None, wait: timedelta | None) -> None:
    assert asked_wait(header, NOW) == wait


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("*", True),
        ("hazard.*", True),
        ("hazard.closed", True),
        ("hazard", False),
        ("task.*", False),
        ("hazard.c*", True),
    ],
)
def test_a_type_is_wanted_by_its_name_or_its_beginning(pattern: str, wanted: bool) -> None:
    assert is_wanted("hazard.closed", [pattern]) is wanted


@pytest.mark.parametrize("patterns", [[], [""], ["*.closed"], ["hazard.**"], ["Hazard.closed"], ["hazard closed"]])
def test_a_pattern_that_could_never_fit_is_refused(patterns: list[str]) -> None:
    with pytest.raises(InvalidEndpoint):
        require_patterns(patterns)


def test_every_secret_in_force_signs() -> None:
    headers = signed_headers("id", b"{}", (new_secret(), new_secret()), NOW)
    assert headers["webhook-timestamp"] == str(int(NOW.timestamp()))
    assert [signature.split(",")[0] for signature in headers["webhook-signature"].split(" ")] == ["v1", "v1"]
