"""What people may begin beside a hazard's main line, who may begin which, and whether the hazard's state allows it now.

This is the one place that decides it: pages ask here before they show a form, and again before they act on it. Source
of who may: the table of roles in the domain's notes (penalties are the department's, supervision the committee's).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy.orm import Session

from engine.runtime import UnitOfWork
from workflows.enforcement.models import undecided_case
from workflows.errors import OutOfScope, Refused
from workflows.exposure.models import exposure_under_way
from workflows.extension_request.requesting import refuse_unless_may_ask
from workflows.hazards.guard import FINAL
from workflows.hazards.models import Hazard
from workflows.hazards.words import Stage
from workflows.labels import LabelledEnum
from workflows.listed_supervision.models import supervision_under_way
from workflows.organisations.people import person_by_account
from workflows.organisations.roles import Role
from workflows.permissions import Scope, permits_change, scope_of
from workflows.sentences import Sentence, sentence


class SideAct(LabelledEnum):
    EXTENSION = "extension", "延期"
    LISTING = "listing", "挂牌督办"
    EXPOSURE = "exposure", "曝光"
    SIMILAR_CHECK = "similar-check", "举一反三"
    ENFORCEMENT = "enforcement", "查处"


OFFICES: Final = frozenset({Role.COMMITTEE_OFFICE, Role.PROVINCIAL_LEADER})
DEPARTMENTS: Final = frozenset({Role.DEPARTMENT_INSPECTOR, Role.DEPARTMENT_LEADER})
UNITS: Final = frozenset({Role.RESPONSIBLE_PERSON, Role.UNIT_LEADER})

MAY_BEGIN: Final[Mapping[SideAct, frozenset[Role]]] = {
    SideAct.EXTENSION: UNITS | {Role.COMMITTEE_OFFICE},
    SideAct.LISTING: OFFICES | DEPARTMENTS,
    SideAct.EXPOSURE: OFFICES | DEPARTMENTS,
    SideAct.SIMILAR_CHECK: OFFICES | DEPARTMENTS,
    SideAct.ENFORCEMENT: DEPARTMENTS,
}
"""The roles; each counts only where its organisation's territory, sector or unit holds the hazard."""


def possible_side_acts(uow: UnitOfWork, hazard: Hazard, account: str) -> Sequence[SideAct]:
    """What a person may begin for a hazard at this moment, in the order of `SideAct`."""
    person = person_by_account(uow.session, account)
    if person is None:
        return []
    scopes = {roles: scope_of(uow.session, person, roles) for roles in set(MAY_BEGIN.values())}
    reached = {
        act
        for act, roles in MAY_BEGIN.items()
        if permits_change(scopes[roles], hazard.region_path, hazard.sector, hazard.unit_id)
    }
    return [act for act in SideAct if act in reached and not refusal_of(uow, hazard, account, act)]


def refusal_of(uow: UnitOfWork, hazard: Hazard, account: str, act: SideAct) -> str | None:
    """Why a person may not begin this now; None when nothing stands in the way."""
    try:
        ensure_may_begin(uow, hazard, account, act)
    except (OutOfScope, Refused) as refused:
        return refused.said
    return None


def ensure_may_begin(uow: UnitOfWork, hazard: Hazard, account: str, act: SideAct) -> None:
    """Raises OutOfScope when it is not for this person to begin, Refused when the hazard's state does not allow it."""
    if act is SideAct.EXTENSION:
        refuse_unless_may_ask(uow.session, hazard, account)
        return
    if not permits_change(acting_scope(uow.session, account, act), hazard.region_path, hazard.sector, None):
        raise OutOfScope(
            sentence(
                "%(act)s is not for %(account)s to begin here; %(who)s may", act=act, account=account, who=_who(act)
            )
        )
    under_way = _in_the_way(uow.session, hazard, act)
    if under_way is not None:
        raise Refused(under_way)


def may_withdraw_exposure(uow: UnitOfWork, hazard: Hazard, account: str) -> bool:
    """Whether a person may take a hazard's published case back: the committee's office and its leader."""
    person = person_by_account(uow.session, account)
    scope = scope_of(uow.session, person, OFFICES) if person else Scope()
    return permits_change(scope, hazard.region_path, hazard.sector, None)


def acting_scope(session: Session, account: str, act: SideAct) -> Scope:
    """Where a person may begin this."""
    person = person_by_account(session, account)
    return scope_of(session, person, MAY_BEGIN[act]) if person else Scope()


def _who(act: SideAct) -> list[Role]:
    return [role for role in Role if role in MAY_BEGIN[act]]


def _in_the_way(session: Session, hazard: Hazard, act: SideAct) -> Sentence | None:
    """What about the hazard itself stands in the way. A closed hazard may still be exposed, punished or learnt from."""
    if hazard.stage is Stage.VOIDED:
        return sentence("hazard '%(hazard)s' was taken off the ledger", hazard=hazard.number)
    match act:
        case SideAct.LISTING:
            return _listing_in_the_way(session, hazard)
        case SideAct.EXPOSURE if exposure_under_way(session, hazard.id):
            return sentence("an exposure of '%(hazard)s' is under way or public already", hazard=hazard.number)
        case SideAct.ENFORCEMENT if undecided_case(session, hazard.id):
            return sentence("a case about '%(hazard)s' is undecided; another begins after it", hazard=hazard.number)
        case _:
            return None


def _listing_in_the_way(session: Session, hazard: Hazard) -> Sentence | None:
    if hazard.stage in FINAL:
        return sentence("'%(hazard)s' is closed; only an open hazard is listed", hazard=hazard.number)
    if supervision_under_way(session, hazard.id):
        return sentence("'%(hazard)s' is proposed for listing or listed already", hazard=hazard.number)
    return None
