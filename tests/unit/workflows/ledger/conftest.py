"""A cell's place in the ledger of Henan's campaign, from 8 November 2022 to 31 January 2023."""

from __future__ import annotations

from datetime import date

import pytest

from workflows.calendar import WorkingCalendar
from workflows.ledger.cells.cell import Place


@pytest.fixture
def place() -> Place:
    return Place("整改资金", date(2022, 11, 8), date(2023, 1, 31), WorkingCalendar())
