"""How a search cuts texts into pairs of characters."""

from __future__ import annotations

import pytest

from workflows.search.grams import fold, grams_of, phrases_of


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("燃气软管", ["燃气", "气软", "软管"]),
        ("豫回2022-0017", ["豫回", "回2", "20", "02", "22", "00", "01", "17"]),
        ("lpg 站", ["lp", "pg"]),
        ("a-b, 气", []),
        ("气气气", ["气气"]),
    ],
)
def test_neighbouring_letters_and_digits_are_pairs(text: str, grams: list[str]) -> None:
    assert grams_of(text) == grams


def test_what_people_do_not_tell_apart_is_made_the_same() -> None:
    assert fold("  ＬＰＧ　Station\n２０２２ ") == "lpg station 2022"


@pytest.mark.parametrize(
    ("asked", "phrases"),
    [
        ("燃气 软管", ["燃气", "软管"]),
        ('"city gas" 金水', ["city gas", "金水"]),
        ("“老化 软管”", ["老化 软管"]),
        ('软管 "未关上', ["软管", "未关上"]),
        ('  "" ', []),
    ],
)
def test_a_search_is_words_and_quoted_phrases(asked: str, phrases: list[str]) -> None:
    assert phrases_of(asked) == phrases
