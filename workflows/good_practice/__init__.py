"""Good practice (好经验好做法): what worked in one place is told to everybody, once a second person has approved it."""

from workflows.good_practice.deciding import approve, decline, withdraw
from workflows.good_practice.models import GoodPractice, GoodPracticeStatus, practice_by_id
from workflows.good_practice.permissions import may_decide, may_propose
from workflows.good_practice.proposing import Proposal, propose
from workflows.good_practice.reading import awaiting_decision, proposed_by

__all__ = [
    "GoodPractice",
    "GoodPracticeStatus",
    "Proposal",
    "approve",
    "awaiting_decision",
    "decline",
    "may_decide",
    "may_propose",
    "practice_by_id",
    "propose",
    "proposed_by",
    "withdraw",
]
