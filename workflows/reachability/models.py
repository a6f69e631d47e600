"""What people chose to be told, and by which way."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from engine.storage.base import Base, BigKey, text_enum
from workflows.reachability.ways import Occasion, Way


class ReachChoice(Base):
    """That a person wants, or does not want, to be told of an occasion by a way; without a row the usual holds."""

    __tablename__ = "reach_choice"
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    way: Mapped[Way] = mapped_column(text_enum(Way), primary_key=True)
    occasion: Mapped[Occasion] = mapped_column(text_enum(Occasion), primary_key=True)
    wanted: Mapped[bool]
