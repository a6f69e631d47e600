"""Organisations, people, their roles, and who stands in for whom."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.storage.base import Base, BigKey, Moment, Name, PrimaryKey, text_enum
from workflows.geography.paths import RegionPath
from workflows.labels import LabelledEnum
from workflows.organisations.roles import Role
from workflows.organisations.sectors import Sector


class OrganisationKind(LabelledEnum):
    PROVINCE_COMMITTEE = "province_committee", "省安全生产委员会"
    COMMITTEE = "committee", "安全生产委员会"
    DEPARTMENT = "department", "行业监管部门"
    TOWNSHIP = "township", "乡镇（街道）"
    ENTERPRISE = "enterprise", "生产经营单位"
    SPOT_CHECK_TEAM = "spot_check_team", "综合抽查组"


class Organisation(Base):
    """A body that takes part, in one region; a department and an enterprise also belong to one sector.

    `uscc` is the unified social credit code, which villages, sites and street shops may lack. A closed one stays for
    the record and takes part no more.
    """

    __tablename__ = "organisation"
    __table_args__ = (
        Index("ix_organisation_region_kind_sector", "region_code", "kind", "sector"),
        Index("ix_organisation_region_path", "region_path", "kind", "id"),
        Index("ix_organisation_place", "region_path", "id"),
    )
    id: Mapped[PrimaryKey]
    name: Mapped[Name] = mapped_column(index=True)
    kind: Mapped[OrganisationKind] = mapped_column(text_enum(OrganisationKind))
    region_code: Mapped[str] = mapped_column(String(12), ForeignKey("region.code"))
    region_path: Mapped[RegionPath]
    sector: Mapped[Sector | None] = mapped_column(text_enum(Sector))
    uscc: Mapped[str | None] = mapped_column(String(18), index=True)
    parent_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("organisation.id"), index=True)
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__: ClassVar = {"version_id_col": version}


class Person(Base):
    """Someone who signs in. `specialities` are the sectors in which an expert is an expert, as their codes.

    `must_change_password` holds from when somebody else has set the password, which is good until
    `password_valid_until`, if that is set. `language` is the one chosen for all devices; empty for the site's.
    """

    __tablename__ = "person"
    id: Mapped[PrimaryKey]
    account: Mapped[Name] = mapped_column(unique=True)
    name: Mapped[Name] = mapped_column(index=True)
    phone: Mapped[str] = mapped_column(String(32), default="")
    mail: Mapped[str] = mapped_column(String(255), default="")
    organisation_id: Mapped[int] = mapped_column(BigKey, ForeignKey("organisation.id"), index=True)
    password_hash: Mapped[str | None] = mapped_column(String(255))
    specialities: Mapped[list[Any]] = mapped_column(default=list)
    active: Mapped[bool] = mapped_column(default=True)
    must_change_password: Mapped[bool] = mapped_column(default=False)
    password_valid_until: Mapped[datetime | None]
    language: Mapped[str] = mapped_column(String(8), default="")
    version: Mapped[int] = mapped_column(default=1)
    organisation: Mapped[Organisation] = relationship()
    roles: Mapped[list[RoleAssignment]] = relationship(back_populates="person", order_by="RoleAssignment.role")

    __mapper_args__: ClassVar = {"version_id_col": version}


class RoleAssignment(Base):
    """A role that a person has at an organisation, which need not be the one that employs the person."""

    __tablename__ = "role_assignment"
    __table_args__ = (Index("ix_role_assignment_group", "organisation_id", "role"),)
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[Role] = mapped_column(text_enum(Role), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(BigKey, ForeignKey("organisation.id"), primary_key=True)
    person: Mapped[Person] = relationship(back_populates="roles")
    organisation: Mapped[Organisation] = relationship()


class Delegation(Base):
    """One person stands in for another from the first to the last day, both included, or until it is ended."""

    __tablename__ = "delegation"
    __table_args__ = (
        Index("ix_delegation_deputy", "deputy_id", "last_day"),
        Index("ix_delegation_last_day", "last_day", "id"),
    )
    id: Mapped[PrimaryKey]
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    deputy_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    reason: Mapped[str] = mapped_column(String(255), default="")
    created_by: Mapped[Name]
    created_at: Mapped[Moment]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(String(255))
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    deputy: Mapped[Person] = relationship(foreign_keys=[deputy_id])
