"""The reminders of a hazard's chronicle in words: who was told, what was stopped and why, and who takes care."""

from __future__ import annotations

from flask_babel import gettext

from web.pages.hazard.known import Known
from web.pages.hazard.told import Told
from web.pages.timeline import Happening, Tone
from web.times import full_moment
from web.words import in_words
from workflows.escalation.models import Acknowledgement, Escalation


def tell_reminder(record: Escalation | Acknowledgement, known: Known) -> Happening:
    """A step that was taken or stopped, or its acknowledgement."""
    if isinstance(record, Acknowledgement):
        return _acknowledgement(record, known)
    return _escalation(record, known)


def _escalation(it: Escalation, known: Known) -> Happening:
    task = known.tasks.get(it.task_id, "")
    if it.stopped_by_id is not None:
        return _stopped(it, known.stopping[it.stopped_by_id], task, known)
    words = gettext("%(step)s: “%(task)s”", step=in_words(it.step), task=task)
    told = known.told.get(it.id, ())
    whom = gettext("; ").join(_addressed(each) for each in told)
    note = gettext("Told: %(whom)s", whom=whom) if whom else ""
    return Happening(it.at, words, note, Tone.LATE if it.step.is_overdue else Tone.REMINDED)


def _stopped(it: Escalation, by: Acknowledgement, task: str, known: Known) -> Happening:
    words = gettext("Stopped: %(step)s: “%(task)s”", step=in_words(it.step), task=task)
    until = full_moment(by.holds_until) if by.holds_until else ""
    reason = gettext("%(who)s takes care of it, until %(when)s", who=known.who(by.by), when=until)
    return Happening(it.at, words, reason, Tone.QUIET)


def _acknowledgement(it: Acknowledgement, known: Known) -> Happening:
    task = known.tasks.get(it.task_id, "")
    words = gettext("%(who)s takes care of “%(task)s”", who=known.who(it.by), task=task)
    return Happening(it.at, words, it.words, Tone.SAID)


def _addressed(told: Told) -> str:
    return f"{told.people}（{told.organisation}）" if told.organisation else told.people
