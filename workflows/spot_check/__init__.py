"""Spot-checks (综合抽查): rounds, the public draw, teams and experts, and what they found."""
