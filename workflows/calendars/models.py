"""Days that the installation has corrected, and years that it has entered completely."""

from __future__ import annotations

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from engine.storage.base import Base, Moment, Name


class CalendarDay(Base):
    """A day that is worked or off whatever the library says; `source` is the notice that orders it."""

    __tablename__ = "calendar_day"
    day: Mapped[date] = mapped_column(primary_key=True)
    is_working: Mapped[bool]
    reason: Mapped[Name]
    source: Mapped[str] = mapped_column(String(500))
    entered_by: Mapped[Name]
    entered_at: Mapped[Moment]


class CalendarYear(Base):
    """A year that the library lacks and whose days off and make-up days have all been entered."""

    __tablename__ = "calendar_year"
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source: Mapped[str] = mapped_column(String(500))
    entered_by: Mapped[Name]
    entered_at: Mapped[Moment]
