"""Holds a release against what others deployed since it was begun: nobody's work is replaced unseen."""

from __future__ import annotations

from engine.releasing.errors import ReleaseRefused
from engine.releasing.models import Release
from engine.releasing.reading import standing_of
from engine.runtime import UnitOfWork
from engine.sentences import sentence


def confirm(uow: UnitOfWork, release: Release, seen: int | None) -> None:
    """Keep on record that somebody saw the deployment `seen` and agrees to replace it.

    Raises ReleaseRefused when something else is in effect than the release was begun from, and that was not seen.
    """
    standing = standing_of(uow.session, release)
    newest = standing.newest
    if not standing.is_outdated or newest is None:
        return
    if seen != newest.id:
        raise ReleaseRefused(
            sentence(
                "deployment %(number)s by %(who)s took effect meanwhile and would be replaced; compare and confirm it, "
                "or propose the release anew with its changes",
                number=newest.id,
                who=newest.deployed_by,
            )
        )
    release.confirmed_base_id = newest.id
