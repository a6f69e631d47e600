"""The REST API: the same functions as the pages, for programs."""
