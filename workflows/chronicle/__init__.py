"""Chronicle (办理经过): everything that happened to a hazard, of every kind and in all its processes, as one list."""

from workflows.chronicle.entries import Entry, Place, Record, Source, Topic
from workflows.chronicle.reading import Chronicle, read_chronicle
from workflows.chronicle.spreading import Spread

__all__ = ["Chronicle", "Entry", "Place", "Record", "Source", "Spread", "Topic", "read_chronicle"]
