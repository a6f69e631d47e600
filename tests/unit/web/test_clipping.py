"""Texts on paper are cut to their room, and say so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import Babel

from web.diagrams.lettering import width_in_ems
from web.pages.hazard.clipping import clipped

MORE = "… more on the page"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield


def test_what_fits_stays_as_it_is() -> None:
    assert clipped("软管老化", ems=10, lines=1) == "软管老化"
    assert clipped("一、停气\n\n二、更换", ems=10, lines=2) == "一、停气\n二、更换"


def test_what_does_not_fit_ends_with_a_word_of_where_the_rest_is() -> None:
    cut = clipped("隐患" * 200, ems=40, lines=3)
    assert cut.startswith("隐患隐患")
    assert cut.endswith(MORE)
    assert width_in_ems(cut) <= 120


def test_many_short_paragraphs_are_cut_by_their_number() -> None:
    cut = clipped("\n".join(f"第{number}条" for number in range(1, 50)), ems=40, lines=4)
    assert cut.endswith(MORE)
    assert cut.count("\n") <= 3
