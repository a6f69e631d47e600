"""Operations: how processes run, and what an operator does about it."""

from web.pages.operations import (
    batches,
    heat,
    home,
    instance,
    lists,
    migration_instances,
    migrations,
    moving,
    processes,
)
from web.pages.operations.blueprint import pages

__all__ = [
    "batches",
    "heat",
    "home",
    "instance",
    "lists",
    "migration_instances",
    "migrations",
    "moving",
    "pages",
    "processes",
]
