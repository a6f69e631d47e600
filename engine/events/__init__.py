"""The transactional outbox: what happened, for everyone who delivers it; rows commit with the change itself."""

from engine.events.outbox import mark_delivered, outbox_row, publish, undelivered

__all__ = ["mark_delivered", "outbox_row", "publish", "undelivered"]
