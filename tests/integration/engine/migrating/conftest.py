"""A player of diagrams with somebody who moves instances beside; and the stage of the real definitions."""

from __future__ import annotations

import pytest

from engine.clock import ReplayClock
from engine.runtime import Runtime
from tests.features.player import Player
from tests.integration.engine.migrating.mover import Mover
from tests.workflows.conftest import play, set_stages, staged, staged_url, timekeeping

__all__ = ["play", "set_stages", "staged", "staged_url", "timekeeping"]


@pytest.fixture
def player(runtime: Runtime, clock: ReplayClock) -> Player:
    return Player(runtime, clock)


@pytest.fixture
def mover(runtime: Runtime) -> Mover:
    return Mover(runtime)
