"""Exposure (曝光): a prominent hazard is made public, after approval, without anybody's personal data."""

from workflows.exposure.models import Exposure, ExposureStatus, exposure_by_id, exposure_under_way, exposures_of
from workflows.exposure.operators import register
from workflows.exposure.proposing import propose_exposure
from workflows.exposure.steps import withdraw

__all__ = [
    "Exposure",
    "ExposureStatus",
    "exposure_by_id",
    "exposure_under_way",
    "exposures_of",
    "propose_exposure",
    "register",
    "withdraw",
]
