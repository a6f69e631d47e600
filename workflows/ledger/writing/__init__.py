"""Writes a ledger as officials read it, so that the importer reads the same values again."""
