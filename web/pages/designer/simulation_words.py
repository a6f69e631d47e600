"""The texts of bpmn-js-token-simulation 0.39, which has no translation of its own."""

from __future__ import annotations

from typing import Final

from workflows.sentences import sentence

SIMULATION: Final = (
    sentence("Token Simulation"),
    sentence("Simulation Log"),
    sentence("Toggle Simulation Log"),
    sentence("Play/Pause Simulation"),
    sentence("Play Simulation"),
    sentence("Pause Simulation"),
    sentence("Reset Simulation"),
    sentence("Set Sequence Flow"),
    sentence("Trigger Event"),
    sentence("Add pause point"),
    sentence("Remove pause point"),
    sentence("Set animation speed = Slow"),
    sentence("Set animation speed = Normal"),
    sentence("Set animation speed = Fast"),
    sentence("No Entries"),
    sentence("Finished"),
    sentence("Found unsupported elements"),
    sentence("Not supported"),
    sentence("Process started"),
    sentence("Process finished"),
    sentence("Process canceled"),
    sentence("SubProcess started"),
    sentence("SubProcess finished"),
    sentence("SubProcess canceled"),
    sentence("Start Event"),
    sentence("Intermediate Event"),
    sentence("Boundary Event"),
    sentence("End Event"),
    sentence("Exclusive Gateway"),
    sentence("Inclusive Gateway"),
    sentence("Parallel Gateway"),
    sentence("User Task"),
    sentence("Service Task"),
    sentence("Script Task"),
    sentence("Manual Task"),
    sentence("Business Rule Task"),
    sentence("Send Task"),
    sentence("Receive Task"),
    sentence("Call Activity"),
)
