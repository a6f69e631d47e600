"""Process instances: start, advance, correlate, halt, mend and read them; each change is one transaction."""

from engine.instances.control import cancel, resume, suspend
from engine.instances.delivering import broadcast_signal, correlate_message, send_to_many
from engine.instances.reading import PathStep, path_of, read_data
from engine.instances.repair import move_token, retry
from engine.instances.starting import start, start_many

__all__ = [
    "PathStep",
    "broadcast_signal",
    "cancel",
    "correlate_message",
    "move_token",
    "path_of",
    "read_data",
    "resume",
    "retry",
    "send_to_many",
    "start",
    "start_many",
    "suspend",
]
