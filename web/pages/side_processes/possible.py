"""Which side processes a person may begin for a hazard now, for the buttons of other pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import url_for
from flask_babel import LazyString, lazy_gettext

from engine.runtime import UnitOfWork
from engine.tasks import Actor
from workflows.hazards.models import Hazard
from workflows.side_acts import SideAct, possible_side_acts

ENDPOINTS: Final[Mapping[SideAct, str]] = {
    SideAct.EXTENSION: "side_processes.extension",
    SideAct.LISTING: "side_processes.listing",
    SideAct.EXPOSURE: "side_processes.exposure",
    SideAct.SIMILAR_CHECK: "side_processes.similar_check",
    SideAct.ENFORCEMENT: "side_processes.enforcement",
}
BUTTONS: Final[Mapping[SideAct, LazyString]] = {
    SideAct.EXTENSION: lazy_gettext("Ask for more time"),
    SideAct.LISTING: lazy_gettext("Propose listed supervision"),
    SideAct.EXPOSURE: lazy_gettext("Propose exposure"),
    SideAct.SIMILAR_CHECK: lazy_gettext("Have similar units checked"),
    SideAct.ENFORCEMENT: lazy_gettext("Open a case"),
}


@dataclass(frozen=True)
class PossibleAct:
    """One thing that a person may begin, with the words of its button and the address of its page."""

    act: SideAct
    words: str
    address: str


def possible_acts(uow: UnitOfWork, hazard: Hazard, actor: Actor) -> Sequence[PossibleAct]:
    """What the person may begin for a hazard at this moment, in the order in which pages show it."""
    return [
        PossibleAct(act, str(BUTTONS[act]), url_for(ENDPOINTS[act], number=hazard.number))
        for act in possible_side_acts(uow, hazard, actor.user)
    ]
