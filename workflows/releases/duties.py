"""What the clock does for releases: it puts those whose moment has come into effect, each exactly once."""

from __future__ import annotations

import logging
from datetime import timedelta
from threading import Event
from typing import Final

from engine.definitions.deploying import examine
from engine.errors import ConcurrentChange, EngineError, WrongState
from engine.releasing import (
    deploy_release,
    due_releases,
    hold,
    release_files,
    release_of,
)
from engine.runtime import Runtime
from engine.scheduler import Duty
from workflows.audit import AuditKind
from workflows.errors import WorkflowsError
from workflows.releases.recording import put_on_record

SCHEDULER: Final = "scheduler"
BATCH: Final = 10
LONGEST_WORDS: Final = 2000

log = logging.getLogger(__name__)


def deploying_scheduled(runtime: Runtime, *, every: timedelta) -> Duty:
    """A duty that deploys scheduled releases in the name of who scheduled them; one that cannot be is held."""

    def run(stopping: Event) -> None:
        with runtime.reading() as uow:
            due = due_releases(uow.session, uow.now, limit=BATCH)
        for release_id in due:
            if stopping.is_set():
                return
            deploy_scheduled(runtime, release_id)

    return Duty("releases", every, run)


def deploy_scheduled(runtime: Runtime, release_id: int) -> None:
    """Put one scheduled release into effect, or hold it and say why.

    Another node may do the same at this moment: whoever comes second finds it done.
    """
    with runtime.reading() as uow:
        files = release_files(uow.session, release_id)
        by = release_of(uow.session, release_id).scheduled_by or SCHEDULER
    try:
        examination = examine(files, runtime)
        with runtime.unit_of_work() as uow:
            deploy_release(uow, release_id, by=by, examination=examination)
            release = release_of(uow.session, release_id)
            put_on_record(uow, AuditKind.RELEASE_DEPLOYED, release, by, after={"deployment": release.deployment_id})
    except (WrongState, ConcurrentChange) as overtaken:
        log.info("release %s was not deployed by this node: %s", release_id, overtaken)
    except (EngineError, WorkflowsError) as refused:
        _hold(runtime, release_id, str(refused))


def _hold(runtime: Runtime, release_id: int, words: str) -> None:
    with runtime.unit_of_work() as uow:
        release = hold(uow, release_id, by=SCHEDULER, words=words[:LONGEST_WORDS])
        if release is not None:
            put_on_record(uow, AuditKind.RELEASE_HELD, release, SCHEDULER, reason=words)
