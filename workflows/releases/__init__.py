"""Releases of processes as the house knows them: which role does what, on whose record, and what the clock does."""

from workflows.releases.acting import (
    agree,
    bring_up_to_date,
    decline_release,
    deploy_now,
    go_back,
    go_back_at_once,
    propose_draft,
    propose_files,
    schedule_release,
    unschedule_release,
    withdraw_release,
)
from workflows.releases.duties import deploying_scheduled
from workflows.releases.permissions import APPROVES, DEPLOYS, PROPOSES, ROLLS_BACK

__all__ = [
    "APPROVES",
    "DEPLOYS",
    "PROPOSES",
    "ROLLS_BACK",
    "agree",
    "bring_up_to_date",
    "decline_release",
    "deploy_now",
    "deploying_scheduled",
    "go_back",
    "go_back_at_once",
    "propose_draft",
    "propose_files",
    "schedule_release",
    "unschedule_release",
    "withdraw_release",
]
