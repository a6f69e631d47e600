"""The published proof of a draw: what was committed, what was revealed, and the check that anyone can make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple, dataclass
from typing import Any

from workflows.errors import InvalidRecord
from workflows.spot_check.drawing import Drawn, draw, key_of, seed_hash
from workflows.spot_check.frame import Candidate, frame_hash
from workflows.spot_check.parameters import ALGORITHM, DrawParameters, parameters_hash


@dataclass(frozen=True)
class Promise:
    """What is published before a draw; it fixes everything but the witnesses' words."""

    seed_hash: str
    frame_hash: str
    parameters_hash: str
    candidates: int


def promise(seed: bytes, candidates: Sequence[Candidate], parameters: Mapping[str, Any]) -> Promise:
    """The promise that goes with this seed, list and these parameters."""
    return Promise(seed_hash(seed), frame_hash(candidates), parameters_hash(parameters), len(candidates))


def write_proof(
    *,
    seed: bytes,
    words: str,
    candidates: Sequence[Candidate],
    parameters: Mapping[str, Any],
    commitment: Promise,
    result: Sequence[Drawn],
) -> dict[str, Any]:
    """Everything that a check of the draw needs, as plain JSON."""
    return {
        "algorithm": ALGORITHM,
        "parameters": dict(parameters),
        "commitment": asdict(commitment),
        "seed": seed.hex(),
        "words": words,
        "frame": [list(astuple(candidate)) for candidate in sorted(candidates)],
        "result": [asdict(drawn) for drawn in result],
    }


def verify_draw(proof: Mapping[str, Any]) -> list[str]:
    """What is wrong with a proof, in sentences; none when the draw was made as promised.

    It needs no database: the hashes and the whole draw are computed again from the proof alone. Compare its
    commitment with the one that was published before the draw.
    """
    if proof.get("algorithm") != ALGORITHM:
        return [f"the proof is of the algorithm {proof.get('algorithm')!r}; this checks {ALGORITHM!r}"]
    try:
        seed, words = bytes.fromhex(proof["seed"]), str(proof["words"])
        candidates = [Candidate(*fields) for fields in proof["frame"]]
        parameters = DrawParameters.from_dict(proof["parameters"])
        parameters.check()
        promised = Promise(**proof["commitment"])
        result = [Drawn(**drawn) for drawn in proof["result"]]
        again = draw(candidates, parameters, key_of(seed, words))
    except (KeyError, TypeError, ValueError, AttributeError, InvalidRecord) as unreadable:
        return [f"the proof cannot be read: {unreadable}"]
    found = promise(seed, candidates, proof["parameters"])
    return [
        *_broken_promises(promised, found),
        *_twice(candidates),
        *_differences(result, again),
    ]


def _broken_promises(promised: Promise, found: Promise) -> list[str]:
    names = {
        "seed_hash": "the seed is not the one that was committed",
        "frame_hash": "the list of candidates is not the one that was committed",
        "parameters_hash": "the parameters are not those that were committed",
        "candidates": "the list has not as many candidates as were committed",
    }
    return [message for name, message in names.items() if getattr(promised, name) != getattr(found, name)]


def _twice(candidates: Sequence[Candidate]) -> list[str]:
    numbers = [candidate.number for candidate in candidates]
    return ["the list names a candidate twice"] if len(set(numbers)) < len(numbers) else []


def _differences(result: Sequence[Drawn], again: Sequence[Drawn]) -> list[str]:
    stated, computed = {it.number for it in result}, {it.number for it in again}
    problems = [f"{number} is in the result, but was not drawn" for number in sorted(stated - computed)]
    problems += [f"{number} was drawn, but is missing from the result" for number in sorted(computed - stated)]
    if not problems and list(result) != list(again):
        problems.append("the result has the right hazards in a wrong order")
    return problems
