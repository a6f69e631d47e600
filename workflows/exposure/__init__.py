"""Exposure (曝光): a prominent hazard is made public, after approval, without anybody's personal data."""

from workflows.exposure.models import Exposure, ExposureStatus, exposures_of
from workflows.exposure.operators import register
from workflows.exposure.proposing import propose_exposure

__all__ = ["Exposure", "ExposureStatus", "exposures_of", "propose_exposure", "register"]
