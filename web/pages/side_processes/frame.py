"""What every page of a side process shows around its own: the hazard, what may be begun, and what waits for whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import render_template
from sqlalchemy import select

from engine.runtime import UnitOfWork
from engine.storage.models import TaskStatus, UserTask
from web.pages.cards import Card, cards
from web.pages.names import names_of
from web.pages.side_processes.acting import Refusal, fresh_key, typed
from web.pages.side_processes.possible import ENDPOINTS
from web.places import place_in_words
from web.security.identity import current_actor
from web.sentences import spoken
from web.times import Due, left_until
from web.wiring import settings
from workflows.hazards.guard import FINAL
from workflows.hazards.models import Hazard
from workflows.hazards.words import Origin, Severity
from workflows.side_acts import SideAct, refusal_of

MOST_TASKS = 10


@dataclass(frozen=True)
class Frame:
    """The hazard of a page. `refused` says why its form is not there for this person, if it is not."""

    act: SideAct
    hazard: Hazard
    region: str
    due: Due
    refused: str
    waiting: Sequence[Card]

    @property
    def number(self) -> str:
        return self.hazard.number

    @property
    def severity(self) -> Severity:
        return self.hazard.severity

    @property
    def origin(self) -> Origin:
        return self.hazard.origin

    @property
    def is_listed(self) -> bool:
        return self.hazard.listed

    @property
    def is_open(self) -> bool:
        return self.hazard.stage not in FINAL


def frame_of(uow: UnitOfWork, hazard: Hazard, act: SideAct, process_id: str) -> Frame:
    """The frame of one page, with the tasks of its process that are open for this hazard."""
    open_tasks = (
        select(UserTask)
        .where(
            UserTask.business_key == hazard.number,
            UserTask.process_id == process_id,
            UserTask.status == TaskStatus.OPEN,
        )
        .order_by(UserTask.id)
        .limit(MOST_TASKS)
    )
    return Frame(
        act=act,
        hazard=hazard,
        region=place_in_words(hazard.region_code),
        due=left_until(hazard.due_at, uow.now, settings().calendar),
        refused=spoken(refusal_of(uow, hazard, current_actor(uow).user, act) or ""),
        waiting=cards(uow, uow.session.scalars(open_tasks).all()),
    )


def show(
    template: str, uow: UnitOfWork, frame: Frame, refusal: Refusal, accounts: Sequence[str | None], **more: object
) -> str:
    """The page, with what was typed if it was refused, and the names of the people on it."""
    names: Mapping[str, str] = names_of(uow, accounts)
    return render_template(
        f"side_processes/{template}.html",
        it=frame,
        acts=ENDPOINTS,
        refusal=refusal,
        typed=typed(),
        names=names,
        request_key=fresh_key(),
        **more,
    )
