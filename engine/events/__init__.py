"""The transactional outbox: what happened, for everyone who delivers it; rows commit with the change itself."""

from engine.events.outbox import Transaction, mark_delivered, may_hand_on, outbox_row, publish, undelivered

__all__ = ["Transaction", "mark_delivered", "may_hand_on", "outbox_row", "publish", "undelivered"]
