"""What happened to an instance so far, in sentences; the newest comes first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flask_babel import LazyString, gettext, lazy_gettext

from engine.history import HistoryKind
from engine.storage.models import HistoryEvent
from web.pages.entries import Answer

SENDING_BACK = "send_back"


class Tone(StrEnum):
    """How an entry looks: a step of the work done, a stage reached, something sent back, reminded of or late,
    something said, or a mere note."""

    DONE = "done"
    STEP = "step"
    BACK = "back"
    REMINDED = "reminded"
    LATE = "late"
    SAID = "said"
    QUIET = "quiet"


@dataclass(frozen=True)
class Happening:
    """One entry: when, what in words, below it a reason or other note, and what was entered at the step if any."""

    at: datetime
    words: str
    note: str
    tone: Tone
    answers: Sequence[Answer] = ()


@dataclass(frozen=True)
class Teller:
    """Puts history into words; `names` are people by account, `acting` the service tasks worth telling, by id, and
    `entries` what was entered, by task."""

    names: Mapping[str, str]
    acting: frozenset[str]
    entries: Mapping[int, Sequence[Answer]]

    def tell(self, history: Sequence[HistoryEvent]) -> list[Happening]:
        """The entries worth reading, newest first."""
        return [told for event in reversed(history) if (told := self._one(event)) is not None]

    def _one(self, event: HistoryEvent) -> Happening | None:
        if event.kind == HistoryKind.ELEMENT_COMPLETED:
            if event.element_id not in self.acting:
                return None
            return Happening(event.at, event.element_name or str(event.element_id), "", _tone_of_step(event))
        entry = SENTENCES.get(event.kind)
        if entry is None:
            return None
        people = {"who": self._who(event.actor), "to": self._who(event.data.get("to"))}
        words = str(entry.words) % {**people, "what": event.element_name or ""}
        note = str(event.data.get("reason") or "")
        answers = self.entries.get(event.data.get("task", 0), ()) if event.kind == HistoryKind.TASK_COMPLETED else ()
        return Happening(event.at, words, note, entry.tone, answers)

    def _who(self, account: object) -> str:
        name = str(account or "")
        return self.names.get(name, name) or gettext("The system")


@dataclass(frozen=True)
class Sentence:
    """How one kind of event reads; `words` name who did it, what it was done to, and to whom it went."""

    words: LazyString
    tone: Tone = Tone.QUIET


def _tone_of_step(event: HistoryEvent) -> Tone:
    return Tone.BACK if event.element_id == SENDING_BACK else Tone.QUIET


SENTENCES: Mapping[str, Sentence] = {
    HistoryKind.INSTANCE_STARTED: Sentence(lazy_gettext("%(who)s started the process")),
    HistoryKind.INSTANCE_COMPLETED: Sentence(lazy_gettext("The process ended"), Tone.DONE),
    HistoryKind.INSTANCE_CANCELLED: Sentence(lazy_gettext("%(who)s cancelled the process"), Tone.LATE),
    HistoryKind.INSTANCE_SUSPENDED: Sentence(lazy_gettext("%(who)s suspended the process")),
    HistoryKind.INSTANCE_RESUMED: Sentence(lazy_gettext("%(who)s resumed the process")),
    HistoryKind.TASK_CLAIMED: Sentence(lazy_gettext("%(who)s claimed “%(what)s”")),
    HistoryKind.TASK_UNCLAIMED: Sentence(lazy_gettext("%(who)s gave back “%(what)s”")),
    HistoryKind.TASK_DELEGATED: Sentence(lazy_gettext("%(who)s asked %(to)s to do “%(what)s”")),
    HistoryKind.TASK_REASSIGNED: Sentence(lazy_gettext("%(who)s gave “%(what)s” to %(to)s")),
    HistoryKind.TASK_COMPLETED: Sentence(lazy_gettext("%(who)s completed “%(what)s”"), Tone.DONE),
    HistoryKind.TASK_CANCELLED: Sentence(lazy_gettext("“%(what)s” is no longer needed")),
    HistoryKind.TASK_RESCHEDULED: Sentence(lazy_gettext("The time limit of “%(what)s” was moved")),
    HistoryKind.TIMER_FIRED: Sentence(lazy_gettext("A time limit passed: %(what)s"), Tone.LATE),
    HistoryKind.INCIDENT_RAISED: Sentence(lazy_gettext("A step failed and waits for repair: %(what)s"), Tone.LATE),
    HistoryKind.INCIDENT_RESOLVED: Sentence(lazy_gettext("A failed step was mended: %(what)s")),
    HistoryKind.TOKEN_MOVED: Sentence(lazy_gettext("%(who)s moved the process to “%(what)s”"), Tone.BACK),
}
