"""Uploads under way, and what a photo tells of itself."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.storage.base import Base, BigKey, Moment, Name


class Upload(Base):
    """A file that a person sends piece by piece; the pieces lie beside the kept files under the row's id.

    `length` counts all bytes that are to come. `reference` is what the upload store gave out once they were there.
    """

    __tablename__ = "upload"
    __table_args__ = (
        Index("ix_upload_account", "account", "created_at"),
        Index("ix_upload_reference", "account", "reference"),
        Index("ix_upload_expires", "expires_at"),
    )
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    account: Mapped[Name]
    name: Mapped[Name]
    length: Mapped[int] = mapped_column(BigKey)
    reference: Mapped[str | None] = mapped_column(String(255))
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]


class Photo(Base):
    """What a picture tells of itself (EXIF), by the hash of its content: size, time, place and camera, if it does.

    `taken_at` is as right as the camera's clock was. Evidence finds its row by its own `digest`.
    """

    __tablename__ = "photo"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    width: Mapped[int]
    height: Mapped[int]
    taken_at: Mapped[datetime | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    device: Mapped[str] = mapped_column(String(128), default="")
    read_at: Mapped[Moment]
