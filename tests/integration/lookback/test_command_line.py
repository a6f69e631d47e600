"""What the commands print and how they end."""

from __future__ import annotations

from engine import instances
from engine.clock import SystemClock
from engine.runtime import Runtime
from engine.storage.database import Database
from tests.diagrams import end, flows, process, start, user_task
from tests.integration.lookback.conftest import CommandLine


def start_letter(command: CommandLine, key: str = "H-1") -> int:
    database = Database(command.database_url)
    with Runtime(database, SystemClock()).unit_of_work() as uow:
        started = instances.start(uow, "letter", {}, business_key=key, by="ann").id
    database.close()
    return started


def test_every_command_is_described(command_on_nothing: CommandLine) -> None:
    described = command_on_nothing("--help")

    assert described.exit_code == 0, described.output
    for name in ("definitions", "demo", "doctor", "hazards", "inbox", "instance", "migrate", "scheduler", "serve"):
        assert f"\n  {name} " in described.output
    assert "revision" not in described.output


def test_migrate_creates_the_database_and_may_be_repeated(command_on_nothing: CommandLine) -> None:
    assert command_on_nothing("migrate").exit_code == 0

    again = command_on_nothing("migrate")

    assert again.exit_code == 0
    assert "already" in again.output


def test_a_database_that_is_not_migrated_is_refused_with_the_remedy(command_on_nothing: CommandLine) -> None:
    refused = command_on_nothing("definitions", "list")

    assert refused.exit_code == 1
    assert "lookback migrate" in refused.stderr


def test_a_wrong_setting_is_one_plain_line(command: CommandLine) -> None:
    command.environment["LOOKBACK_WEB__PORT"] = "many"

    refused = command("doctor")

    assert refused.exit_code == 1
    assert refused.stderr.startswith("LOOKBACK_WEB__PORT: web.port: ")
    assert "Traceback" not in refused.output


def test_a_database_that_does_not_answer_is_one_plain_line(command: CommandLine) -> None:
    command.database_url = f"postgresql+psycopg://nobody@/nothing?host={command.folder}"

    refused = command("definitions", "list")

    assert refused.exit_code == 1
    assert refused.stderr.startswith("the database cannot be used: ")


def test_the_same_folder_is_deployed_once(command: CommandLine) -> None:
    command.draw_letter()

    first, second = command("definitions", "deploy"), command("definitions", "deploy")

    assert "letter version 1" in first.output
    assert (second.exit_code, "nothing was deployed" in second.output) == (0, True)


def test_a_folder_without_definitions_is_refused(command: CommandLine) -> None:
    assert "there is no .bpmn, .dmn or .form file" in command("definitions", "deploy").stderr


def test_lint_names_every_problem_and_fails(command: CommandLine) -> None:
    command.draw(process("letter", start(), user_task("write"), end(), flows("start", "write")))

    linted = command("definitions", "lint")

    assert linted.exit_code == 1
    assert "letter.bpmn" in linted.stderr


def test_lint_needs_no_database(command_on_nothing: CommandLine) -> None:
    command_on_nothing.draw_letter()

    linted = command_on_nothing("definitions", "lint")

    assert linted.exit_code == 0, linted.output
    assert "2 files, 0 errors" in linted.output


def test_list_shows_versions_and_running_instances(command: CommandLine) -> None:
    command.draw_letter()
    command("definitions", "deploy", "--by", "designer")
    start_letter(command)

    listed = command("definitions", "list").output.splitlines()

    row = next(line for line in listed if "letter.bpmn" in line).split("│")
    assert [cell.strip() for cell in row if cell.strip()][-2:] == ["designer", "1"]


def test_diff_tells_what_a_deployment_would_change(command: CommandLine) -> None:
    command.draw_letter()
    command("definitions", "deploy")
    (command.definitions / "anything.form").rename(command.definitions / "renamed.form")
    changed = command.definitions / "letter.bpmn"
    changed.write_bytes(changed.read_bytes().replace(b'name="letter"', b'name="note"'))

    compared = command("definitions", "diff", "--text")

    assert [line for line in compared.output.splitlines() if line[:2] in {"+ ", "- ", "~ "}] == [
        "+ renamed.form",
        "~ letter.bpmn",
        "- anything.form",
    ]


def test_diff_of_what_is_deployed_is_empty(command: CommandLine) -> None:
    command.draw_letter()
    command("definitions", "deploy")

    assert "is what is deployed" in command("definitions", "diff").output


def test_an_instance_is_shown_with_its_path_and_what_it_waits_for(command: CommandLine) -> None:
    command.draw_letter()
    command("definitions", "deploy")
    instance_id = start_letter(command, "H-17")

    shown = command("instance", "show", str(instance_id))

    assert shown.exit_code == 0, shown.output
    assert shown.output.startswith("letter version 1, H-17: running")
    assert "waits for task" in shown.output


def test_an_unknown_instance_is_one_plain_line(command: CommandLine) -> None:
    refused = command("instance", "show", "404")

    assert (refused.exit_code, refused.stderr) == (1, "there is no instance 404\n")


def test_the_inbox_of_an_unknown_account_is_refused(command: CommandLine) -> None:
    refused = command("inbox", "nobody")

    assert (refused.exit_code, refused.stderr) == (1, "there is no account 'nobody'\n")


def test_the_doctor_finds_nothing_wrong_once_everything_is_done(command: CommandLine) -> None:
    command.draw_letter()
    assert command("doctor").exit_code == 1
    command("definitions", "deploy")

    examined = command("doctor")

    assert (examined.exit_code, "✗" in examined.output) == (0, False), examined.output


def test_the_doctor_says_what_to_do(command_on_nothing: CommandLine) -> None:
    examined = command_on_nothing("doctor")

    assert examined.exit_code == 1
    assert "✗ migrations: the database lacks migrations\n  → lookback migrate" in examined.output
    assert "✗ definition files" in examined.output


def test_the_doctor_names_a_secret_that_others_can_read(command: CommandLine) -> None:
    command.draw_letter()
    command("definitions", "deploy")
    secret = command.folder / "var" / "secret_key"
    secret.parent.mkdir()
    secret.write_text("0" * 64)
    secret.chmod(0o644)

    examined = command("doctor")

    assert examined.exit_code == 1
    assert f"chmod 600 {secret}" in examined.output
