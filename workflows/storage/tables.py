"""Brings every mapped table of the domain into one metadata: foreign keys resolve, and migrations miss none."""

from __future__ import annotations

from workflows import numbers
from workflows.campaigns import models as campaigns
from workflows.geography import regions
from workflows.hazards import models as hazards
from workflows.organisations import api_tokens, models, sign_ins

MAPPED = (numbers, regions, models, api_tokens, sign_ins, campaigns, hazards)
"""Every module of the domain that maps a table."""
