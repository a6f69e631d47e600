"""The ways out of the house: other systems' webhooks, chat robots, mail and short messages, all fed from one outbox."""
