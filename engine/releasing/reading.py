"""Reads releases and deployments: lists, files, decisions, and how a release stands to what is in effect."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from engine.errors import NotFound
from engine.modelling import newest_deployment
from engine.modelling.contents import fetch
from engine.releasing.models import (
    IS_UNDER_WAY,
    Release,
    ReleaseDecision,
    ReleaseFile,
    ReleaseState,
    ReleaseStep,
    Verdict,
)
from engine.releasing.transitions import UNDER_WAY
from engine.storage.models import Deployment, Resource


@dataclass(frozen=True)
class Standing:
    """How a release stands to the newest deployment: whether others deployed something else since its base, and
    whether it is in effect already."""

    newest: Deployment | None
    is_outdated: bool
    is_in_effect: bool


def release_of(session: Session, release_id: int) -> Release:
    """A release in whatever state. Raises NotFound."""
    release = session.get(Release, release_id)
    if release is None:
        raise NotFound("release", release_id)
    return release


def release_files(session: Session, release_id: int) -> dict[str, bytes]:
    """The files as they were proposed, byte for byte, by name."""
    rows = session.execute(
        select(ReleaseFile.name, ReleaseFile.content_hash)
        .where(ReleaseFile.release_id == release_id)
        .order_by(ReleaseFile.name)
    ).all()
    contents = fetch(session, (content_hash for _, content_hash in rows))
    return {name: contents[content_hash] for name, content_hash in rows}


def releases(session: Session, *, under_way: bool, limit: int, before: int | None = None) -> Sequence[Release]:
    """Releases that are under way, or those that are over, newest first; `before` is the last number of a page."""
    found = select(Release)
    found = found.where(text(IS_UNDER_WAY)) if under_way else found.where(Release.state.not_in(UNDER_WAY))
    if before is not None:
        found = found.where(Release.id < before)
    return session.scalars(found.order_by(Release.id.desc()).limit(limit)).all()


def decisions_of(session: Session, release_id: int) -> Sequence[ReleaseDecision]:
    """What the approvers said, in the order in which they did."""
    found = select(ReleaseDecision).where(ReleaseDecision.release_id == release_id)
    return session.scalars(found.order_by(ReleaseDecision.at, ReleaseDecision.by)).all()


def agreed_to(session: Session, release_ids: Collection[int]) -> dict[int, frozenset[str]]:
    """Who agreed to each of these releases."""
    given = session.execute(
        select(ReleaseDecision.release_id, ReleaseDecision.by).where(
            ReleaseDecision.release_id.in_(release_ids), ReleaseDecision.verdict == Verdict.APPROVED
        )
    ).all()
    return {each: frozenset(by for release_id, by in given if release_id == each) for each in release_ids}


def steps_of(session: Session, release_id: int) -> Sequence[ReleaseStep]:
    """Everything that was done to a release, in order."""
    return session.scalars(
        select(ReleaseStep).where(ReleaseStep.release_id == release_id).order_by(ReleaseStep.id)
    ).all()


def releases_of_deployments(session: Session, deployments: Collection[int]) -> dict[int, Release]:
    """The release through which each of these deployments took effect; those from a command line have none."""
    found = select(Release).where(Release.deployment_id.in_(deployments), Release.state == ReleaseState.DEPLOYED)
    return {
        each.deployment_id: each for each in session.scalars(found.order_by(Release.id.desc())) if each.deployment_id
    }


def deployment_files(session: Session, deployment_id: int | None) -> dict[str, bytes]:
    """The files of a deployment by name; none for None."""
    rows = session.execute(select(Resource.name, Resource.content).where(Resource.deployment_id == deployment_id))
    return dict(rows.all())


def standing_of(session: Session, release: Release) -> Standing:
    """How the release stands to what is in effect at this moment."""
    newest = newest_deployment(session)
    if newest is None:
        return Standing(None, is_outdated=False, is_in_effect=False)
    is_in_effect = newest.content_hash == release.content_hash
    is_known = newest.id in {release.base_id, release.confirmed_base_id} or is_in_effect
    return Standing(newest, not is_known and not _has_content_of(session, newest, release.base_id), is_in_effect)


def _has_content_of(session: Session, newest: Deployment, base_id: int | None) -> bool:
    base = session.get(Deployment, base_id) if base_id is not None else None
    return base is not None and base.content_hash == newest.content_hash
