"""Reads XML from people we do not trust: no entities, no document type, no network, and bounded in every direction."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Final, Protocol

from lxml import etree

from engine.definitions.problems import Problem
from engine.definitions.remarks import Remark, remark
from engine.errors import InvalidDefinition

MAXIMUM_BYTES: Final = 5 * 1024 * 1024
MAXIMUM_DEPTH: Final = 64
MAXIMUM_ELEMENTS: Final = 50_000


class Element(Protocol):
    """The part of lxml's element that we use. Comments and processing instructions are never among the children."""

    tag: str
    text: str | None

    @property
    def attrib(self) -> dict[str, str]: ...
    def get(self, name: str) -> str | None: ...
    def find(self, path: str) -> Element | None: ...
    def findall(self, path: str) -> list[Element]: ...
    def iter(self, *tags: str) -> Iterator[Element]: ...
    def getparent(self) -> Element | None: ...
    def __iter__(self) -> Iterator[Element]: ...
    def __len__(self) -> int: ...


def read_xml(content: bytes, file: str) -> Element:
    """The root element of a file. Raises InvalidDefinition with one problem that names the file and the remedy."""
    if len(content) > MAXIMUM_BYTES:
        said = remark(
            "file-size",
            "the file is larger than %(size)s MB; split it into several files",
            size=MAXIMUM_BYTES // 1024 // 1024,
        )
        raise _refused(file, said)
    events = _events(content)
    try:
        _walk_within_limits(events, file)
    except etree.XMLSyntaxError as error:
        said = remark(
            "xml", "the file is no well-formed XML (%(reason)s); save it again from the modeler", reason=str(error)
        )
        raise _refused(file, said) from error
    return events.root


def _walk_within_limits(events: etree.iterparse, file: str) -> None:
    depth = elements = 0
    for event, element in events:
        if not elements and element.getroottree().docinfo.doctype:
            said = remark(
                "document-type", "the file has a document type declaration; remove it, entities are never read"
            )
            raise _refused(file, said)
        depth += 1 if event == "start" else -1
        elements += event == "start"
        if depth > MAXIMUM_DEPTH:
            said = remark("depth", "elements are nested more than %(most)s deep; flatten the file", most=MAXIMUM_DEPTH)
            raise _refused(file, said)
        if elements > MAXIMUM_ELEMENTS:
            said = remark(
                "elements",
                "the file has more than %(most)s elements; split it into several files",
                most=MAXIMUM_ELEMENTS,
            )
            raise _refused(file, said)


def _events(content: bytes) -> etree.iterparse:
    return etree.iterparse(
        BytesIO(content),
        events=("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _refused(file: str, message: Remark) -> InvalidDefinition:
    return InvalidDefinition([Problem(file, "", "", message)])
