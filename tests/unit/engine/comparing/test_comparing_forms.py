"""Two forms compared field by field, and two sets of files as a whole."""

from __future__ import annotations

from typing import Any

from engine.comparing import Change, PartChange, compare, compare_file
from tests.diagrams import diagram, form, process, question

NOTE = question("textfield", "note", id="Field_1")
SURE = question("checkbox", "sure", id="Field_2")
VERDICT = question("radio", "verdict", values=[{"value": "a", "label": "A"}, {"value": "b", "label": "B"}])


def parts(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> tuple[PartChange, ...]:
    return compare_file("f.form", form("f", *before), form("f", *after)).parts


def told(part: PartChange) -> dict[str, tuple[str | None, str | None]]:
    return {each.name: (each.before, each.after) for each in part.properties}


def test_a_field_is_known_by_its_key_and_told_property_by_property() -> None:
    [part] = parts([NOTE], [NOTE | {"label": "说明", "validate": {"required": True}}])
    assert (part.id, told(part)) == ("note", {"label": ("note", "说明"), "validate.required": (None, "true")})


def test_fields_come_and_go() -> None:
    assert [(part.id, part.change) for part in parts([NOTE], [SURE])] == [
        ("sure", Change.ADDED),
        ("note", Change.REMOVED),
    ]


def test_a_field_with_another_key_is_still_the_same_field() -> None:
    [part] = parts([NOTE], [NOTE | {"key": "remark"}])
    assert told(part) == {"key": ("note", "remark")}


def test_a_new_option_is_told_and_no_other_moves() -> None:
    more = VERDICT | {"values": [{"value": "c", "label": "C"}, *VERDICT["values"]]}
    [part] = parts([VERDICT], [more])
    assert told(part) == {"values[c]": (None, "C")}


def test_two_fields_that_change_places_are_moved() -> None:
    assert [part.change for part in parts([NOTE, SURE], [SURE, NOTE])] == [Change.MOVED]


def test_the_columns_of_the_layout_are_no_change_of_what_is_asked() -> None:
    [part] = parts([NOTE], [NOTE | {"layout": {"row": "r", "columns": 8}}])
    assert (part.change, part.properties) == (Change.MOVED, ())


def test_a_field_that_went_into_a_group_says_so() -> None:
    group = {"type": "group", "id": "g", "label": "现场"}
    [part] = parts([group, NOTE], [group | {"components": [NOTE]}])
    assert told(part) == {"within": (None, "现场")}


def test_what_is_no_form_is_unreadable() -> None:
    assert compare_file("f.form", b"[]", form("f")).unreadable
    assert compare_file("f.form", b"[" * 100_000, form("f")).unreadable


def test_sets_are_compared_file_by_file_and_a_new_name_is_no_new_file() -> None:
    kept, same = form("f", NOTE), diagram(process("p"))
    comparison = compare({"f.form": kept, "p.bpmn": same, "old.form": form("x")}, {"g.form": kept, "p.bpmn": same})
    assert [(each.file, each.change, each.was_called) for each in comparison.files] == [
        ("g.form", Change.MOVED, "f.form"),
        ("old.form", Change.REMOVED, None),
    ]
    assert comparison.same == 1
