"""Numbers of papers and hazards: counted by series and year, never reused, kept in a register even when voided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Index, String, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from engine.runtime import UnitOfWork
from engine.storage.base import Base, Moment, Name
from workflows.calendar import BEIJING_TIME
from workflows.errors import Refused, UnknownRecord
from workflows.records import Record
from workflows.sentences import sentence

COUNTY_DIGITS = 6


class NumberSeries(Base):
    """How far one series has counted in one year."""

    __tablename__ = "number_series"
    series: Mapped[str] = mapped_column(String(64), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class IssuedNumber(Base):
    """A number that was given out. A voided one stays here, so that it is never given out again."""

    __tablename__ = "issued_number"
    __table_args__ = (Index("uq_issued_number_place", "series", "year", "sequence", unique=True),)
    number: Mapped[str] = mapped_column(String(128), primary_key=True)
    series: Mapped[str] = mapped_column(String(64))
    year: Mapped[int]
    sequence: Mapped[int]
    issued_at: Mapped[Moment]
    voided_at: Mapped[datetime | None]
    voided_by: Mapped[str | None] = mapped_column(String(255))
    void_reason: Mapped[Name] = mapped_column(default="")


@dataclass(frozen=True)
class Series:
    """One count, by its name, and how its numbers are written with `{year}` and `{sequence}`."""

    name: str
    template: str


@dataclass(frozen=True)
class DocumentNumber:
    """A number that belongs to one paper or hazard for ever; its text is what people read and cite."""

    series: str
    year: int
    sequence: int
    text: str

    def __str__(self) -> str:
        return self.text


def papers(prefix: str) -> Series:
    """The papers of a body, e.g. `豫安委办〔2022〕1号` for the prefix `豫安委办`."""
    return Series(prefix, prefix + "〔{year}〕{sequence}号")


def hazards_of(region_code: str) -> Series:
    """The hazards of a county, e.g. `豫回2022-410102-000123`; a township's hazards count with its county."""
    county = region_code[:COUNTY_DIGITS]
    return Series(f"豫回-{county}", f"豫回{{year}}-{county}-{{sequence:06}}")


def next_number(uow: UnitOfWork, series: Series) -> DocumentNumber:
    """The next number of a series in the present year (Beijing time); given back if the unit of work fails.

    Other units of work that want a number of the same series wait until this one ends, so no number is left out.
    """
    return reserve(uow, series, 1)[0]


def reserve(uow: UnitOfWork, series: Series, count: int) -> list[DocumentNumber]:
    """The next `count` numbers of a series at once, as an import needs them. Raises ValueError for less than one."""
    if count < 1:
        raise ValueError(f"{count} numbers cannot be reserved")
    year = uow.now.astimezone(BEIJING_TIME).year
    last = _count_on(uow.session, series.name, year, count)
    numbers = [
        DocumentNumber(series.name, year, sequence, series.template.format(year=year, sequence=sequence))
        for sequence in range(last - count + 1, last + 1)
    ]
    _enter(uow, numbers)
    return numbers


def void(uow: UnitOfWork, number: str, *, reason: str, by: str) -> IssuedNumber:
    """Mark a number as never to be used; it stays in the register. Raises UnknownRecord, Refused when it is voided."""
    issued = uow.session.get(IssuedNumber, number, with_for_update=True)
    if issued is None:
        raise UnknownRecord(Record.NUMBER, number)
    if issued.voided_at is not None:
        raise Refused(sentence("%(number)s was voided at %(at)s already", number=number, at=issued.voided_at))
    issued.voided_at, issued.voided_by, issued.void_reason = uow.now, by, reason
    return issued


def _count_on(session: Session, series: str, year: int, count: int) -> int:
    """Count a series on and return how far it is now; one statement, which holds the row until the transaction ends."""
    upsert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = upsert(NumberSeries).values(series=series, year=year, last=count)
    return session.scalars(
        statement.on_conflict_do_update(
            index_elements=[NumberSeries.series, NumberSeries.year],
            set_={"last": NumberSeries.last + statement.excluded.last},
        ).returning(NumberSeries.last)
    ).one()


def _enter(uow: UnitOfWork, numbers: list[DocumentNumber]) -> None:
    rows = [
        {"number": it.text, "series": it.series, "year": it.year, "sequence": it.sequence, "issued_at": uow.now}
        for it in numbers
    ]
    uow.session.execute(insert(IssuedNumber), rows)
