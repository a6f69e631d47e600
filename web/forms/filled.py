"""What a person filled in, as the form's typed data and as the words to show again when something is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any, Protocol

from werkzeug.datastructures import FileStorage, MultiDict

from web.errors import UploadRefused
from web.forms.schema import Control, Field, Part, fields

KEPT, DROPPED = "kept:", "dropped:"


class Uploads(Protocol):
    """Where uploaded files are kept until their task is completed."""

    def store_upload(self, upload: FileStorage) -> str: ...
    def is_kept(self, reference: str) -> bool: ...


@dataclass(frozen=True)
class Filled:
    """`data` goes to the engine; `shown` holds what to put back into the controls; `errors` what cannot be read."""

    data: dict[str, Any] = field(default_factory=dict)
    shown: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def initially(cls, parts: Sequence[Part]) -> Filled:
        """An untouched form with its default values."""
        return cls(shown={each.key: each.initial for each in fields(parts) if each.initial is not None})

    def beginning_with(self, answers: Mapping[str, Any], parts: Sequence[Part], uploads: Uploads) -> Filled:
        """The form with these answers in place of its defaults, as far as it asks for them and the files are kept."""
        asked = [each for each in fields(parts) if each.key in answers]
        given = {each.key: _still_kept(each, answers[each.key], uploads) for each in asked}
        return Filled(shown={**self.shown, **given})


def read_filled(
    parts: Sequence[Part], form: MultiDict[str, str], files: MultiDict[str, FileStorage], uploads: Uploads
) -> Filled:
    """Read a submitted page. Empty answers are left out of `data`; a file that was uploaded with an earlier, refused
    submission is still there, unless it was ticked to be left out. What cannot be read as its type is passed on, so
    that the engine names the field."""
    filled = Filled()
    for each in fields(parts):
        try:
            answer = _files(each, form, files, uploads) if each.control is Control.FILE else _answer(each, form)
        except UploadRefused as refused:
            filled.errors[each.key] = refused.said
            continue
        filled.shown[each.key] = answer
        if answer not in (None, "", []):
            filled.data[each.key] = answer
    return filled


def _answer(each: Field, form: MultiDict[str, str]) -> Any:
    match each.control:
        case Control.TICK:
            return each.key in form
        case Control.TICKS:
            return [each.meant(value) for value in form.getlist(each.key)]
        case Control.NUMBER:
            return _number(form.get(each.key, "").strip())
        case Control.CHOICE | Control.RADIO:
            return each.meant(form.get(each.key, ""))
        case _:
            return form.get(each.key, "").replace("\r\n", "\n").strip()


def _number(text: str) -> int | float | str:
    for kind in (int, float):
        try:
            number = kind(text)
        except ValueError:
            continue
        return number if isfinite(number) else text
    return text


def _files(each: Field, form: MultiDict[str, str], files: MultiDict[str, FileStorage], uploads: Uploads) -> Any:
    fresh = [uploads.store_upload(upload) for upload in files.getlist(each.key) if upload.filename]
    dropped = form.getlist(DROPPED + each.key)
    kept = [it for it in form.getlist(KEPT + each.key) if it not in dropped and uploads.is_kept(it)]
    return list(dict.fromkeys([*kept, *fresh])) if each.multiple else "".join((fresh or kept)[:1])


def _still_kept(each: Field, answer: Any, uploads: Uploads) -> Any:
    if each.control is not Control.FILE:
        return answer
    given = answer if isinstance(answer, list) else [answer]
    kept = [str(it) for it in given if it and uploads.is_kept(str(it))]
    return kept if each.multiple else "".join(kept[:1])
