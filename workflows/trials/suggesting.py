"""Fills in a form plausibly, so that whoever tries a draft need not: what is required, by the first of all options."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any, Final

from engine.runtime import UnitOfWork
from workflows.simulation.answering import Answer, Situation, answer_form
from workflows.trials.sandbox import Sandbox

PHOTO: Final = "trial/photo.jpg"
PLANS: Final = frozenset({"make_plan", "make_major_plan"})
"""Forms in which the first answer would be no sensible one: a plan that is due today."""
SEED: Final = 2022


def plausible_answers(sandbox: Sandbox, uow: UnitOfWork, schema: Mapping[str, Any], element_id: str) -> Answer:
    """Answers with which the form could be sent; always the same ones in the same situation."""
    hazard = sandbox.hazard(uow)
    situation = Situation(hazard, sandbox.today, hazard.campaign.last_day, PHOTO, Random(SEED))
    return answer_form(schema, element_id if element_id in PLANS else "", situation)
