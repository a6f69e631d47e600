"""A player on a real database, with a few operators to call."""

from __future__ import annotations

import pytest

from engine.clock import ReplayClock
from engine.errors import BpmnError, OperatorFailed
from engine.events import publish
from engine.operators import OperatorContext, OperatorRegistry
from engine.runtime import Runtime
from engine.storage.database import Database
from tests.features.player import Player


class Forbidden(Exception):
    """A rule of some domain says no."""


class Mistaken(Exception):
    """What a person entered does not fit."""


class Weather:
    """An outside condition that a test can change between attempts."""

    stormy = True


@pytest.fixture
def weather() -> Weather:
    return Weather()


@pytest.fixture
def player(database: Database, clock: ReplayClock, weather: Weather) -> Player:
    return Player(Runtime(database, clock, operators=_operators(weather)), clock)


def _operators(weather: Weather) -> OperatorRegistry:
    registry = OperatorRegistry(refusals=(Forbidden,), corrections=(Mistaken,))

    @registry.register("test.double")
    def double(context: OperatorContext, number: int) -> int:
        return number * 2

    @registry.register("test.sail")
    def sail(context: OperatorContext) -> str:
        if weather.stormy:
            raise OperatorFailed("the sea is rough")
        return "arrived"

    @registry.register("test.refuse")
    def refuse(context: OperatorContext, code: str) -> None:
        raise BpmnError(code, "refused")

    @registry.register("test.rest")
    def rest(context: OperatorContext) -> None:
        """Nothing is to be done."""

    _register_failing(registry)
    return registry


def _register_failing(registry: OperatorRegistry) -> None:
    """Operators that fail, each in its own way; some have written before."""

    @registry.register("test.write_and_forbid")
    def write_and_forbid(context: OperatorContext) -> None:
        publish(context.uow, "test.written", "H-1", {})
        raise Forbidden("only the committee may do this")

    @registry.register("test.write_and_correct")
    def write_and_correct(context: OperatorContext) -> None:
        publish(context.uow, "test.written", "H-1", {})
        raise Mistaken("the day lies in the past")

    @registry.register("test.stumble")
    def stumble(context: OperatorContext) -> None:
        raise ZeroDivisionError("nobody thought of this")
