"""Releasing: a set of files goes from a proposal by way of other people's consent into effect, and back again."""

from engine.modelling import newest_deployment
from engine.releasing.deciding import approve, decline, withdraw
from engine.releasing.deploying import deploy_release, hold
from engine.releasing.errors import ReleaseRefused
from engine.releasing.merging import Merge, merge
from engine.releasing.models import (
    Release,
    ReleaseAct,
    ReleaseDecision,
    ReleaseKind,
    ReleaseState,
    ReleaseStep,
    Verdict,
)
from engine.releasing.proposing import Proposal, proposal_of_draft, propose
from engine.releasing.reading import (
    Standing,
    agreed_to,
    decisions_of,
    deployment_files,
    release_files,
    release_of,
    releases,
    releases_of_deployments,
    standing_of,
    steps_of,
)
from engine.releasing.rebasing import on_what_is_in_effect, rebase
from engine.releasing.rolling_back import roll_back, roll_back_at_once
from engine.releasing.rules import ReleaseRules
from engine.releasing.scheduling import due_releases, schedule, unschedule

__all__ = [
    "Merge",
    "Proposal",
    "Release",
    "ReleaseAct",
    "ReleaseDecision",
    "ReleaseKind",
    "ReleaseRefused",
    "ReleaseRules",
    "ReleaseState",
    "ReleaseStep",
    "Standing",
    "Verdict",
    "agreed_to",
    "approve",
    "decisions_of",
    "decline",
    "deploy_release",
    "deployment_files",
    "due_releases",
    "hold",
    "merge",
    "newest_deployment",
    "on_what_is_in_effect",
    "proposal_of_draft",
    "propose",
    "rebase",
    "release_files",
    "release_of",
    "releases",
    "releases_of_deployments",
    "roll_back",
    "roll_back_at_once",
    "schedule",
    "standing_of",
    "steps_of",
    "unschedule",
    "withdraw",
]
