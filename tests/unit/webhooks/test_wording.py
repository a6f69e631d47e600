"""The words that people are told with: every type has all of them, in both languages."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from webhooks.channels.letters import Letter
from webhooks.channels.wording import SAMPLES, Wording, known_types, sample

WORDING = Wording("https://lookback.example", ZoneInfo("Asia/Shanghai"))
BLOCKS = ("subject", "text", "html", "short", "group")


def test_both_languages_know_the_same_types_and_each_has_a_sample() -> None:
    assert known_types("zh") == known_types("en") == set(SAMPLES)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("event_type", sorted(SAMPLES))
def test_every_block_can_be_written(event_type: str, language: str) -> None:
    written = {block: WORDING.write(_letter(event_type), block, language=language, name="王建国") for block in BLOCKS}
    assert all(written.values())
    assert "\n" not in written["subject"] + written["short"]
    assert "王建国" not in written["group"]


def test_html_shows_a_name_as_it_is() -> None:
    html = WORDING.write(_letter("notice.delivered"), "html", name="<b>王</b>")
    assert "&lt;b&gt;王" in html


def _letter(event_type: str) -> Letter:
    moment = datetime(2022, 12, 2, tzinfo=UTC)
    return Letter("", (), "1", event_type, moment, "zeren", sample(event_type))
