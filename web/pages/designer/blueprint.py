"""What all pages of the process designer share: who enters, who changes, and the draft that a page is about."""

from __future__ import annotations

from flask import Blueprint

from engine.errors import NotPermitted
from engine.modelling import DraftState, ProcessDraft, draft_of
from engine.runtime import UnitOfWork
from web.security.identity import signed_in
from workflows.organisations.roles import Role

pages = Blueprint("designer", __name__, url_prefix="/designer")

EDITS = frozenset({Role.PROCESS_DESIGNER})
READS = frozenset(
    {Role.PROCESS_DESIGNER, Role.PROCESS_APPROVER, Role.PROCESS_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR}
)


@pages.before_request
def admit() -> None:
    """Nobody enters without a role that reads processes. Raises NotSignedIn, NotPermitted."""
    require(READS)


def require(roles: frozenset[Role]) -> None:
    """Raises NotPermitted unless the visitor has one of these roles somewhere."""
    if signed_in().roles.isdisjoint(roles):
        wanted = " or ".join(sorted(role.value for role in roles))
        raise NotPermitted(f"{signed_in().account} needs the role {wanted} for this")


@pages.app_template_global()
def may_edit_processes() -> bool:
    """Whether the visitor draws processes, rather than only reading them."""
    return not signed_in().roles.isdisjoint(EDITS)


def may_change(draft: ProcessDraft) -> bool:
    """Whether the visitor may change this draft now."""
    return may_edit_processes() and draft.state is DraftState.OPEN


def the_draft(uow: UnitOfWork, draft_id: int) -> ProcessDraft:
    """The draft of an address. Raises NotFound."""
    return draft_of(uow.session, draft_id)
