"""The legal acts on a release, and the one function that carries one out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.errors import NotFound, WrongState
from engine.events import publish
from engine.releasing.models import Release, ReleaseAct, ReleaseState, ReleaseStep
from engine.runtime import UnitOfWork

UNDER_WAY: Final = frozenset({ReleaseState.PROPOSED, ReleaseState.APPROVED, ReleaseState.SCHEDULED, ReleaseState.HELD})
READY: Final = frozenset({ReleaseState.APPROVED, ReleaseState.SCHEDULED, ReleaseState.HELD})
"""Where everybody agreed and only the deployment is left."""

WAYS: Final[Mapping[ReleaseAct, tuple[frozenset[ReleaseState], ReleaseState]]] = {
    ReleaseAct.CONSENTED: (frozenset({ReleaseState.PROPOSED}), ReleaseState.PROPOSED),
    ReleaseAct.APPROVED: (frozenset({ReleaseState.PROPOSED}), ReleaseState.APPROVED),
    ReleaseAct.DECLINED: (UNDER_WAY, ReleaseState.DECLINED),
    ReleaseAct.WITHDRAWN: (UNDER_WAY, ReleaseState.WITHDRAWN),
    ReleaseAct.SCHEDULED: (READY, ReleaseState.SCHEDULED),
    ReleaseAct.UNSCHEDULED: (frozenset({ReleaseState.SCHEDULED}), ReleaseState.APPROVED),
    ReleaseAct.HELD: (frozenset({ReleaseState.SCHEDULED}), ReleaseState.HELD),
    ReleaseAct.DEPLOYED: (READY, ReleaseState.DEPLOYED),
}
"""From which states each act is legal, and where it leads."""


def held(uow: UnitOfWork, release_id: int) -> Release:
    """The release, with everybody else who wants to change it kept waiting. Raises NotFound."""
    release = uow.session.get(Release, release_id, with_for_update=True, populate_existing=True)
    if release is None:
        raise NotFound("release", release_id)
    return release


def ensure_may(release: Release, act: ReleaseAct) -> None:
    """Raises WrongState when the release is not in a state in which this may be done."""
    expected, _ = WAYS[act]
    if release.state not in expected:
        wanted = " or ".join(sorted(state.value for state in expected))
        raise WrongState("release", release.id, expected=wanted, actual=release.state.value)


def transition(uow: UnitOfWork, release: Release, act: ReleaseAct, *, by: str, words: str = "") -> None:
    """Do this to the release, put it on record and tell the outbox. Raises WrongState."""
    ensure_may(release, act)
    release.state = WAYS[act][1]
    if release.state not in UNDER_WAY:
        release.ended_at = uow.now
    note(uow, release, act, by=by, words=words)


def note(uow: UnitOfWork, release: Release, act: ReleaseAct, *, by: str, words: str = "") -> None:
    """Put an act on record and tell the outbox."""
    uow.session.add(ReleaseStep(release_id=release.id, act=act, by=by, at=uow.now, words=words))
    facts = {
        "release": release.id, "kind": release.kind.value, "state": release.state.value, "by": by, "words": words,
        "content_hash": release.content_hash, "emergency": release.emergency, "deployment": release.deployment_id,
    }  # fmt: skip
    publish(uow, f"release.{act.value}", f"release-{release.id}", facts)
    uow.session.flush()
