"""Which editor opens a file: each kind of file registers its own here, and this one opens diagrams."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import render_template
from markupsafe import Markup

from engine.definitions.diagrams import Diagram, identity
from engine.definitions.files import kind_of
from engine.definitions.xml import read_xml
from engine.errors import InvalidDefinition, NotFound
from engine.modelling import DraftFile, ProcessDraft
from engine.runtime import UnitOfWork
from engine.storage.models import ResourceKind
from web.diagrams import Progress, draw, read_diagram
from web.diagrams.read import NotDrawable
from web.pages.designer.diagram_words import diagram_words
from web.pages.designer.linting import problems_of
from web.pages.designer.panel_words import panel_words
from web.security.headers import allow_inline_styles


@dataclass(frozen=True)
class OpenedFile:
    """A file that somebody opened to look at or, if they may, to change; it can be read from within `uow`."""

    uow: UnitOfWork
    draft: ProcessDraft
    file: DraftFile
    may_change: bool


Editor = Callable[[OpenedFile], str]
"""Renders the page on which a file is looked at and changed."""

_EDITORS: dict[ResourceKind, Editor] = {}


def opens(kind: ResourceKind) -> Callable[[Editor], Editor]:
    """Decorator that makes a function the editor of a kind of file."""

    def register(editor: Editor) -> Editor:
        _EDITORS[kind] = editor
        return editor

    return register


def editor_of(name: str) -> Editor:
    """The editor of a file. Raises NotFound for a kind that has none."""
    kind = kind_of(name)
    if kind is None or kind not in _EDITORS:
        raise NotFound("editor", name)
    return _EDITORS[kind]


def has_editor(name: str) -> bool:
    """Whether a file is opened in an editor, rather than handed out."""
    return kind_of(name) in _EDITORS


@opens(ResourceKind.PROCESS)
def edit_diagram(opened: OpenedFile) -> str:
    """The page of a diagram: the modeler with our panel, or a picture where nobody may draw or there is no room to."""
    allow_inline_styles()
    return render_template(
        "designer/editor.html",
        draft=opened.draft,
        file=opened.file,
        may_change=opened.may_change,
        picture=_picture(opened.file),
        problems=problems_of(opened.uow, opened.draft.id),
        words=panel_words(),
        diagram_words=diagram_words(),
    )


def _picture(file: DraftFile) -> Markup | None:
    """The file's first process as it is drawn; None where nothing can be drawn yet."""
    try:
        processes = Diagram(file.name, read_xml(file.content, file.name)).processes
        drawn = read_diagram(file.content, identity(processes[0])) if processes else None
    except (InvalidDefinition, NotDrawable):
        return None
    if drawn is None or not drawn.nodes:
        return None
    return draw(drawn, Progress(), summary=drawn.name, describe=lambda node, _mark: node.name or node.id)
