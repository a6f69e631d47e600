"""Moving running instances to another version: who may, with a reason, and on record."""

from workflows.migrating.acting import (
    begin_migration,
    cancel_migration,
    look_again,
    map_elements,
    pause_migration,
    run_migration,
    undo_instance,
    undo_migration,
)

__all__ = [
    "begin_migration",
    "cancel_migration",
    "look_again",
    "map_elements",
    "pause_migration",
    "run_migration",
    "undo_instance",
    "undo_migration",
]
