"""What the feeds of exposed cases and of good practice hold; they speak Chinese, whatever the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from flask import Response, url_for
from flask_babel import force_locale, gettext

from web.pages.public_answers import kept
from web.pages.public_feeds import Entry, Feed, atom, rss
from web.places import place_in_words
from web.settings import Language
from web.wiring import settings
from web.words import in_words
from workflows.exposure.public import PublicCase
from workflows.good_practice.public import PublicPractice
from workflows.organisations.sectors import Sector

EMPTY_SINCE: Final = datetime(2022, 11, 8, tzinfo=UTC)
"""The day of the notice that ordered the campaign: the age of a feed in which nothing stands yet."""


def feed_of_cases(cases: Sequence[PublicCase], kind: str) -> Feed:
    """The exposed cases, as a feed of this kind."""
    with force_locale(Language.CHINESE.value):
        return Feed(
            title=gettext("Look-Back: exposed cases"),
            description=gettext("Hazards that were made public, as approved"),
            publisher=gettext("Look-Back"),
            page=_absolute("public.cases"),
            here=_absolute("public.case_feed", kind=kind),
            entries=[
                Entry(
                    _absolute("public.case", case_id=case.id),
                    case.title,
                    case.text,
                    case.published_at,
                    list(_topics(case.city_code, case.sector)),
                )
                for case in cases
            ],
        )


def feed_of_practices(practices: Sequence[PublicPractice], kind: str) -> Feed:
    """Good practice, as a feed of this kind."""
    with force_locale(Language.CHINESE.value):
        return Feed(
            title=gettext("Look-Back: good practice"),
            description=gettext("What worked in one place, for everybody to take up"),
            publisher=gettext("Look-Back"),
            page=_absolute("public.practices"),
            here=_absolute("public.practice_feed", kind=kind),
            entries=[
                Entry(
                    _absolute("public.practice", practice_id=practice.id),
                    practice.title,
                    practice.text,
                    practice.published_at,
                    list(_topics(practice.region_code, practice.sector)),
                )
                for practice in practices
            ],
        )


def feed_answer(feed: Feed, kind: str, changed_at: datetime | None) -> Response:
    """A feed as it is sent: `rss`, or else Atom. What was withdrawn changes it as well as what was published."""
    content = rss(feed) if kind == "rss" else atom(feed, EMPTY_SINCE)
    response = Response(content, content_type=f"application/{kind}+xml; charset=utf-8")
    return kept(response, content, changed_at)


def _topics(region_code: str, sector: Sector | None) -> Iterator[str]:
    if region_code:
        yield place_in_words(region_code)
    if sector:
        yield in_words(sector)


def _absolute(endpoint: str, **values: Any) -> str:
    """An address of this site as the outside knows it, without the language of whoever asks."""
    return settings().public_url.rstrip("/") + url_for(endpoint, **values, lang=None)
