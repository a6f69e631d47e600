"""User tasks as people meet them: inbox, claim, delegate, complete."""

from engine.tasks.access import may_work
from engine.tasks.actor import Actor
from engine.tasks.assigning import claim, delegate, reassign, unclaim
from engine.tasks.completing import complete
from engine.tasks.inbox import Cursor, DueWithin, Page, count_inbox, inbox
from engine.tasks.rescheduling import reschedule

__all__ = [
    "Actor",
    "Cursor",
    "DueWithin",
    "Page",
    "claim",
    "complete",
    "count_inbox",
    "delegate",
    "inbox",
    "may_work",
    "reassign",
    "reschedule",
    "unclaim",
]
