"""Forms: what a person may submit, held against the form-js schema that was deployed with the process."""

from engine.definitions.forms.conditions import Condition
from engine.definitions.forms.faults import Fault, FieldError
from engine.definitions.forms.questions import hidden_when, required_when
from engine.definitions.forms.submission import validate_submission

__all__ = ["Condition", "Fault", "FieldError", "hidden_when", "required_when", "validate_submission"]
