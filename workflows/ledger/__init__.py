"""The ledger (台账) as a file: imports what officials keep in workbooks, and exports it so that it imports again."""
