"""Which language a page speaks, and the message catalogs, compiled in memory when the application starts."""

from __future__ import annotations

from functools import cache, cached_property
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.support import Translations
from flask import Flask, session
from flask_babel import Babel, Domain, get_locale

from web.catalogs import read_catalog
from web.settings import Language, WebSettings

CHOICE = "language"


@cache
def catalog(language: Language) -> Translations:
    """The compiled catalog of a language, read from its .po file once per process."""
    compiled = BytesIO()
    write_mo(compiled, read_catalog(language))
    compiled.seek(0)
    return Translations(compiled)


def set_up_language(app: Flask, settings: WebSettings) -> None:
    """Give the application its catalogs, its default language and its time zone."""
    for language in Language:
        catalog(language)

    def chosen() -> str:
        choice = str(session.get(CHOICE, ""))
        return choice if choice in list(Language) else settings.default_language.value

    _CatalogsInMemory().init_app(
        app,
        default_locale=settings.default_language.value,
        default_timezone=str(settings.calendar.zone),
        locale_selector=chosen,
    )
    app.add_template_global(current_language)


def current_language() -> Language:
    """The language of this request."""
    locale = get_locale()
    return Language(locale.language) if locale else Language.CHINESE


class _CatalogsInMemory(Babel):
    @cached_property
    def domain_instance(self) -> Domain:
        return _Domain()


class _Domain(Domain):
    def get_translations(self) -> Translations:
        return catalog(current_language())
