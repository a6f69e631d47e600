"""Moves running instances to another version of their process: examined, mapped, run in the background, undone."""

from engine.migrating.aligning import Counterpart, Origin
from engine.migrating.deciding import (
    WrongMapping,
    begin,
    cancel,
    choose,
    look_again,
    pause,
    run,
    undo,
    undo_one,
)
from engine.migrating.duties import forgetting_kept_states, migrating, work_on_next
from engine.migrating.judging import Movability, Obstacle, ObstacleKind
from engine.migrating.models import Migration, MigrationItem
from engine.migrating.planning import Plan, plan_between, plan_of
from engine.migrating.reading import (
    JudgedGroup,
    MappedElement,
    groups_of,
    items_of,
    kept_by,
    mapped_elements,
    migration_of,
    migrations,
    reasons,
    verdicts,
    waiting_at,
)
from engine.migrating.states import UNDER_WAY, Deadlines, ItemState, MigrationState

__all__ = [
    "UNDER_WAY",
    "Counterpart",
    "Deadlines",
    "ItemState",
    "JudgedGroup",
    "MappedElement",
    "Migration",
    "MigrationItem",
    "MigrationState",
    "Movability",
    "Obstacle",
    "ObstacleKind",
    "Origin",
    "Plan",
    "WrongMapping",
    "begin",
    "cancel",
    "choose",
    "forgetting_kept_states",
    "groups_of",
    "items_of",
    "kept_by",
    "look_again",
    "mapped_elements",
    "migrating",
    "migration_of",
    "migrations",
    "pause",
    "plan_between",
    "plan_of",
    "reasons",
    "run",
    "undo",
    "undo_one",
    "verdicts",
    "waiting_at",
    "work_on_next",
]
