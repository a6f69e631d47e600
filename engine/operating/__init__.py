"""For those who operate processes: how many instances stand where, one instance from within, and acts on many."""
