"""The bulletin (通报): the figures as an official paper, with who leads, who lags, and what is listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from flask_babel import gettext
from sqlalchemy import select

from engine.runtime import UnitOfWork
from web.pages.statistics.board import Board
from web.places import place_in_words
from workflows.geography.paths import inside
from workflows.hazards.models import Hazard
from workflows.listed_supervision.models import Supervision
from workflows.organisations.sectors import Sector
from workflows.statistics.figures import Figures
from workflows.statistics.lateness import LateRegion
from workflows.statistics.reporting import ReportState

NAMED: Final = 5
"""How many regions are named at the top of the ranking, and how many at its end."""

LISTED: Final = 30
"""How many listed hazards are named; there are seldom more."""


@dataclass(frozen=True)
class ListedHazard:
    """A hazard under listed supervision, as the bulletin names it."""

    number: str
    title: str
    unit: str
    place: str
    due_at: datetime | None


@dataclass(frozen=True)
class Bulletin:
    """The paper: everything it says is in the board, but for the hazards it names."""

    board: Board
    listed: Sequence[ListedHazard]

    @property
    def title(self) -> str:
        return gettext("Progress of %(campaign)s", campaign=self.board.campaign.name)

    @property
    def first(self) -> Sequence[LateRegion]:
        """The regions that lead; never the same as those that lag."""
        return self.board.standing[: self._named]

    @property
    def last(self) -> Sequence[LateRegion]:
        """The regions that lag, the last one first."""
        return self.board.standing[::-1][: self._named]

    @property
    def _named(self) -> int:
        return min(NAMED, len(self.board.standing) // 2)

    @property
    def sectors(self) -> Sequence[tuple[Sector, Figures]]:
        return [(sector, self.board.reading.of_sector(sector)) for sector in self.board.reading.sectors]

    @property
    def silent(self) -> Sequence[str]:
        """The regions that have neither found anything this week nor said so."""
        return [it.region.name for it in self.board.reports if it.state is ReportState.SILENT]

    @property
    def zero(self) -> Sequence[str]:
        """The regions that have reported zero for this week."""
        return [it.region.name for it in self.board.reports if it.state is ReportState.ZERO]


def compose(uow: UnitOfWork, board: Board) -> Bulletin:
    """The bulletin of what the board shows."""
    return Bulletin(board, _listed(uow, board))


def _listed(uow: UnitOfWork, board: Board) -> Sequence[ListedHazard]:
    question = board.question
    wanted = (
        select(Hazard)
        .join(Supervision, Supervision.hazard_id == Hazard.id)
        .where(
            Hazard.campaign_id == question.campaign_id,
            inside(Hazard.region_path, question.path),
            Hazard.listed,
            Supervision.delisted_at.is_(None),
        )
        .distinct()
        .order_by(Hazard.id)
        .limit(LISTED)
    )
    if question.sectors is not None:
        wanted = wanted.where(Hazard.sector.in_(sorted(question.sectors)))
    return [
        ListedHazard(it.number, it.title, it.unit_name, place_in_words(it.region_code), it.due_at)
        for it in uow.session.scalars(wanted)
    ]
