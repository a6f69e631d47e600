"""Corrections of the working-day calendar that an installation keeps in its database, in force on all nodes."""
