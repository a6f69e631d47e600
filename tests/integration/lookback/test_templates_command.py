"""`lookback definitions templates` writes what Camunda's desktop modeler reads."""

from __future__ import annotations

import json

from tests.integration.lookback.conftest import CommandLine


def test_templates_of_every_registered_operator_are_written(command_on_nothing: CommandLine) -> None:
    folder = command_on_nothing.folder / "templates"

    written = command_on_nothing("definitions", "templates", "--to", str(folder))

    assert written.exit_code == 0, written.output
    for platform in ("platform-7", "platform-8"):
        templates = {each["id"] for each in json.loads((folder / f"lookback-{platform}.json").read_text())}
        assert {"lookback.user-task", "lookback.hazard.close"} <= templates
