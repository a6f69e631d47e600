"""What the reader of a hazard's page may begin from it; the page that is then opened decides for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext

from engine.runtime import UnitOfWork
from engine.tasks import Actor
from web.pages.side_processes.possible import possible_acts
from workflows.hazards.models import Hazard


@dataclass(frozen=True)
class Action:
    """Something that can be begun, or looked at, and the page on which it is."""

    words: str
    address: str


def actions_for(uow: UnitOfWork, hazard: Hazard, actor: Actor) -> Sequence[Action]:
    """What this person may begin now, in the order in which it is asked for, and the way to the ledger."""
    begun = [Action(act.words, act.address) for act in possible_acts(uow, hazard, actor)]
    return [*begun, Action(gettext("Show in the ledger"), url_for("ledger.show", text=hazard.number))]
