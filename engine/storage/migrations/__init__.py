"""The engine's schema history: Alembic's environment, its script template, and the versions themselves."""
