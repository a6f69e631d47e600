"""Freezes a round's list and promises its draw: what is published now cannot be changed by anyone later."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import asdict

from sqlalchemy import insert

from engine.runtime import UnitOfWork
from workflows.campaigns.models import Campaign
from workflows.errors import Refused
from workflows.sentences import sentence
from workflows.spot_check.candidates import candidates_for
from workflows.spot_check.frame import Candidate
from workflows.spot_check.models import Commitment, FrameRow, RoundStatus, SpotCheckRound
from workflows.spot_check.proof import promise
from workflows.spot_check.rounds import move, require_way

SEED_BYTES = 32
RandomBytes = Callable[[int], bytes]
"""Gives so many bytes that nobody can foretell."""


def commit_round(
    uow: UnitOfWork, it: SpotCheckRound, *, by: str, random_bytes: RandomBytes = secrets.token_bytes
) -> Commitment:
    """Freeze the list of candidates, choose the secret seed, and publish the hashes of both and of the parameters.

    Only a simulation takes its `random_bytes` from elsewhere than the operating system, to be repeatable. Raises
    WrongStage, and Refused when no hazard may be drawn.
    """
    require_way(it, RoundStatus.COMMITTED)
    uow.session.get_one(Campaign, it.campaign_id, with_for_update=True)  # or two rounds might list the same hazards
    found = candidates_for(uow.session, it, uow.now)
    if not found:
        raise Refused(
            sentence(
                "round '%(round)s' has no hazard to draw from; wait until some have reached the spot-check",
                round=it.name,
            )
        )
    it.seed = seed = random_bytes(SEED_BYTES)
    promised = promise(seed, [candidate for _, candidate in found], it.parameters)
    commitment = Commitment(round_id=it.id, **asdict(promised), committed_at=uow.now, committed_by=by)
    uow.session.add(commitment)
    _freeze(uow, it, found)
    move(uow, it, RoundStatus.COMMITTED, by=by, told=asdict(promised) | {"parameters": it.parameters})
    return commitment


def _freeze(uow: UnitOfWork, it: SpotCheckRound, found: Sequence[tuple[int, Candidate]]) -> None:
    rows = [{"round_id": it.id, "hazard_id": hazard_id, **vars(candidate)} for hazard_id, candidate in found]
    uow.session.execute(insert(FrameRow), rows)
