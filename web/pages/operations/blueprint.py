"""What all pages of operations share: who enters, who acts, and how a refusal is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from flask import Blueprint
from flask_babel import LazyString, gettext, lazy_gettext

from engine.errors import ConcurrentChange, NotPermitted, WrongState
from engine.runtime import UnitOfWork
from web.security.identity import signed_in
from web.sentences import spoken, spoken_by_field
from web.wiring import runtime
from workflows.errors import InvalidRecord, Refused
from workflows.operating.permissions import OPERATES, WATCHES
from workflows.organisations.roles import Role

pages = Blueprint("operations", __name__, url_prefix="/operations")


@dataclass(frozen=True)
class Section:
    """A part of operations: where it begins, and what it is called."""

    endpoint: str
    name: LazyString


SECTIONS = (
    Section("operations.index", lazy_gettext("Processes in operation")),
    Section("operations.instances", lazy_gettext("Instances")),
    Section("operations.batches", lazy_gettext("Batches")),
    Section("operations.migrations", lazy_gettext("Migrations")),
)


@dataclass(frozen=True)
class Refusal:
    """Why nothing was done: a message, or what is wrong with each field; and the status of the answer."""

    message: str = ""
    errors: Mapping[str, str] = field(default_factory=dict[str, str])
    status: int = 422


NOT_REFUSED = Refusal(status=200)


@pages.before_request
def admit() -> None:
    """Nobody enters without one of the roles that watch. Raises NotSignedIn, NotPermitted."""
    require(WATCHES)


@pages.app_template_global()
def operates() -> bool:
    """Whether the visitor may act here, and not only look."""
    return not signed_in().roles.isdisjoint(OPERATES)


@pages.app_template_global()
def operations_sections() -> Sequence[Section]:
    """The parts of operations, in order."""
    return SECTIONS


def require(roles: frozenset[Role] = OPERATES) -> None:
    """Raises NotPermitted unless the visitor has one of these roles, by default one that acts."""
    if signed_in().roles.isdisjoint(roles):
        wanted = " or ".join(sorted(role.value for role in roles))
        raise NotPermitted(f"{signed_in().account} needs the role {wanted} for this")


def carry_out(act: Callable[[UnitOfWork], object]) -> Refusal:
    """Do something in one transaction; NOT_REFUSED when it was done."""
    try:
        with runtime().unit_of_work() as uow:
            act(uow)
    except InvalidRecord as invalid:
        return Refusal(errors=spoken_by_field(invalid.errors))
    except Refused as refused:
        return Refusal(message=spoken(refused.said))
    except (ConcurrentChange, WrongState):
        return Refusal(
            message=gettext("This was changed by someone else meanwhile. Look at it as it is now."), status=409
        )
    return NOT_REFUSED
