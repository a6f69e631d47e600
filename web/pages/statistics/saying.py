"""What stands out, in words: one sentence made of the figures, each of its parts with the rows behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from flask_babel import gettext, ngettext

from web.pages.statistics.board import Board
from web.pages.statistics.percent import percent
from web.words import in_words
from workflows.geography.divisions import Division

NAMED: Final = 3
"""How many regions are called by name."""


@dataclass(frozen=True)
class Phrase:
    """A part of the sentence, and where its rows are, if it speaks of rows."""

    text: str
    href: str = ""


def phrases_of(board: Board) -> Sequence[Phrase]:
    """What a leader should hear first; the calm case is said too."""
    if not board.total.found:
        return [Phrase(gettext("no hazard is on the ledger yet"))]
    return [*_slow(board), *_late(board), *_sector(board), *_pace(board)] or [Phrase(gettext("nothing stands out"))]


def named(regions: Sequence[Division]) -> str:
    """Some regions by name; in English too, names of places stay as they are."""
    return gettext(", ").join(region.name for region in regions[:NAMED])


def _slow(board: Board) -> Iterator[Phrase]:
    slow = board.standouts.slow
    if len(slow) == 1:
        yield Phrase(gettext("%(name)s has closed less than half", name=slow[0].name))
    elif slow:
        said = gettext("%(num)s regions have closed less than half, last %(names)s", num=len(slow), names=named(slow))
        yield Phrase(said)


def _late(board: Board) -> Iterator[Phrase]:
    since = board.standouts.late_since
    if since is None:
        yield Phrase(gettext("no hazard is late"))
        return
    days = (board.reading.today - since).days
    said = ngettext("the longest delay is %(num)s day", "the longest delay is %(num)s days", days)
    yield Phrase(said, board.rows.due_on(since))


def _sector(board: Board) -> Iterator[Phrase]:
    worst = board.standouts.worst_sector
    if worst:
        name, rate = in_words(worst.sector), percent(worst.rate)
        said = gettext("%(sector)s keeps its time limits worst, %(rate)s", sector=name, rate=rate)
        yield Phrase(said, board.rows.at(sector=worst.sector).overdue())


def _pace(board: Board) -> Iterator[Phrase]:
    pace = board.standouts.pace
    if pace.needed is None or not pace.remaining:
        return
    numbers = {"reached": f"{pace.reached:.1f}", "needed": f"{pace.needed:.1f}"}
    if pace.is_enough:
        yield Phrase(gettext("%(reached)s are closed each working day, which is enough (%(needed)s)", **numbers))
    else:
        yield Phrase(gettext("%(reached)s are closed each working day, while %(needed)s are needed", **numbers))
