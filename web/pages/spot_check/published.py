"""What of a round everybody may see: before the draw its hashes, after it the proof, and nothing more of any hazard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from web.pages.spot_check.wording import parameters_in_words
from workflows.campaigns.models import Campaign
from workflows.organisations.tree import organisation
from workflows.spot_check.models import Commitment, FrameRow, RoundAct, RoundChange, SampledHazard, SpotCheckRound
from workflows.spot_check.revealing import REVEALED
from workflows.spot_check.revealing import seed_of as revealed_seed

ROWS_SHOWN = 300


@dataclass(frozen=True)
class DrawnRow:
    """A drawn hazard as the list has it: codes of place, sector and grade, and no word of what is wrong where."""

    number: str
    place: int
    stratum: str
    county: str


@dataclass(frozen=True)
class Published:
    """A round in public. `total` is how many were drawn, of which the first are shown."""

    it: SpotCheckRound
    campaign: str
    committee: str
    parameters: Sequence[tuple[str, str]]
    commitment: Commitment | None
    drawn: RoundChange | None
    seed: str
    rows: Sequence[DrawnRow]
    total: int

    @property
    def is_drawn(self) -> bool:
        return self.it.status in REVEALED


def published(session: Session, it: SpotCheckRound) -> Published:
    """What everybody may see of a round now."""
    is_drawn = it.status in REVEALED
    total = select(func.count()).where(SampledHazard.round_id == it.id)
    return Published(
        it=it,
        campaign=session.get_one(Campaign, it.campaign_id).name,
        committee=organisation(session, it.committee_id).name,
        parameters=parameters_in_words(it),
        commitment=session.get(Commitment, it.id),
        drawn=_act_of_drawing(session, it),
        seed=revealed_seed(it) if is_drawn else "",
        rows=_rows(session, it) if is_drawn else (),
        total=session.scalar(total) or 0,
    )


def _act_of_drawing(session: Session, it: SpotCheckRound) -> RoundChange | None:
    return session.scalars(
        select(RoundChange).where(RoundChange.round_id == it.id, RoundChange.act == RoundAct.DRAWN).limit(1)
    ).one_or_none()


def _rows(session: Session, it: SpotCheckRound) -> Sequence[DrawnRow]:
    listed = (FrameRow.round_id == SampledHazard.round_id) & (FrameRow.hazard_id == SampledHazard.hazard_id)
    found = select(SampledHazard.number, SampledHazard.place, SampledHazard.stratum, FrameRow.county).join(
        FrameRow, listed
    )
    ordered = found.where(SampledHazard.round_id == it.id).order_by(SampledHazard.id).limit(ROWS_SHOWN)
    return [DrawnRow(*row) for row in session.execute(ordered)]
