"""What plays of the side processes share: who holds a role, and short cuts along the main line."""

from __future__ import annotations

from typing import Any

from engine.operators import OperatorContext
from engine.storage.models import Instance
from tests.workflows.play import CONFIRM, PLAN, Play
from workflows.hazards.facts import hazard_of
from workflows.hazards.stages import move
from workflows.hazards.words import Stage
from workflows.listed_supervision import Supervision, propose_listing
from workflows.organisations.people import members_with_role
from workflows.organisations.roles import Role

LIST = {"decision": "list", "opinion": "隐患突出，同意挂牌", "requirements": "停气整改"}
WAY_TO_CLOSED = (Stage.SPECIAL_INSPECTION, Stage.SPOT_CHECK, Stage.CLOSURE, Stage.CLOSED)


def holder(play: Play, role: Role, organisation_id: int) -> str:
    """The account that has a role at an organisation."""
    with play.runtime.reading() as uow:
        return members_with_role(uow.session, role, organisation_id)[0].account


def begin_rectification(play: Play) -> None:
    """Bring a general hazard that is new to where its unit rectifies."""
    play.act("zeren", "confirm_hazard", **CONFIRM)
    play.act("zeren", "make_plan", **PLAN)


def close_on_record(play: Play) -> None:
    """Let the hazard's row be closed, whatever its processes wait for."""
    with play.runtime.unit_of_work() as uow:
        for stage in WAY_TO_CLOSED:
            move(uow, hazard_of(uow.session, play.number), stage, by="test")


def call_operator(play: Play, name: str, **parameters: Any) -> Any:
    """Call a registered operator as a service task of the hazard's main process would."""
    operator = play.runtime.operators.find(name)
    assert operator is not None
    with play.runtime.unit_of_work() as uow:
        instance = uow.session.get_one(Instance, play.hazard().instance_id)
        return operator.call(OperatorContext(uow, instance, "anywhere"), parameters)


def propose(play: Play, reason: str = "逾期未整改", by: str = "anweiban") -> Supervision:
    """Propose the hazard for listed supervision."""
    with play.runtime.unit_of_work() as uow:
        return propose_listing(uow, hazard_of(uow.session, play.number), reason=reason, by=by)


def list_hazard(play: Play) -> Supervision:
    """Propose the hazard and let the leader of the listing committee agree."""
    record = propose(play)
    play.act(holder(play, Role.PROVINCIAL_LEADER, record.committee_id), "approve_listing", **LIST)
    return record
