"""What can be wrong with one answer: a sentence, with the code and the values to say it in another language."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final


class Fault(StrEnum):
    """The codes; they never change, so that a catalog of another language can be keyed by them."""

    REQUIRED = "required"
    UNKNOWN_FIELD = "unknown_field"
    NOT_A_TEXT = "not_a_text"
    NOT_ONE_LINE = "not_one_line"
    NOT_STORABLE = "not_storable"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    WRONG_PATTERN = "wrong_pattern"
    NOT_A_NUMBER = "not_a_number"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    TOO_MANY_DECIMALS = "too_many_decimals"
    WRONG_STEP = "wrong_step"
    NOT_YES_OR_NO = "not_yes_or_no"
    NO_OPTION = "no_option"
    NOT_A_LIST = "not_a_list"
    NOT_A_DATE = "not_a_date"
    NOT_A_TIME = "not_a_time"
    NOT_A_MOMENT = "not_a_moment"
    NOT_A_FILE = "not_a_file"
    TOO_MANY = "too_many"
    FORM_TOO_LONG = "form_too_long"


SENTENCES: Final[Mapping[Fault, str]] = MappingProxyType(
    {
        Fault.REQUIRED: "this must be answered",
        Fault.UNKNOWN_FIELD: "the form has no such field",
        Fault.NOT_A_TEXT: "this must be a text",
        Fault.NOT_ONE_LINE: "this must be a single line",
        Fault.NOT_STORABLE: "this has characters that cannot be stored",
        Fault.TOO_SHORT: "this must have at least {least} characters",
        Fault.TOO_LONG: "this must have at most {most} characters",
        Fault.WRONG_PATTERN: "this does not have the form that is asked for",
        Fault.NOT_A_NUMBER: "this must be a number",
        Fault.TOO_SMALL: "this must be at least {least}",
        Fault.TOO_LARGE: "this must be at most {most}",
        Fault.TOO_MANY_DECIMALS: "this must have at most {most} decimals",
        Fault.WRONG_STEP: "this must be a multiple of {step}",
        Fault.NOT_YES_OR_NO: "this must be true or false",
        Fault.NO_OPTION: "{value} is none of the options",
        Fault.NOT_A_LIST: "this must be a list",
        Fault.NOT_A_DATE: "this must be a date such as 2022-11-08",
        Fault.NOT_A_TIME: "this must be a time such as 09:30",
        Fault.NOT_A_MOMENT: "this must be a date and time such as 2022-11-08T09:30",
        Fault.NOT_A_FILE: "this must be the reference of an uploaded file",
        Fault.TOO_MANY: "these must be at most {most}",
        Fault.FORM_TOO_LONG: "all answers together have more than {most} characters; shorten this one",
    }
)


class FieldError(str):
    """What is wrong with one answer. The text is the English sentence; `fault` and `params` say it in any language."""

    fault: Fault
    params: Mapping[str, Any]

    def __new__(cls, fault: Fault, **params: Any) -> FieldError:
        error = super().__new__(cls, SENTENCES[fault].format(**params))
        error.fault = fault
        error.params = MappingProxyType(params)
        return error


class WrongAnswer(Exception):
    """An answer does not fit its question; carries the error that is shown at the field."""

    def __init__(self, fault: Fault, **params: Any) -> None:
        self.error = FieldError(fault, **params)
        super().__init__(self.error)
