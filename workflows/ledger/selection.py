"""Which hazards of a ledger somebody looks at: what an address says, what a query asks, what an export writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any, Self
from urllib.parse import urlencode

from sqlalchemy import Select
from sqlalchemy.orm import Session

from workflows.campaigns.content_areas import ContentArea, Source
from workflows.hazards.words import Origin, Severity, Stage, Verdict
from workflows.ledger import describing, narrowing
from workflows.ledger.queries import NAMES, READERS, written
from workflows.organisations.sectors import Sector
from workflows.permissions import Scope
from workflows.sentences import Sentence


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Everything that is given must hold. Days are Beijing's, and both ends of a period belong to it.

    `campaign` is its code or its id; empty stands for the latest one. `stage` and `sector` take several; no stage
    means all but void, because a void hazard is off the ledger. `region` is a code and holds all below it. `overdue`
    is the least number of days since the time limit's day of hazards that are neither put right nor closed: 1 means
    late at all. `is_rectified` False are those neither put right nor closed; `in_time` tells those that were put right
    (or closed) within their limit from those that were late. `returned` is the least number of returns. `unit` is an
    organisation's id, or the name of a unit in full; `person` is an account, or a responsible person's name in full.
    """

    campaign: str = ""
    stage: tuple[Stage, ...] = ()
    region: str = ""
    sector: tuple[Sector, ...] = ()
    severity: Severity | None = None
    origin: Origin | None = None
    area: ContentArea | None = None
    source: Source | None = None
    overdue: int | None = None
    due_from: date | None = None
    due_to: date | None = None
    found_from: date | None = None
    found_to: date | None = None
    registered_from: date | None = None
    registered_to: date | None = None
    rectified_from: date | None = None
    rectified_to: date | None = None
    closed_from: date | None = None
    closed_to: date | None = None
    is_rectified: bool | None = None
    in_time: bool | None = None
    returned: int | None = None
    listed: bool | None = None
    exposed: bool | None = None
    verdict: Verdict | None = None
    unit: str = ""
    person: str = ""
    text: str = ""

    @classmethod
    def from_query(cls, pairs: Iterable[tuple[str, str]]) -> Self:
        """The selection of an address; what is no condition of a ledger, or has no meaning, is left out."""
        said: dict[str, list[str]] = {}
        for name, value in pairs:
            said.setdefault(name, []).append(value.strip())
        read = {name: READERS[name](said[asked]) for name, asked in NAMES.items() if asked in said}
        return cls(**{name: value for name, value in read.items() if value not in (None, (), "")})

    def pairs(self) -> Sequence[tuple[str, str]]:
        """The conditions as names and values of an address, in the order of the fields."""
        return [(NAMES[name], value) for name, given in self.given().items() for value in written(given)]

    def query(self) -> str:
        """The conditions as an address has them behind its question mark; `from_query` reads the same again."""
        return urlencode(self.pairs())

    def given(self) -> Mapping[str, Any]:
        """The conditions that are set, by field."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value not in (None, (), "")}

    def without(self, *names: str) -> Self:
        """The selection with some of its conditions dropped."""
        blank = type(self)()
        return replace(self, **{name: getattr(blank, name) for name in names})

    def narrow(self, session: Session, statement: Select[Any], scope: Scope | None, now: datetime) -> Select[Any]:
        """A select of hazards, confined to this selection and to what the scope may read (None: everything).

        Raises UnknownRecord for the campaign, Refused for a text that is too short to search for.
        """
        campaign = narrowing.campaign_of(session, self.campaign)
        return narrowing.narrowed(session, statement, self, campaign, scope, now)

    def described(self) -> Sequence[tuple[tuple[str, ...], Sentence]]:
        """The selection in words: one sentence for each condition, with the names of the fields that it stands for."""
        return list(describing.described(self.given()))
