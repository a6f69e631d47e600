"""RSS 2.0 and Atom 1.0 (RFC 4287) of what was made public; both are written from the same entries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Final
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from web.wiring import settings

ATOM: Final = "http://www.w3.org/2005/Atom"
LANGUAGE: Final = "zh-CN"
UNPRINTABLE: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 does not allow in a text."""

register_namespace("atom", ATOM)


@dataclass(frozen=True)
class Entry:
    """One thing that was published; `address` never changes and stands for it."""

    address: str
    title: str
    text: str
    published_at: datetime
    topics: Sequence[str] = ()


@dataclass(frozen=True)
class Feed:
    """A list of entries, the newest first. `page` is the list for people, `here` the feed's own address."""

    title: str
    description: str
    publisher: str
    page: str
    here: str
    entries: Sequence[Entry]

    @property
    def updated_at(self) -> datetime | None:
        return max((entry.published_at for entry in self.entries), default=None)


def rss(feed: Feed) -> bytes:
    """The feed as RSS 2.0, its dates as RFC 822 wants them."""
    root = Element("rss", version="2.0")
    channel = SubElement(root, "channel")
    _tell(channel, title=feed.title, link=feed.page, description=feed.description, language=LANGUAGE.lower())
    SubElement(channel, f"{{{ATOM}}}link", href=feed.here, rel="self", type="application/rss+xml")
    if feed.updated_at:
        _tell(channel, lastBuildDate=_rfc822(feed.updated_at))
    for entry in feed.entries:
        item = SubElement(channel, "item")
        _tell(item, title=entry.title, link=entry.address)
        SubElement(item, "guid", isPermaLink="true").text = entry.address
        _tell(item, pubDate=_rfc822(entry.published_at), description=entry.text)
        for topic in entry.topics:
            _tell(item, category=topic)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def atom(feed: Feed, empty_since: datetime) -> bytes:
    """The feed as Atom, which wants a moment even without entries: `empty_since`."""
    root = Element("feed", {"xmlns": ATOM, "xml:lang": LANGUAGE})
    _tell(root, id=feed.here, title=feed.title, subtitle=feed.description)
    _tell(root, updated=_local(feed.updated_at or empty_since).isoformat())
    SubElement(root, "link", href=feed.here, rel="self", type="application/atom+xml")
    SubElement(root, "link", href=feed.page, rel="alternate", type="text/html", hreflang=LANGUAGE)
    _tell(SubElement(root, "author"), name=feed.publisher)
    for entry in feed.entries:
        node = SubElement(root, "entry")
        moment = _local(entry.published_at).isoformat()
        _tell(node, id=entry.address, title=entry.title, updated=moment, published=moment)
        SubElement(node, "link", href=entry.address, rel="alternate", type="text/html")
        for topic in entry.topics:
            SubElement(node, "category", term=_printable(topic))
        SubElement(node, "content", type="text").text = _printable(entry.text)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def _tell(parent: Element, **texts: str) -> None:
    for name, text in texts.items():
        SubElement(parent, name).text = _printable(text)


def _printable(text: str) -> str:
    return UNPRINTABLE.sub("", text)


def _rfc822(moment: datetime) -> str:
    return format_datetime(_local(moment))


def _local(moment: datetime) -> datetime:
    return moment.astimezone(settings().calendar.zone)
