"""What happens next, said before anything is sent: in words, for whoever holds the form in hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask_babel import LazyString, format_date, gettext, lazy_gettext

from web.language import current_language
from web.settings import Language
from web.wiring import settings
from workflows.hazards.words import Stage
from workflows.next_steps import NextStep, NextSteps, Receiver


@dataclass(frozen=True)
class Outlook:
    """Sentences that say what would follow; none when that is not known."""

    sentences: Sequence[str] = ()


WAITING: Final[Mapping[Stage, LazyString]] = {
    Stage.SPOT_CHECK: lazy_gettext("Then it waits for the draw of the spot-check."),
    Stage.CLOSED: lazy_gettext("With this the hazard is closed."),
}
NOBODY_NEXT: Final = lazy_gettext("Nobody has to do anything next.")
FAILING: Final = lazy_gettext("A step of the process would fail and wait for repair; tell the administrator.")


def in_words(next_steps: NextSteps) -> Outlook:
    """What would follow, one sentence for each task."""
    return Outlook(list(_sentences(next_steps)))


def _sentences(told: NextSteps) -> Iterator[str]:
    yield from (_sentence(step) for step in told.steps)
    if told.has_failed:
        yield str(FAILING)
    elif not told.steps:
        yield str(WAITING.get(told.stage, NOBODY_NEXT) if told.stage else NOBODY_NEXT)


def _sentence(step: NextStep) -> str:
    who = gettext(", ").join(dict.fromkeys(_receiver(each) for each in step.receivers)) or gettext("Someone")
    if step.due_at is None:
        return gettext("Goes to %(who)s for “%(task)s”.", who=who, task=step.task)
    day = step.due_at.astimezone(settings().calendar.zone).date()
    pattern = "M月d日" if current_language() is Language.CHINESE else "MMM d"
    return gettext(
        "Goes to %(who)s for “%(task)s”, due %(day)s.", who=who, task=step.task, day=format_date(day, pattern)
    )


def _receiver(receiver: Receiver) -> str:
    if not receiver.person:
        return receiver.organisation
    return gettext("%(person)s (%(place)s)", person=receiver.person, place=receiver.organisation)
