"""How much one expression may cost; far above what a diagram needs, far below what would slow a worker."""

from __future__ import annotations

from typing import Final

SOURCE_LENGTH: Final = 10_000
"""Characters of one expression or script."""

SOURCE_DEPTH: Final = 40
"""Levels of nesting in one expression."""

STATEMENTS: Final = 100
"""Assignments in one script."""

STEPS: Final = 50_000
"""Steps of one evaluation: each operation, and each value that goes into a list or mapping, is a step."""

CALL_STEPS: Final = 10
"""What a function call counts for."""

NESTED_EVALUATIONS: Final = 16
"""Evaluations inside evaluations: a decision table whose cells take decisions."""

TEXT_LENGTH: Final = 100_000
"""Characters of a text that an expression makes."""

LIST_LENGTH: Final = 10_000
"""Members of a list that an expression makes."""

WHOLE_NUMBER: Final = 2**63 - 1
"""The largest whole number, in either direction; the same bound as in JSON columns and in the browser's exchange."""
