"""Measures the engine beside SpiffWorkflow used plainly, in one run on each database."""
