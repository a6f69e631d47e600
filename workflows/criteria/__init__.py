"""Criteria (判定标准): the published lists that decide what is a major hazard, each with its time in force."""

from workflows.criteria.criteria import Certainty, Criteria, criteria_in_force, named_out_of_force

__all__ = ["Certainty", "Criteria", "criteria_in_force", "named_out_of_force"]
