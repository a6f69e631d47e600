"""Everything that leaves by HTTP hook: events of the outbox, signed, in order, until the other side has them."""
