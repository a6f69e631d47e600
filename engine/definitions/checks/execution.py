"""The last check: the set is turned into executable specifications, as it will be when instances run on it."""

from __future__ import annotations

from collections.abc import Iterator

from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException

from engine.definitions.files import Files
from engine.definitions.problems import Problem
from engine.definitions.remarks import remark


def check_execution(files: Files) -> Iterator[Problem]:
    """What keeps the set from being executed, as one problem; only the first is ever known."""
    from engine.definitions.parser import parse  # not at the top: checks that found errors need no parser

    try:
        parse(files)
    except ValidationException as invalid:
        said = remark("cannot-execute", "the diagram cannot be executed: %(reason)s", reason=str(invalid))
        yield Problem(str(invalid.file_name), str(invalid.id), str(invalid.name), said)
    except Exception as error:  # the library's parser lets through whatever goes wrong inside it
        said = remark("set-cannot-execute", "the set cannot be executed: %(reason)s", reason=repr(error))
        yield Problem("", "", "", said)
