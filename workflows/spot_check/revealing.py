"""The draw of a round before witnesses, and the proof of it that is published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from engine.runtime import UnitOfWork
from workflows.errors import InvalidRecord, Refused
from workflows.sentences import sentence
from workflows.spot_check.candidates import frame_of
from workflows.spot_check.drawing import Drawn, draw, key_of
from workflows.spot_check.models import Commitment, RoundStatus, SampledHazard, SpotCheckRound
from workflows.spot_check.parameters import DrawParameters
from workflows.spot_check.proof import Promise, promise, write_proof
from workflows.spot_check.rounds import move, require_status, require_way

REVEALED = (RoundStatus.DRAWN, RoundStatus.ASSIGNED, RoundStatus.ENDED)


def draw_round(uow: UnitOfWork, it: SpotCheckRound, *, words: str, witnesses: Sequence[str], by: str) -> int:
    """Reveal the seed, mix it with what the witnesses say now, and draw. Returns how many hazards were drawn.

    `words` may be anything that nobody could know when the list was frozen: numbers called by the witnesses, a
    lottery's result of today. Raises WrongStage, InvalidRecord without words or witnesses, and Refused when the
    frozen list or the seed is no longer what was promised.
    """
    require_way(it, RoundStatus.DRAWN)
    if not words.strip() or not witnesses:
        refusal = sentence("a draw needs words that witnesses say at the draw, and the witnesses' names")
        raise InvalidRecord({"words": refusal})
    frame = frame_of(uow.session, it.id)
    seed = _seed(it)
    if promise(seed, list(frame), it.parameters) != _promised(uow.session, it):
        raise Refused(
            sentence(
                "round '%(round)s' is no longer what was promised; it cannot be drawn. Plan a new round", round=it.name
            )
        )
    it.words, it.witnesses = words.strip(), list(witnesses)
    drawn = draw(list(frame), DrawParameters.from_dict(it.parameters), key_of(seed, it.words))
    ids = {candidate.number: hazard_id for candidate, hazard_id in frame.items()}
    rows = [{"round_id": it.id, "hazard_id": ids[one.number], **vars(one)} for one in drawn]
    uow.session.execute(insert(SampledHazard), rows)
    told = {"seed": seed.hex(), "words": it.words, "witnesses": it.witnesses, "drawn": len(drawn)}
    move(uow, it, RoundStatus.DRAWN, by=by, told=told)
    return len(drawn)


def proof_of(session: Session, it: SpotCheckRound) -> dict[str, Any]:
    """The proof of a round's draw, for publication. Raises WrongStage before the draw, while the seed is secret."""
    require_status(it, *REVEALED)
    sampled = select(SampledHazard).where(SampledHazard.round_id == it.id)
    rows = session.scalars(sampled.order_by(SampledHazard.stratum, SampledHazard.place)).all()
    proof = write_proof(
        seed=_seed(it),
        words=it.words,
        candidates=list(frame_of(session, it.id)),
        parameters=it.parameters,
        commitment=_promised(session, it),
        result=sorted((Drawn(row.number, row.stratum, row.place) for row in rows), key=_order),
    )
    return {"round": it.name, "witnesses": it.witnesses, **proof}


def key_of_round(it: SpotCheckRound) -> bytes:
    """The key from which a drawn round's hazards, and those who look at them, follow."""
    return key_of(_seed(it), it.words)


def seed_of(it: SpotCheckRound) -> str:
    """The seed of a drawn round, in hexadecimal. Raises WrongStage before the draw, while it is secret."""
    require_status(it, *REVEALED)
    return _seed(it).hex()


def _seed(it: SpotCheckRound) -> bytes:
    assert it.seed is not None, "a committed round has a seed"
    return it.seed


def _promised(session: Session, it: SpotCheckRound) -> Promise:
    kept = session.get_one(Commitment, it.id)
    return Promise(kept.seed_hash, kept.frame_hash, kept.parameters_hash, kept.candidates)


def _order(drawn: Drawn) -> tuple[str, int]:
    return drawn.stratum, drawn.place
