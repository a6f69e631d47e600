"""Forms: what a person may submit, held against the form-js schema that was deployed with the process."""

from engine.definitions.forms.faults import Fault, FieldError
from engine.definitions.forms.submission import validate_submission

__all__ = ["Fault", "FieldError", "validate_submission"]
