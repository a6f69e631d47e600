"""Finds, and masks, what must not stand in a text for the public: numbers of people, their names, exact addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from workflows.hazards.models import Hazard
from workflows.sentences import Sentence, sentence

IDENTITY_NUMBER: Final = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])\d{5}[\dXx](?![\dA-Za-z])")
MOBILE_NUMBER: Final = re.compile(r"(?<!\d)(?:\+?86)?1[3-9]\d{9}(?!\d)")
FIXED_LINE: Final = re.compile(r"(?<!\d)0\d{2,3}[2-9]\d{6,7}(?!\d)")
DOOR: Final = re.compile(r"(?<=[路街道巷里弄村组])\d+(?:[-－—]\d+)?号(?:院|楼)?(?:\d+(?:号楼|栋|幢|单元|层|室|号))*")
KINDS: Final = (
    (IDENTITY_NUMBER, sentence("an identity number")),
    (MOBILE_NUMBER, sentence("a telephone number")),
    (FIXED_LINE, sentence("a telephone number")),
)
BETWEEN_DIGITS: Final = re.compile(r"(?<=\d)[\s\-－—·.]+(?=\d)")
RUN_OF_DIGITS: Final = re.compile(r"\d(?:[\s\-－—·.]*\d){6,}[Xx]?")
PLAIN_DIGITS: Final = str.maketrans("０１２３４５６７８９", "0123456789")
BETWEEN_NAMES: Final = re.compile(r"[\s,，、;；/（）()]+")
NO_DIGIT: Final = re.compile(r"\D")
SHORTEST_NAME: Final = 2
SHORTEST_NUMBER: Final = 7
NUMBER_MASK: Final = "***"
NAME_MASK: Final = "某"
DOOR_MASK: Final = "××号"


def personal_data_in(text: str, hazard: Hazard | None) -> list[Sentence]:
    """What personal data a text gives away, in words that do not repeat them; empty when the public may read it.

    The numbers of a person are found in any spelling, full-width or broken up; names only as the record has them. An
    exact address is a street with its number: places where people live are masked even when a unit works there.
    """
    found = [*_numbers_in(text), *_known_phone_in(text, hazard), *_names_in(text, hazard)]
    if DOOR.search(unicodedata.normalize("NFKC", text)):
        found.append(sentence("an exact address"))
    return list(dict.fromkeys(found))


def redacted(text: str, hazard: Hazard) -> str:
    """The text with what `personal_data_in` would find masked; a start for whoever writes for the public."""
    masked = RUN_OF_DIGITS.sub(lambda run: _masked_number(run[0], hazard), text.translate(PLAIN_DIGITS))
    for name in sorted({name for names in _named(hazard).values() for name in names}, key=len, reverse=True):
        masked = masked.replace(name, name[0] + NAME_MASK)
    return DOOR.sub(DOOR_MASK, masked)


def _masked_number(run: str, hazard: Hazard) -> str:
    joined = BETWEEN_DIGITS.sub("", run)
    known = _digits_of(hazard.responsible_phone)
    is_personal = any(pattern.search(joined) for pattern, _ in KINDS) or (known and known in joined)
    return NUMBER_MASK if is_personal else run


def _numbers_in(text: str) -> Iterator[Sentence]:
    for pattern, found in KINDS:
        if any(pattern.search(spelled) for spelled in _spellings(text)):
            yield found


def _known_phone_in(text: str, hazard: Hazard | None) -> Iterator[Sentence]:
    known = _digits_of(hazard.responsible_phone) if hazard else ""
    if known and known in _spellings(text)[-1]:
        yield sentence("a telephone number")


def _names_in(text: str, hazard: Hazard | None) -> Iterator[Sentence]:
    for who, names in (_named(hazard) if hazard else {}).items():
        if any(name in text for name in names):
            yield who


def _named(hazard: Hazard) -> dict[Sentence, list[str]]:
    named = {
        sentence("the name of the responsible person"): hazard.responsible_name,
        sentence("the name of a person of the department"): hazard.department_person,
        sentence("the name of the guaranteeing leader"): hazard.guaranteeing_leader,
        sentence("the name of an inspector"): hazard.inspectors,
        sentence("the name of an expert"): hazard.experts,
    }
    return {
        who: [name for name in BETWEEN_NAMES.split(names) if len(name) >= SHORTEST_NAME] for who, names in named.items()
    }


def _spellings(text: str) -> tuple[str, str]:
    """The text with plain digits, and the same with the digits of a number joined."""
    plain = unicodedata.normalize("NFKC", text)
    return plain, BETWEEN_DIGITS.sub("", plain)


def _digits_of(phone: str) -> str:
    digits = NO_DIGIT.sub("", phone)
    return digits if len(digits) >= SHORTEST_NUMBER else ""
