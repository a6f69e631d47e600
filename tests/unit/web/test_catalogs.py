"""Both catalogs say everything that code and templates ask for."""

from __future__ import annotations

import pytest

from engine.definitions.forms import Fault
from web.catalogs import read_catalog, texts_in_use, untranslated
from web.forms.refusals import SENTENCES
from web.settings import Language
from web.words import WORDS


@pytest.mark.parametrize("language", Language)
def test_a_catalog_has_exactly_the_texts_in_use(language: Language) -> None:
    assert _texts(read_catalog(language)) == _texts(texts_in_use())


@pytest.mark.parametrize("language", Language)
def test_a_catalog_translates_every_text(language: Language) -> None:
    assert [message.id for message in untranslated(read_catalog(language))] == []


@pytest.mark.parametrize("language", Language)
def test_a_translation_keeps_the_placeholders(language: Language) -> None:
    assert [(message.id, message.string) for message in read_catalog(language) if list(message.check())] == []


def test_the_chinese_words_of_the_domain_are_those_of_the_domain() -> None:
    chinese = read_catalog(Language.CHINESE)
    for words in WORDS.values():
        for member, word in words.items():
            context, text = word._args
            label = getattr(member, "label", None)
            translated = chinese.get(text, context)
            assert translated is not None
            assert label is None or translated.string == label


def test_every_member_of_a_shown_enum_has_a_word_and_every_fault_a_sentence() -> None:
    for enum, words in WORDS.items():
        assert set(words) == set(enum)
    assert set(SENTENCES) == set(Fault)


def _texts(catalog: object) -> set[tuple[str | None, object]]:
    return {(message.context, message.id) for message in catalog if message.id}  # pyright: ignore[reportGeneralTypeIssues]
