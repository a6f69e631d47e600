"""The words of a letter to people, from the files in `templates/`: one for each language and type of event.

A file has blocks: `subject`, `text` and `html` for mail, `short` for a telephone, `group` for a chat that many read,
which names no person, phone or detail. The files are ours, not a designer's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateNotFound

from webhooks.channels.letters import Letter

TEMPLATES = Path(__file__).parent / "templates"
FIRST_LANGUAGE = "zh"
LANGUAGES = (FIRST_LANGUAGE, "en")
BLOCKS = ("subject", "text", "html", "short", "group")
NAME = "王建国"
EPOCH = datetime(2022, 12, 2, tzinfo=UTC)


class Wordless(Exception):
    """There is no template for this type of event, so people are not told of it by this way."""


@dataclass(frozen=True)
class Wording:
    """Puts letters into words; `site` is the address under which people reach the pages, `zone` the one of times."""

    site: str
    zone: tzinfo

    def write(self, letter: Letter, block: str, *, language: str = FIRST_LANGUAGE, name: str = "") -> str:
        """One block of a letter's template. Raises Wordless."""
        try:
            template = _environment().get_template(f"{language}/{letter.type}.jinja")
        except TemplateNotFound as missing:
            raise Wordless(f"there is no template for {letter.type}") from missing
        context = template.new_context({**letter.data, "site": self.site, "name": name, "local": self._local})
        return "".join(template.blocks[block](context)).strip()

    def _local(self, moment: str) -> str:
        return f"{datetime.fromisoformat(moment).astimezone(self.zone):%Y-%m-%d %H:%M}"


@dataclass(frozen=True)
class Words:
    """One block of a type's words in a language, on an example."""

    event_type: str
    language: str
    block: str
    text: str


def preview(wording: Wording) -> list[Words]:
    """Every block of every type in every language, on examples."""
    return [
        Words(event_type, language, block, wording.write(_example(event_type), block, language=language, name=NAME))
        for event_type in SAMPLES
        for language in LANGUAGES
        for block in BLOCKS
    ]


def _example(event_type: str) -> Letter:
    return Letter("", (), "", event_type, EPOCH, "", SAMPLES[event_type])


def known_types(language: str = FIRST_LANGUAGE) -> frozenset[str]:
    """The types of events that people can be told of."""
    return frozenset(file.name.removesuffix(".jinja") for file in (TEMPLATES / language).glob("*.*.jinja"))


_NOTICE = {
    "notice": 1, "recipient": "zeren", "hazard": "豫回2022-410105-000001", "task": 1, "step": "due",
    "due_at": "2022-12-02T10:00:00+00:00", "urgent": False, "can_act": True,
}  # fmt: skip
SAMPLES: Mapping[str, Mapping[str, Any]] = {
    "endpoint.ping": {"endpoint": 1},
    "endpoint.disabled": {
        "endpoint": 1, "url": "https://example.org/hook", "description": "省级平台", "owner": "guanli",
        "reason": "nothing has reached it since 2022-12-01T10:00:00+00:00",
    },
    "notice.delivered": _NOTICE,
    "digest.delivered": {
        "digest": 1, "recipient": "lingdao", "day": "2022-12-02", "count": 2,
        "notices": [_NOTICE, {**_NOTICE, "step": "tell_committee", "can_act": False}],
    },
}  # fmt: skip


def _environment() -> Environment:
    return _ENVIRONMENT


_ENVIRONMENT = Environment(
    loader=FileSystemLoader(TEMPLATES),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    autoescape=False,
)
