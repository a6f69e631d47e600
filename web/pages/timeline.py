"""What happened to an instance so far, in sentences; the newest comes first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flask_babel import gettext

from engine.history import HistoryKind
from engine.storage.models import HistoryEvent


class Tone(StrEnum):
    """How an entry looks: something done, something sent back, something late, or a mere note."""

    DONE = "done"
    BACK = "back"
    LATE = "late"
    QUIET = "quiet"


@dataclass(frozen=True)
class Happening:
    """One entry: when, what in words, and a reason or other note below it."""

    at: datetime
    words: str
    note: str
    tone: Tone


@dataclass(frozen=True)
class Teller:
    """Puts history into words; `names` are people by account, `acting` the service tasks worth telling, by id."""

    names: Mapping[str, str]
    acting: frozenset[str]

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
        words = entry.words(self._who(event.actor), event.element_name or "", self._who(event.data.get("to")))
        return Happening(event.at, words, str(event.data.get("reason") or event.data.get("message") or ""), entry.tone)

    def _who(self, account: object) -> str:
        name = str(account or "")
        return self.names.get(name, name) or gettext("The system")


@dataclass(frozen=True)
class Sentence:
    """How one kind of event reads: from who did it, the element's name, and whom it went to."""

    words: Callable[[str, str, str], str]
    tone: Tone = Tone.QUIET


def _tone_of_step(event: HistoryEvent) -> Tone:
    return Tone.BACK if "return" in str(event.element_id) else Tone.QUIET


SENTENCES: Mapping[str, Sentence] = {
    HistoryKind.INSTANCE_STARTED: Sentence(lambda who, what, to: gettext("%(who)s started the process", who=who)),
    HistoryKind.INSTANCE_COMPLETED: Sentence(lambda who, what, to: gettext("The process ended"), Tone.DONE),
    HistoryKind.INSTANCE_CANCELLED: Sentence(
        lambda who, what, to: gettext("%(who)s cancelled the process", who=who), Tone.LATE
    ),
    HistoryKind.INSTANCE_SUSPENDED: Sentence(lambda who, what, to: gettext("%(who)s suspended the process", who=who)),
    HistoryKind.INSTANCE_RESUMED: Sentence(lambda who, what, to: gettext("%(who)s resumed the process", who=who)),
    HistoryKind.TASK_CLAIMED: Sentence(lambda who, what, to: gettext("%(who)s claimed “%(what)s”", who=who, what=what)),
    HistoryKind.TASK_UNCLAIMED: Sentence(
        lambda who, what, to: gettext("%(who)s gave back “%(what)s”", who=who, what=what)
    ),
    HistoryKind.TASK_DELEGATED: Sentence(
        lambda who, what, to: gettext("%(who)s asked %(to)s to do “%(what)s”", who=who, what=what, to=to)
    ),
    HistoryKind.TASK_REASSIGNED: Sentence(
        lambda who, what, to: gettext("%(who)s gave “%(what)s” to %(to)s", who=who, what=what, to=to)
    ),
    HistoryKind.TASK_COMPLETED: Sentence(
        lambda who, what, to: gettext("%(who)s completed “%(what)s”", who=who, what=what), Tone.DONE
    ),
    HistoryKind.TASK_CANCELLED: Sentence(lambda who, what, to: gettext("“%(what)s” is no longer needed", what=what)),
    HistoryKind.TASK_RESCHEDULED: Sentence(
        lambda who, what, to: gettext("The time limit of “%(what)s” was moved", what=what)
    ),
    HistoryKind.TIMER_FIRED: Sentence(
        lambda who, what, to: gettext("A time limit passed: %(what)s", what=what), Tone.LATE
    ),
    HistoryKind.INCIDENT_RAISED: Sentence(
        lambda who, what, to: gettext("A step failed and waits for repair: %(what)s", what=what), Tone.LATE
    ),
    HistoryKind.INCIDENT_RESOLVED: Sentence(
        lambda who, what, to: gettext("A failed step was mended: %(what)s", what=what)
    ),
    HistoryKind.TOKEN_MOVED: Sentence(
        lambda who, what, to: gettext("%(who)s moved the process to “%(what)s”", who=who, what=what), Tone.BACK
    ),
}
