"""`lookback definitions migrate` says what would become of the instances, and moves them."""

from __future__ import annotations

from sqlalchemy import select

from engine.storage.database import Database
from engine.storage.models import TaskStatus, UserTask
from tests.diagrams import end, flows, process, start, user_task
from tests.integration.lookback.conftest import CommandLine
from tests.integration.lookback.test_command_line import start_letter


def prepared(command: CommandLine, step: str) -> None:
    """A letter that waits to be written, and a version in which that step is another one."""
    command.draw_letter()
    assert command("definitions", "deploy", "--folder", str(command.definitions)).exit_code == 0
    start_letter(command)
    command.draw(process("letter", start(), user_task(step), end(), flows("start", step, "end")))
    assert command("definitions", "deploy", "--folder", str(command.definitions)).exit_code == 0


def waits_at(command: CommandLine) -> list[str]:
    database = Database(command.database_url)
    with database.reading() as session:
        found = list(session.scalars(select(UserTask.element_id).where(UserTask.status == TaskStatus.OPEN)))
    database.close()
    return found


def test_a_preview_names_the_step_and_moves_nothing(command: CommandLine) -> None:
    prepared(command, "xyz")

    preview = command("definitions", "migrate", "letter", "--from", "1", "--preview", "--by", "yunwei")

    assert preview.exit_code == 1
    assert "1 instances: 0 can be moved, 1 need a mapping" in preview.output
    assert "element gone at letter:write" in preview.output
    assert waits_at(command) == ["write"]


def test_mapped_by_hand_the_instances_are_moved(command: CommandLine) -> None:
    prepared(command, "xyz")
    mapped = ("--map", "letter:write=xyz")

    moved = command("definitions", "migrate", "letter", "--from", "1", *mapped, "--reason", "改名", "--by", "yunwei")

    assert moved.exit_code == 0, moved.output
    assert "1 moved, 0 failed, 0 passed over" in moved.output
    assert waits_at(command) == ["xyz"]


def test_an_unknown_version_is_refused(command: CommandLine) -> None:
    prepared(command, "write_again")

    refused = command("definitions", "migrate", "letter", "--from", "9")

    assert refused.exit_code == 1
    assert "letter version 9" in refused.stderr
