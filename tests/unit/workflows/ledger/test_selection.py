"""A selection says the same in an address and in words, whatever was written there."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl

from workflows.hazards.words import Severity, Stage
from workflows.ledger.selection import Selection
from workflows.organisations.sectors import Sector


def test_every_condition_comes_back_out_of_its_address() -> None:
    selection = Selection(
        campaign="henan-2022", stage=(Stage.SELF_CHECK, Stage.CLOSURE), region="4101", sector=(Sector.COAL_MINES,),
        severity=Severity.MAJOR, overdue=7, due_from=date(2022, 11, 8), is_rectified=False, in_time=True, returned=2,
        listed=True, exposed=False, unit="老张饭店 & 子", person="zeren", text="软管 “老化”",
    )  # fmt: skip
    assert Selection.from_query(parse_qsl(selection.query())) == selection


def test_what_has_no_meaning_is_left_out() -> None:
    pairs = [("overdue", "-1"), ("due_from", "soon"), ("stage", "nowhere"), ("listed", "maybe"), ("columns", "number")]
    assert Selection.from_query(pairs) == Selection()


def test_open_stands_for_the_four_stages_before_closing() -> None:
    chosen = Selection.from_query([("stage", "open")]).stage
    assert chosen == (Stage.SELF_CHECK, Stage.SPECIAL_INSPECTION, Stage.SPOT_CHECK, Stage.CLOSURE)


def test_a_period_is_one_condition_in_words() -> None:
    selection = Selection(due_from=date(2022, 11, 8), due_to=date(2022, 11, 9), overdue=1)
    assert [(names, str(said)) for names, said in selection.described()] == [
        (("overdue",), "late"),
        (("due_from", "due_to"), "due from 2022-11-08 to 2022-11-09"),
    ]


def test_a_condition_is_dropped_by_the_names_that_its_words_come_with() -> None:
    selection = Selection(due_from=date(2022, 11, 8), due_to=date(2022, 11, 9), listed=True)
    for names, _ in selection.described():
        selection = selection.without(*names)
    assert selection == Selection()
