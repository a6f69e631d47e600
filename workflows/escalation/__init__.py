"""Escalation (升级): telling the next in line that a deadline comes near or has passed, once for each step."""
