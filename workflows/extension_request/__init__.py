"""Extension (延期): a unit asks for more time, and whoever supervises the hazard grants or refuses it."""

from workflows.extension_request.deciding import register
from workflows.extension_request.models import ExtensionRequest, ExtensionStatus, requests_of
from workflows.extension_request.requesting import last_day_allowed, request_extension

__all__ = [
    "ExtensionRequest",
    "ExtensionStatus",
    "last_day_allowed",
    "register",
    "request_extension",
    "requests_of",
]
