"""Files from people we do not trust: nothing is resolved, nothing is fetched, and nothing grows without bound."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest

from engine.definitions.xml import MAXIMUM_BYTES, MAXIMUM_DEPTH, MAXIMUM_ELEMENTS, read_xml
from engine.errors import InvalidDefinition

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
HOSTILE = {
    "an entity": (b'<!DOCTYPE d [<!ENTITY e "x">]><d>&e;</d>', "document type"),
    "a billion laughs": (f'<!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}]><d>&l11;</d>'.encode(), "document type"),
    "a local file": (b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><d>&e;</d>', "document type"),
    "an external DTD": (b'<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd"><d/>', "document type"),
    "a parameter entity": (b'<!DOCTYPE d [<!ENTITY % p SYSTEM "http://127.0.0.1:9/"> %p;]><d/>', "document type"),
    "deep nesting": (b"<a>" * (MAXIMUM_DEPTH + 1) + b"</a>" * (MAXIMUM_DEPTH + 1), "nested more than"),
    "very deep nesting": (b"<a>" * 200_000, "nested more than"),
    "too many elements": (b"<a>" + b"<b/>" * (MAXIMUM_ELEMENTS + 1) + b"</a>", "elements; split it"),
    "too many bytes": (b"<a>" + b" " * MAXIMUM_BYTES + b"</a>", "larger than 5 MB"),
    "no XML": (b"PK\x03\x04", "no well-formed XML"),
    "nothing": (b"", "no well-formed XML"),
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused_in_no_time(hostile: tuple[bytes, str]) -> None:
    content, sentence = hostile
    begun = perf_counter()
    with pytest.raises(InvalidDefinition) as refused:
        read_xml(content, "p.bpmn")
    [problem] = refused.value.problems
    assert (problem.file, sentence in problem.message) == ("p.bpmn", True), problem
    assert perf_counter() - begun < 2


def test_an_included_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.xml").write_text("<secret>42</secret>")
    include = f'<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="{tmp_path}/secret.xml"/></a>'
    root = read_xml(include.encode(), "p.bpmn")
    assert [child.text for child in root] == [None]
