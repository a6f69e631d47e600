"""Regions as rows: the divisions in the database, and who holds whom."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ForeignKey, String, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from engine.storage.base import Base, Name, text_enum
from workflows.errors import UnknownRecord
from workflows.geography.divisions import RegionLevel, divisions, path_of
from workflows.geography.paths import RegionPath
from workflows.records import Record


class Region(Base):
    """An administrative division, or a function zone that a campaign treats as a county."""

    __tablename__ = "region"
    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[Name]
    level: Mapped[RegionLevel] = mapped_column(text_enum(RegionLevel))
    parent_code: Mapped[str | None] = mapped_column(String(12), ForeignKey("region.code"), index=True)
    path: Mapped[RegionPath] = mapped_column(unique=True)
    is_function_zone: Mapped[bool] = mapped_column(default=False)


def load_divisions(session: Session) -> int:
    """Add the divisions that the database lacks and return how many; nothing happens when it has them all."""
    present = set(session.scalars(select(Region.code)))
    missing = [
        {
            "code": division.code,
            "name": division.name,
            "level": division.level,
            "parent_code": division.parent_code,
            "path": path_of(division.code),
            "is_function_zone": division.is_function_zone,
        }
        for division in divisions().values()
        if division.code not in present
    ]
    if missing:
        session.execute(insert(Region), missing)
    return len(missing)


def region(session: Session, code: str) -> Region:
    """The region with this code. Raises UnknownRecord."""
    found = session.get(Region, code)
    if found is None:
        raise UnknownRecord(Record.REGION, code)
    return found


def ancestors(session: Session, code: str) -> Sequence[Region]:
    """The regions that hold this one, the province first; empty for the province."""
    above = codes_of(region(session, code).path)[:-1]
    return session.scalars(select(Region).where(Region.code.in_(above)).order_by(Region.path)).all()


def children(session: Session, code: str) -> Sequence[Region]:
    """The regions directly below this one, in administrative-code order."""
    return session.scalars(select(Region).where(Region.parent_code == code).order_by(Region.code)).all()


def codes_of(path: str) -> list[str]:
    """The codes of a path, the province first: `/41/4101/` gives `['41', '4101']`."""
    return path.strip("/").split("/")
