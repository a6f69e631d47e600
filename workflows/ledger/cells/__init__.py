"""Reads the cells of a ledger: one module for each kind of value, tolerant of the ways in which people write it."""
