"""A selection in words, condition by condition."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from workflows.geography.divisions import divisions
from workflows.ledger.queries import OPEN_STAGES
from workflows.sentences import Sentence, sentence

OPEN: Final = OPEN_STAGES["open"]
Described = tuple[tuple[str, ...], Sentence]
Say = Callable[[Any], Sentence]
PERIODS: Final = ("due", "found", "registered", "rectified", "closed")
SAID: Final[Mapping[str, Say]] = {
    "region": lambda it: sentence("in %(place)s", place=divisions()[it].name if it in divisions() else it),
    "overdue": lambda it: sentence("late by %(days)s days or more", days=it) if it > 1 else sentence("late"),
    "returned": lambda it: sentence("sent back %(times)s times or more", times=it) if it > 1 else sentence("sent back"),
    "is_rectified": lambda it: sentence("rectified") if it else sentence("not rectified"),
    "in_time": lambda it: sentence("rectified in time") if it else sentence("rectified too late"),
    "listed": lambda it: sentence("under listed supervision") if it else sentence("not under listed supervision"),
    "exposed": lambda it: sentence("exposed in public") if it else sentence("not exposed in public"),
    "verdict": lambda it: sentence("verdict: %(verdict)s", verdict=it),
    "unit": lambda it: sentence("unit: %(unit)s", unit=it),
    "person": lambda it: sentence("responsible: %(person)s", person=it),
    "text": lambda it: sentence("contains “%(text)s”", text=it),
    "campaign": lambda it: sentence("campaign: %(campaign)s", campaign=it),
    "stage": lambda it: sentence("not closed") if it == OPEN else sentence("%(value)s", value=list(it)),
    "sector": lambda it: sentence("%(value)s", value=list(it)),
}
"""What a condition says; the members of the closed lists speak for themselves."""


def described(given: Mapping[str, Any]) -> Iterator[Described]:
    """One sentence for each condition that is given, or for both ends of a period together."""
    for name, value in given.items():
        period, _, end = name.rpartition("_")
        if period not in PERIODS:
            yield (name,), _said(name, value)
        elif end == "from":
            yield from _from(period, value, given.get(f"{period}_to"))
        elif f"{period}_from" not in given:
            yield (name,), _until(period, value)


def _from(period: str, first: Any, last: Any) -> Iterator[Described]:
    if last is not None:
        yield (f"{period}_from", f"{period}_to"), _between(period, first, last)
    else:
        yield (f"{period}_from",), _since(period, first)


def _said(name: str, value: Any) -> Sentence:
    return SAID[name](value) if name in SAID else sentence("%(value)s", value=value)


def _between(period: str, first: Any, last: Any) -> Sentence:
    days = {"first": first, "last": last}
    match period:
        case "due":
            return sentence("due from %(first)s to %(last)s", **days)
        case "found":
            return sentence("found from %(first)s to %(last)s", **days)
        case "registered":
            return sentence("registered from %(first)s to %(last)s", **days)
        case "rectified":
            return sentence("rectified from %(first)s to %(last)s", **days)
        case _:
            return sentence("closed from %(first)s to %(last)s", **days)


def _since(period: str, day: Any) -> Sentence:
    match period:
        case "due":
            return sentence("due on %(day)s or later", day=day)
        case "found":
            return sentence("found on %(day)s or later", day=day)
        case "registered":
            return sentence("registered on %(day)s or later", day=day)
        case "rectified":
            return sentence("rectified on %(day)s or later", day=day)
        case _:
            return sentence("closed on %(day)s or later", day=day)


def _until(period: str, day: Any) -> Sentence:
    match period:
        case "due":
            return sentence("due by %(day)s", day=day)
        case "found":
            return sentence("found by %(day)s", day=day)
        case "registered":
            return sentence("registered by %(day)s", day=day)
        case "rectified":
            return sentence("rectified by %(day)s", day=day)
        case _:
            return sentence("closed by %(day)s", day=day)
