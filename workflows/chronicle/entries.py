"""What a chronicle consists of: records of several kinds, each with the moment at which it was written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from engine.storage.models import HistoryEvent
from workflows.chronicle.spreading import Spread
from workflows.comments import Comment
from workflows.escalation.models import Acknowledgement, Escalation
from workflows.hazards.models import StageChange, Verification
from workflows.similar_check import SimilarCheck

Record = Comment | StageChange | Verification | SimilarCheck | Spread | Escalation | Acknowledgement | HistoryEvent


class Source(IntEnum):
    """The kinds of records; of those of one moment the later cause comes after its effect, so a lower one is newer."""

    COMMENT = 0
    STAGE_CHANGE = 1
    VERIFICATION = 2
    SPREAD = 3
    SIMILAR_ANSWER = 4
    HISTORY = 5
    ESCALATION = 6
    ACKNOWLEDGEMENT = 7


class Topic(StrEnum):
    """What a reader wants to see of a chronicle."""

    ALL = "all"
    DECISIONS = "decisions"
    REMINDERS = "reminders"
    COMMENTS = "comments"


@dataclass(frozen=True)
class Place:
    """Where an entry stands among all of them; the list goes on after it."""

    at: datetime
    source: Source
    id: int


@dataclass(frozen=True)
class Entry:
    """One record at its place."""

    place: Place
    record: Record
