"""The words that people are told with: every type has all of them, in both languages."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from webhooks.channels.letters import Letter
from webhooks.channels.wording import BLOCKS, LANGUAGES, NAME, SAMPLES, Wording, known_types, preview

WORDING = Wording("https://lookback.example", ZoneInfo("Asia/Shanghai"))


def test_both_languages_know_the_same_types_and_each_has_a_sample() -> None:
    assert known_types("zh") == known_types("en") == set(SAMPLES)


def test_every_block_of_every_type_can_be_written() -> None:
    previewed = preview(WORDING)
    assert len(previewed) == len(SAMPLES) * len(LANGUAGES) * len(BLOCKS)
    assert all(words.text for words in previewed)
    assert not any("\n" in words.text for words in previewed if words.block in ("subject", "short"))
    assert not any(NAME in words.text for words in previewed if words.block == "group")


def test_html_shows_a_name_as_it_is() -> None:
    html = WORDING.write(_letter("notice.delivered"), "html", name="<b>王</b>")
    assert "&lt;b&gt;王" in html


def _letter(event_type: str) -> Letter:
    moment = datetime(2022, 12, 2, tzinfo=UTC)
    return Letter("", (), "1", event_type, moment, "zeren", SAMPLES[event_type])
