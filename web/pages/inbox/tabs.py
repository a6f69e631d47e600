"""The tabs of the inbox."""

from __future__ import annotations

from enum import StrEnum

from engine.tasks import Share


class Whose(StrEnum):
    """All open tasks that reach a person, the parts of them, and what the person has done."""

    ALL = Share.ALL.value
    MINE = Share.MINE.value
    GROUPS = Share.GROUPS.value
    DONE = "done"

    @property
    def share(self) -> Share:
        """The part of the inbox that the tab shows. Raises ValueError for what is no longer in it."""
        return Share(self.value)


OPEN_TABS = (Whose.ALL, Whose.MINE, Whose.GROUPS)
