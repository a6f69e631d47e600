"""Two decision tables compared by columns, rules and cells."""

from __future__ import annotations

from pathlib import Path

from engine.comparing import Change, RowChange, TableChange, compare_file

ESCALATION = Path(__file__).parents[4] / "bpmn" / "decisions" / "escalation.dmn"
BEFORE = ESCALATION.read_bytes()


def table(after: bytes, before: bytes | None = BEFORE) -> TableChange:
    [found] = compare_file("escalation.dmn", before, after).tables
    return found


def differing(found: TableChange) -> list[RowChange]:
    return [row for row in found.rows if row.change is not Change.SAME]


def test_a_changed_cell_is_told_before_and_after() -> None:
    [row] = differing(table(BEFORE.replace(b"<text>-3</text>", b"<text>-5</text>", 1)))
    assert (row.id, row.change, row.number_after) == ("step_remind_early", Change.CHANGED, 1)
    assert [(cell.before, cell.after) for cell in row.cells if cell.is_changed] == [("-3", "-5")]


def test_a_rule_that_was_taken_out_stands_where_it_was() -> None:
    begins, ends = BEFORE.index(b'<rule id="step_remind">'), BEFORE.index(b'<rule id="step_due">')
    found = table(BEFORE[:begins] + BEFORE[ends:])
    [row] = differing(found)
    assert (row.id, row.change, row.number_before, row.number_after) == ("step_remind", Change.REMOVED, 2, None)
    assert found.rows[1] is row


def test_a_rule_that_changed_its_place_is_moved() -> None:
    first, second, third = (
        BEFORE.index(f'<rule id="{name}">'.encode()) for name in ("step_remind_early", "step_remind", "step_due")
    )
    swapped = BEFORE[:first] + BEFORE[second:third] + BEFORE[first:second] + BEFORE[third:]
    assert [row.change for row in differing(table(swapped))] == [Change.MOVED]


def test_rules_that_another_editor_numbered_anew_are_known_by_their_conditions() -> None:
    simple = _table(("'a'", "1"), ("'b'", "2"))
    again = simple.replace(b'<rule id="r', b'<rule id="other').replace(b">2<", b">3<")
    [row] = differing(table(again, simple))
    assert [(cell.before, cell.after) for cell in row.cells if cell.is_changed] == [("2", "3")]


def test_a_new_column_is_told_once_and_not_at_each_rule() -> None:
    after = _table(("'a'", "1"), ("'b'", "2")).replace(
        b"</input>", b'</input><input id="i2" label="more"><inputExpression><text>y</text></inputExpression></input>'
    )
    after = after.replace(b"<outputEntry", b"<inputEntry><text>7</text></inputEntry><outputEntry")
    found = table(after, _table(("'a'", "1"), ("'b'", "2")))
    assert [(column.name, column.change) for column in found.columns][:2] == [
        ("x", Change.SAME),
        ("more", Change.ADDED),
    ]
    assert differing(found) == []
    assert (found.rows[0].cells[1].before, found.rows[0].cells[1].after) == (None, "7")


def test_the_hit_policy_and_the_annotation_of_a_rule_are_told() -> None:
    found = table(
        BEFORE.replace(b'hitPolicy="COLLECT"', b'hitPolicy="UNIQUE"').replace(
            "到期时告知办理人".encode(), "到期".encode()
        )
    )
    assert (found.hit_policy.before, found.hit_policy.after) == ("COLLECT", "UNIQUE")
    [row] = differing(found)
    assert (row.cells[-1].before, row.cells[-1].after) == ("到期时告知办理人", "到期")


def test_a_new_table_is_added_as_a_whole() -> None:
    found = table(BEFORE, None)
    assert found.change is Change.ADDED
    assert {row.change for row in found.rows} == {Change.ADDED}


def _table(*rules: tuple[str, str]) -> bytes:
    rows = "".join(
        f'<rule id="r{number}"><inputEntry><text>{condition}</text></inputEntry>'
        f"<outputEntry><text>{outcome}</text></outputEntry></rule>"
        for number, (condition, outcome) in enumerate(rules)
    )
    columns = (
        '<input id="i1" label="x"><inputExpression><text>x</text></inputExpression></input><output id="o1" name="y"/>'
    )
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d"><decision id="t" name="t">'
        f"<decisionTable>{columns}{rows}</decisionTable></decision></definitions>"
    ).encode()
