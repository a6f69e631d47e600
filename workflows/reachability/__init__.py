"""By which ways people are told of what concerns them, beside the notices in the application."""
