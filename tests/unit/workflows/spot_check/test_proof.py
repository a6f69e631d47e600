"""The proof of a draw: whoever changes anything is found out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.workflows.spot_check.frames import candidate, frames, parameters
from workflows.spot_check.drawing import draw, key_of
from workflows.spot_check.frame import Candidate, frame_hash
from workflows.spot_check.parameters import DrawParameters
from workflows.spot_check.proof import promise, verify_draw, write_proof

SEED = bytes(range(32))


def proof_of(frame: list[Candidate], parameters: DrawParameters) -> dict[str, Any]:
    written = parameters.to_dict()
    proof = write_proof(
        seed=SEED, words="七", candidates=frame, parameters=written, commitment=promise(SEED, frame, written),
        result=draw(frame, parameters, key_of(SEED, "七")),
    )  # fmt: skip
    return json.loads(json.dumps(proof))


@given(frames, parameters)
def test_an_honest_proof_has_no_fault(frame: list[Candidate], parameters: DrawParameters) -> None:
    assert verify_draw(proof_of(frame, parameters)) == []


@given(frames, st.data())
def test_changing_one_candidate_changes_the_commitment(frame: list[Candidate], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(frame) - 1))
    name = data.draw(st.sampled_from(["number", "city", "county", "sector", "severity", "unit"]))
    changed = replace(frame[place], **{name: getattr(frame[place], name) + "x"})
    assert frame_hash([*frame[:place], changed, *frame[place + 1 :]]) != frame_hash(frame)


def tamper(path: list[Any], value: Any) -> Callable[[dict[str, Any]], None]:
    def change(proof: dict[str, Any]) -> None:
        *way, last = path
        for step in way:
            proof = proof[step]
        proof[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (tamper(["seed"], "00" * 32), "the seed is not the one"),
        (tamper(["frame", 3, 5], "999"), "the list of candidates is not the one"),
        (tamper(["parameters", "sample_size"], 6), "the parameters are not those"),
        (tamper(["result", 0, "number"], "H-999999"), "was not drawn"),
        (tamper(["result"], []), "is missing from the result"),
        (lambda proof: proof["result"].reverse(), "wrong order"),
        (lambda proof: proof["frame"].append(proof["frame"][0]), "a candidate twice"),
        (lambda proof: proof["frame"].pop(), "not as many candidates"),
        (tamper(["frame", 0, 4], "huge"), "cannot be read"),
        (tamper(["seed"], "no hex"), "cannot be read"),
        (tamper(["algorithm"], "dice"), "of the algorithm 'dice'"),
        (lambda proof: proof.pop("commitment"), "cannot be read"),
    ],
)
def test_a_proof_that_was_changed_is_found_out(change: Callable[[dict[str, Any]], Any], found: str) -> None:
    proof = proof_of([candidate(number) for number in range(40)], DrawParameters(sample_size=5))
    change(proof)
    assert any(found in problem for problem in verify_draw(proof)), verify_draw(proof)


def test_other_words_than_the_witnesses_spoke_give_another_result() -> None:
    proof = proof_of([candidate(number) for number in range(300)], DrawParameters(sample_size=9))
    proof["words"] = "八"
    assert verify_draw(proof)
