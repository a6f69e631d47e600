"""Finds the division that people mean when they write a place's name, as old ledgers spell it or as it is now."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from unicodedata import normalize

from sqlalchemy.orm import Session

from workflows.geography.divisions import RegionLevel, divisions, former_divisions, path_of
from workflows.geography.paths import is_inside
from workflows.geography.regions import Region

RANK = {RegionLevel.PROVINCE: 0, RegionLevel.CITY: 1, RegionLevel.COUNTY: 2, RegionLevel.TOWNSHIP: 3}
SUFFIX = re.compile(r"(?<=..)(省|市|区|县|街道|镇|乡)$")


def find_by_name(session: Session, text: str) -> Region | None:
    """The region that a name means, alone (`金水区`, `金水`, `偃师市`) or after its superiors' (`郑州市金水区`).

    None when no region, or more than one of the same level, goes by that name.
    """
    code = code_by_name(text)
    return session.get(Region, code) if code else None


def code_by_name(text: str) -> str | None:
    """As `find_by_name`, from the data files alone; also takes a present or a former code."""
    written = re.sub(r"\s+", "", normalize("NFKC", text))
    if written in divisions():
        return written
    return _former_codes().get(written) or _only_one(_meanings(written, "/"))


def _meanings(written: str, within: str) -> set[str]:
    """The codes inside a region that the text can mean, reading leading superiors' names off it."""
    found = set(_inside(_codes_by_name().get(written, ()), within))
    for end in range(2, len(written)):
        for superior in _inside(_codes_by_name().get(written[:end], ()), within):
            found |= _meanings(written[end:], path_of(superior)) - {superior}
    return found


def _only_one(codes: Iterable[str]) -> str | None:
    by_rank: dict[int, list[str]] = defaultdict(list)
    for code in codes:
        by_rank[RANK[divisions()[code].level]].append(code)
    highest = by_rank[min(by_rank)] if by_rank else []
    return highest[0] if len(highest) == 1 else None


def _inside(codes: Iterable[str], within: str) -> Iterator[str]:
    return (code for code in codes if is_inside(path_of(code), within))


@cache
def _codes_by_name() -> Mapping[str, frozenset[str]]:
    """Codes by full, former and shortened name; a short form never hides another division's full name."""
    full: dict[str, set[str]] = defaultdict(set)
    for division in divisions().values():
        full[division.name].add(division.code)
    for former in former_divisions():
        full[former.name].add(former.successor)
    short: dict[str, set[str]] = defaultdict(set)
    for name, codes in full.items():
        short[SUFFIX.sub("", name)] |= codes
    return {name: frozenset(codes) for name, codes in (short | full).items()}


@cache
def _former_codes() -> Mapping[str, str]:
    return {former.code: former.successor for former in former_divisions() if former.code}
