"""The parsed deployments of this process, each parsed once however many instances run on it."""

from __future__ import annotations

from threading import Lock
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.definitions.parser import ParsedDeployment, parse
from engine.errors import NotFound
from engine.runtime import UnitOfWork
from engine.storage.models import Deployment, Instance, ProcessDefinition, Resource

_parsed: dict[str, ParsedDeployment] = {}
_parsing = Lock()


def parsed(session: Session, deployment: Deployment) -> ParsedDeployment:
    """A deployment's executable form, kept by content hash for as long as the process lives."""
    known = _parsed.get(deployment.content_hash)
    if known is None:
        with _parsing:
            known = _parsed.get(deployment.content_hash)
            if known is None:
                known = parse(_files(session, deployment.id))
                _parsed[deployment.content_hash] = known
    return known


def is_known(content_hash: str) -> bool:
    """Whether a deployment of this content is kept parsed."""
    return content_hash in _parsed


def forget(content_hash: str) -> None:
    """Let a parsed deployment go that was only tried; whoever needs it again parses it again."""
    _parsed.pop(content_hash, None)


def specification_of(session: Session, instance: Instance) -> ParsedDeployment:
    """The executable form of what an instance runs on; its definition is read only when this process meets it first."""
    return _parsed.get(instance.content_hash) or parsed(session, instance.definition.deployment)


def latest(session: Session, process_id: str) -> ProcessDefinition:
    """The newest version of a process. Raises NotFound when none is deployed."""
    newest = (
        select(ProcessDefinition)
        .where(ProcessDefinition.process_id == process_id)
        .order_by(ProcessDefinition.version.desc())
        .limit(1)
    )
    definition = session.scalars(newest).first()
    if definition is None:
        raise NotFound("process definition", process_id)
    return definition


def form(uow: UnitOfWork, deployment_id: int, name: str) -> dict[str, Any]:
    """A form of a deployment, as deployed with the process. Raises NotFound."""
    deployment = uow.session.get(Deployment, deployment_id)
    if deployment is None:
        raise NotFound("deployment", deployment_id)
    forms = parsed(uow.session, deployment).forms
    if name not in forms:
        raise NotFound("form", name)
    return forms[name]


def _files(session: Session, deployment_id: int) -> dict[str, bytes]:
    rows = session.execute(select(Resource.name, Resource.content).where(Resource.deployment_id == deployment_id))
    return dict(rows.all())
