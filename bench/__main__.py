"""`python -m bench`: every measure on SQLite and on PostgreSQL, as one table each."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.ledger import measure_import
from bench.measures import Row, measure
from engine.storage.database import Database
from lookback.memory import prepare_collector
from tests.databases import DatabaseSource, PostgresqlDatabases, SqliteFiles, postgresql_server


def main() -> int:
    """Print the tables; the exit code is 1 when an aim was missed."""
    console = Console(width=120)
    prepare_collector()
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        missed += _report(console, "SQLite", SqliteFiles(Path(folder)))
    with postgresql_server() as socket_folder:
        missed += _report(console, "PostgreSQL", PostgresqlDatabases(socket_folder))
    return 1 if missed else 0


def _report(console: Console, name: str, source: DatabaseSource) -> int:
    table = Table("measure", "ours ms", "plain SpiffWorkflow ms", "ratio", "aim", "", title=name)
    rows: list[Row] = []
    for measured in (measure, measure_import):
        url = source.fresh()
        database = Database(url)
        for row in measured(database):
            rows.append(row)
            table.add_row(
                row.what,
                f"{row.ours:.2f}",
                _number(row.peer),
                _number(row.ratio),
                row.aim,
                "reached" if row.reached else "MISSED",
            )
        database.close()
        source.drop(url)
    console.print(table)
    return sum(not row.reached for row in rows)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


if __name__ == "__main__":
    sys.exit(main())
