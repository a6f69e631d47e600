"""Brings every mapped table of engine and domain into one metadata: foreign keys resolve, and migrations miss none."""

from __future__ import annotations

from engine.migrating import models as migrating
from engine.modelling import models as modelling
from engine.operating import models as operating
from engine.releasing import models as releasing
from workflows import numbers
from workflows.audit import models as audit
from workflows.calendars import models as calendars
from workflows.campaigns import models as campaigns
from workflows.comments import models as comments
from workflows.drafts import models as drafts
from workflows.enforcement import models as enforcement
from workflows.escalation import models as escalation
from workflows.exposure import models as exposure
from workflows.extension_request import models as extension_request
from workflows.geography import regions
from workflows.good_practice import models as good_practice
from workflows.hazards import models as hazards
from workflows.inbox import models as inbox
from workflows.ledger import models as ledger
from workflows.listed_supervision import models as listed_supervision
from workflows.organisations import api_tokens, models, sign_ins
from workflows.reachability import models as reachability
from workflows.search import models as search
from workflows.similar_check import models as similar_check
from workflows.spot_check import models as spot_check
from workflows.statistics import models as statistics
from workflows.trials import models as trials
from workflows.uploads import models as uploads

MAPPED = (
    migrating,
    modelling,
    operating,
    releasing,
    numbers,
    regions,
    models,
    api_tokens,
    sign_ins,
    campaigns,
    hazards,
    search,
    inbox,
    escalation,
    ledger,
    spot_check,
    extension_request,
    listed_supervision,
    enforcement,
    exposure,
    similar_check,
    good_practice,
    audit,
    calendars,
    statistics,
    comments,
    drafts,
    trials,
    uploads,
    reachability,
)
"""Every module of the domain that maps a table."""
