"""Finds what must not stand in a text for the public: telephone numbers, identity numbers, and the record's persons."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from workflows.hazards.models import Hazard

IDENTITY_NUMBER: Final = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])\d{5}[\dXx](?![\dA-Za-z])")
MOBILE_NUMBER: Final = re.compile(r"(?<!\d)(?:\+?86)?1[3-9]\d{9}(?!\d)")
FIXED_LINE: Final = re.compile(r"(?<!\d)0\d{2,3}[2-9]\d{6,7}(?!\d)")
KINDS: Final = (
    (IDENTITY_NUMBER, "an identity number"),
    (MOBILE_NUMBER, "a telephone number"),
    (FIXED_LINE, "a telephone number"),
)
BETWEEN_DIGITS: Final = re.compile(r"(?<=\d)[\s\-－—·.]+(?=\d)")
BETWEEN_NAMES: Final = re.compile(r"[\s,，、;；/（）()]+")
NO_DIGIT: Final = re.compile(r"\D")
SHORTEST_NAME: Final = 2
SHORTEST_NUMBER: Final = 7


def personal_data_in(text: str, hazard: Hazard) -> list[str]:
    """What personal data a text gives away, in words that do not repeat them; empty when the public may read it.

    The numbers of a person are found in any spelling, full-width or broken up; names only as the record has them.
    """
    return list(dict.fromkeys((*_numbers_in(text, hazard), *_names_in(text, hazard))))


def _numbers_in(text: str, hazard: Hazard) -> Iterator[str]:
    plain = unicodedata.normalize("NFKC", text)
    joined = BETWEEN_DIGITS.sub("", plain)
    for pattern, found in KINDS:
        if pattern.search(plain) or pattern.search(joined):
            yield found
    known = NO_DIGIT.sub("", hazard.responsible_phone)
    if len(known) >= SHORTEST_NUMBER and known in joined:
        yield "a telephone number"


def _names_in(text: str, hazard: Hazard) -> Iterator[str]:
    named = {
        "the responsible person": hazard.responsible_name,
        "a person of the department": hazard.department_person,
        "the guaranteeing leader": hazard.guaranteeing_leader,
        "an inspector": hazard.inspectors,
        "an expert": hazard.experts,
    }
    for who, names in named.items():
        if any(len(name) >= SHORTEST_NAME and name in text for name in BETWEEN_NAMES.split(names)):
            yield f"the name of {who}"
