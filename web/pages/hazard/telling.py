"""The chronicle of a hazard in words: each record as one entry of the timeline."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext, ngettext

from engine.history import HistoryKind
from engine.runtime import UnitOfWork
from engine.storage.models import HistoryEvent
from web.pages.entries import Answer
from web.pages.hazard.known import ABOUT_A_PROCESS, Known, known_of
from web.pages.hazard.reminded import tell_reminder
from web.pages.timeline import SENTENCES, Happening, Tone
from web.words import in_words
from workflows.chronicle import Entry, Record, Spread
from workflows.comments import Comment
from workflows.escalation.models import Acknowledgement, Escalation
from workflows.hazards.models import StageChange, Verification
from workflows.hazards.stages import is_return
from workflows.hazards.words import Stage
from workflows.similar_check import SimilarCheck


def tell(uow: UnitOfWork, entries: Sequence[Entry]) -> Sequence[Happening]:
    """The entries of one page in words, in the same order."""
    records = [entry.record for entry in entries]
    known = known_of(uow, records)
    return [_one(record, known) for record in records]


def _one(record: Record, known: Known) -> Happening:
    match record:
        case Comment():
            return _comment(record, known)
        case StageChange():
            return _stage_change(record, known)
        case Verification():
            return _verification(record, known)
        case Spread():
            words = ngettext(
                "%(who)s asked %(num)s unit to look for the same hazard",
                "%(who)s asked %(num)s units to look for the same hazard",
                record.units,
                who=known.who(record.by),
            )
            return Happening(record.at, words, record.reason, Tone.QUIET)
        case SimilarCheck():
            return _similar_answer(record, known)
        case Escalation() | Acknowledgement():
            return tell_reminder(record, known)
        case HistoryEvent():
            return _event(record, known)


def _comment(it: Comment, known: Known) -> Happening:
    if it.withdrawn_at is not None:
        return Happening(it.at, gettext("%(who)s withdrew a comment", who=known.who(it.by)), "", Tone.QUIET)
    return Happening(it.at, gettext("%(who)s commented", who=known.who(it.by)), it.text, Tone.SAID)


def _stage_change(it: StageChange, known: Known) -> Happening:
    who, after = known.who(it.by), in_words(it.after)
    if it.before is None:
        return Happening(it.at, gettext("%(who)s put the hazard on the ledger", who=who), it.reason, Tone.STEP)
    if it.after is Stage.CLOSED:
        return Happening(it.at, gettext("%(who)s approved the closure: closed", who=who), it.reason, Tone.STEP)
    if it.after is Stage.VOIDED:
        return Happening(it.at, gettext("%(who)s took the hazard off the ledger", who=who), it.reason, Tone.LATE)
    before = in_words(it.before)
    if is_return(it.before, it.after):
        words = gettext("%(who)s sent the hazard back from %(before)s to its unit", who=who, before=before)
        return Happening(it.at, words, it.reason, Tone.BACK)
    words = gettext("From %(before)s to %(after)s", before=before, after=after)
    return Happening(it.at, words, it.reason, Tone.STEP)


def _verification(it: Verification, known: Known) -> Happening:
    verifiers = gettext(", ").join(known.names.get(str(each), str(each)) for each in it.verifiers)
    if it.passed:
        words = gettext("Verified on site by %(who)s: passed", who=verifiers)
    else:
        words = gettext("Verified on site by %(who)s: not passed", who=verifiers)
    answers = [
        Answer(gettext("Verdict of the look-back"), in_words(it.verdict) if it.verdict else ""),
        Answer(gettext("Expert"), known.names.get(it.expert or "", it.expert or "")),
        Answer(gettext("Re-check opinion no."), it.document),
    ]
    tone = Tone.DONE if it.passed else Tone.BACK
    return Happening(it.at, words, it.opinion, tone, [answer for answer in answers if answer.words])


def _similar_answer(it: SimilarCheck, known: Known) -> Happening:
    who = known.who(it.answered_by)
    if it.found_id is not None:
        words = gettext("%(who)s found the same hazard in another unit", who=who)
    else:
        words = gettext("%(who)s looked in another unit and found nothing alike", who=who)
    return Happening(it.answered_at or it.asked_at, words, it.remark, Tone.QUIET)


def _event(it: HistoryEvent, known: Known) -> Happening:
    kind = HistoryKind(it.kind)
    if kind in ABOUT_A_PROCESS:
        return _process(it, kind, known)
    entry = SENTENCES[kind]
    people = {"who": _doer(it, known), "to": known.who(it.data.get("to"))}
    if kind is HistoryKind.TASK_REASSIGNED or kind is HistoryKind.TASK_DELEGATED:
        people["to"] = known.names.get(str(it.data.get("to")), str(it.data.get("to") or ""))
    words = str(entry.words) % {**people, "what": it.element_name or ""}
    answers = known.answers.get(it.data.get("task", 0), ()) if kind is HistoryKind.TASK_COMPLETED else ()
    return Happening(it.at, words, str(it.data.get("reason") or ""), entry.tone, answers)


def _doer(it: HistoryEvent, known: Known) -> str:
    """Who did it, and for whom when that was on behalf of somebody on leave."""
    absent = it.data.get("on_behalf_of")
    if not absent:
        return known.who(it.actor)
    return gettext("%(deputy)s for %(person)s", deputy=known.who(it.actor), person=known.names.get(absent, absent))


def _process(it: HistoryEvent, kind: HistoryKind, known: Known) -> Happening:
    facts = {"who": known.who(it.actor), "process": known.processes.get(it.instance_id, "")}
    words = {
        HistoryKind.INSTANCE_STARTED: gettext("%(who)s began “%(process)s”", **facts),
        HistoryKind.INSTANCE_COMPLETED: gettext("“%(process)s” has ended", **facts),
        HistoryKind.INSTANCE_CANCELLED: gettext("%(who)s cancelled “%(process)s”", **facts),
        HistoryKind.INSTANCE_SUSPENDED: gettext("%(who)s suspended “%(process)s”", **facts),
        HistoryKind.INSTANCE_RESUMED: gettext("%(who)s resumed “%(process)s”", **facts),
    }
    return Happening(it.at, words[kind], str(it.data.get("reason") or ""), SENTENCES[kind].tone)
