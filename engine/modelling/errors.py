"""What a working copy refuses, as reasons that a page can say in any language."""

from __future__ import annotations

from enum import StrEnum

from engine.errors import EngineError


class Unfit(StrEnum):
    """Why a file is not taken into a draft."""

    NAME = "name"
    ENDING = "ending"
    TAKEN = "taken"
    SIZE = "size"
    NUMBER = "number"


class UnfitFile(EngineError):
    """A file cannot be taken into the draft as it is; give it another name, ending or size. Nothing was changed."""

    def __init__(self, file: str, reason: Unfit) -> None:
        super().__init__(f"{file!r} cannot be taken into the draft: {_SENTENCES[reason]}")
        self.file = file
        self.reason = reason


_SENTENCES = {
    Unfit.NAME: "a name has letters, digits, '_', '-', '.' and '/' between folders, and at most 200 characters",
    Unfit.ENDING: "a name ends with .bpmn, .dmn, .form or .scenario",
    Unfit.TAKEN: "there is a file of this name already",
    Unfit.SIZE: "a file has at most 5 MB",
    Unfit.NUMBER: "a draft has at most 500 files",
}
