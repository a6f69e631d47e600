"""Comparing: what differs between two sets of definitions, told by elements, cells and fields instead of lines."""

from engine.comparing.changes import Change, Comparison, FileComparison, PartChange, PropertyChange
from engine.comparing.grids import ColumnRole
from engine.comparing.sets import compare, compare_file
from engine.comparing.tables import CellPair, Column, RowChange, TableChange

__all__ = [
    "CellPair",
    "Change",
    "Column",
    "ColumnRole",
    "Comparison",
    "FileComparison",
    "PartChange",
    "PropertyChange",
    "RowChange",
    "TableChange",
    "compare",
    "compare_file",
]
