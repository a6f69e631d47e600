"""Enforcement (查处): an order to rectify, and a penalty that the public is told of."""

from workflows.enforcement.closure_alert import ClosureAlert, closure_alert
from workflows.enforcement.models import EnforcementCase, PenaltyKind, cases_of
from workflows.enforcement.opening import open_case
from workflows.enforcement.operators import register

__all__ = ["ClosureAlert", "EnforcementCase", "PenaltyKind", "cases_of", "closure_alert", "open_case", "register"]
