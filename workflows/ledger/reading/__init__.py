"""Reads a ledger's rows out of the files that officials send: .xlsx, .xls, and CSV in UTF-8 or GB18030."""
