"""Deploys a set of files as one version: checked as a whole, stored as it came, effective for every new instance."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engine.definitions.checking import check
from engine.definitions.diagrams import Diagram, identity
from engine.definitions.files import Files, content_hash, kind_of, of_kind
from engine.definitions.problems import Problem, Severity
from engine.definitions.xml import read_xml
from engine.errors import ConcurrentChange, InvalidDefinition
from engine.events import publish
from engine.runtime import Runtime, UnitOfWork
from engine.storage.models import Deployment, ProcessDefinition, Resource, ResourceKind


@dataclass(frozen=True)
class Deployed:
    """A deployment with its processes; `is_new` is False when the newest one had the very same content already."""

    deployment: Deployment
    processes: tuple[ProcessDefinition, ...]
    is_new: bool


@dataclass(frozen=True)
class Examination:
    """What was found in a set of files, known by their hash: by the checks, and by the runtime's proofs after these."""

    content_hash: str
    problems: tuple[Problem, ...]

    @property
    def has_error(self) -> bool:
        """Whether something keeps the set from being deployed."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def examine(files: Files, runtime: Runtime) -> Examination:
    """Check a set, and prove it when no error stands in the way. It takes its time, and needs no transaction."""
    found = Examination(content_hash(files), tuple(check(files, runtime)))
    if found.has_error:
        return found
    proven = (problem for proof in runtime.proofs for problem in proof(files))
    return Examination(found.content_hash, (*found.problems, *proven))


def deploy(
    uow: UnitOfWork, files: Files, *, by: str, comment: str = "", examination: Examination | None = None
) -> Deployed:
    """Make a set effective. New instances run on it; those that run go on with the version they began with.

    The content of the newest deployment deploys nothing; the content of an older one becomes a new version again.
    The new version of a process that is suspended is suspended too.
    An `examination` of these very files spares examining them within the transaction. Raises InvalidDefinition with
    every problem that it finds, and ConcurrentChange when someone else deploys at this moment.
    """
    fingerprint = content_hash(files)
    newest = uow.session.scalars(select(Deployment).order_by(Deployment.id.desc()).limit(1)).first()
    if newest is not None and newest.content_hash == fingerprint:
        return Deployed(newest, _processes_of(uow.session, newest), is_new=False)
    refuse_errors(uow, files, examination)
    deployment = Deployment(content_hash=fingerprint, comment=comment, deployed_by=by, deployed_at=uow.now)
    deployment.resources = [Resource(name=name, kind=kind_of(name), content=files[name]) for name in sorted(files)]
    uow.session.add(deployment)
    processes = _next_versions(uow.session, deployment, files)
    uow.session.add_all(processes)
    _store(uow.session)
    versions = {process.process_id: process.version for process in processes}
    publish(
        uow,
        "deployment.created",
        f"deployment-{deployment.id}",
        {"deployment": deployment.id, "by": by, "versions": versions},
    )
    return Deployed(deployment, processes, is_new=True)


def refuse_errors(uow: UnitOfWork, files: Files, examination: Examination | None = None) -> Examination:
    """The examination of these files, made anew when it is not theirs. Raises InvalidDefinition with every problem."""
    if examination is None or examination.content_hash != content_hash(files):
        examination = examine(files, uow.runtime)
    if examination.has_error:
        raise InvalidDefinition(examination.problems)
    return examination


def _next_versions(session: Session, deployment: Deployment, files: Files) -> tuple[ProcessDefinition, ...]:
    rows = session.execute(
        select(ProcessDefinition.process_id, func.max(ProcessDefinition.version)).group_by(ProcessDefinition.process_id)
    )
    newest = dict(rows.all())
    halted = select(ProcessDefinition.process_id).where(ProcessDefinition.suspended).distinct()
    suspended = frozenset(session.scalars(halted))
    return tuple(
        ProcessDefinition(
            deployment=deployment,
            process_id=identity(process),
            name=process.get("name") or identity(process),
            version=newest.get(identity(process), 0) + 1,
            resource_name=name,
            suspended=identity(process) in suspended,
        )
        for name, content in of_kind(files, ResourceKind.PROCESS)
        for process in Diagram(name, read_xml(content, name)).processes
    )


def _store(session: Session) -> None:
    try:
        session.flush()
    except IntegrityError as error:
        raise ConcurrentChange(
            "another deployment became effective at this moment; look at it and deploy again"
        ) from error


def _processes_of(session: Session, deployment: Deployment) -> tuple[ProcessDefinition, ...]:
    found = select(ProcessDefinition).where(ProcessDefinition.deployment_id == deployment.id)
    return tuple(session.scalars(found.order_by(ProcessDefinition.process_id)))
