"""User tasks as people meet them: inbox, claim, delegate, complete."""

from engine.tasks.access import Right, may_work, right_to_work
from engine.tasks.actor import Actor
from engine.tasks.assigning import claim, delegate, reassign, unclaim
from engine.tasks.completing import complete
from engine.tasks.done import DoneCursor, DonePage, completed
from engine.tasks.inbox import Cursor, DueWithin, Narrowing, Page, inbox
from engine.tasks.rescheduling import reschedule
from engine.tasks.survey import Entry, Survey, survey
from engine.tasks.ways import Share

__all__ = [
    "Actor",
    "Cursor",
    "DoneCursor",
    "DonePage",
    "DueWithin",
    "Entry",
    "Narrowing",
    "Page",
    "Right",
    "Share",
    "Survey",
    "claim",
    "complete",
    "completed",
    "delegate",
    "inbox",
    "may_work",
    "reassign",
    "reschedule",
    "right_to_work",
    "survey",
    "unclaim",
]
