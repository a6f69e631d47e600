"""Shows a deployed form-js form as plain HTML, and reads what a person filled in."""

from web.forms.answers import answer_in_words, chosen
from web.forms.filled import Filled, read_filled
from web.forms.schema import Control, Field, FormGroup, Part, Passage, fields, outcome_of, read_schema

__all__ = [
    "Control",
    "Field",
    "Filled",
    "FormGroup",
    "Part",
    "Passage",
    "answer_in_words",
    "chosen",
    "fields",
    "outcome_of",
    "read_filled",
    "read_schema",
]
