"""What is in effect now: the newest deployment, with its processes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.storage.models import Deployment, ProcessDefinition


def newest_deployment(session: Session) -> Deployment | None:
    """The deployment on which new instances run; None before the first."""
    return session.scalars(select(Deployment).order_by(Deployment.id.desc()).limit(1)).first()


def processes_of(session: Session, deployment: Deployment) -> Sequence[ProcessDefinition]:
    """The processes of a deployment, in the order of their files."""
    found = select(ProcessDefinition).where(ProcessDefinition.deployment_id == deployment.id)
    return session.scalars(found.order_by(ProcessDefinition.resource_name, ProcessDefinition.id)).all()
