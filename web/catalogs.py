"""Keeps the catalogs complete: `python -m web.catalogs` adds the texts that are new and drops those that are gone."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

import engine
import workflows
from web.settings import Language

WEB: Final = Path(__file__).parent
DOMAIN: Final = Path(workflows.__file__).parent
ENGINE: Final = Path(engine.__file__).parent
METHODS: Final = [("**.py", "web.catalogs:texts_of_python"), ("templates/**.html", "jinja2")]
KEYWORDS: Final[dict[str, tuple[int | tuple[int, str], ...] | None]] = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
    "sentence": None,
    "remark": (2,),
}
HEADER: Final = """\
# Look-Back, {name}.
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plural_forms}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def texts_of_python(
    module: BinaryIO,
    keywords: Iterable[str],
    _comments: object,
    options: object,  # noqa: ARG001 (called by these names)
) -> Iterator[tuple[int, str, tuple[str | None, ...], list[str]]]:
    """Babel's way to find the texts of a module, by its syntax tree: of a call within a call, both are found."""
    for node in ast.walk(ast.parse(module.read())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in keywords:
            literals = (each.value if isinstance(each, ast.Constant) else None for each in node.args)
            texts = tuple(text if isinstance(text, str) else None for text in literals)
            if texts:
                yield node.lineno, node.func.id, texts, []


def file_of(language: Language) -> Path:
    """Where the catalog of a language stands."""
    return WEB / "translations" / language / "LC_MESSAGES" / "messages.po"


def read_catalog(language: Language) -> Catalog:
    """The catalog of a language as it stands in its file."""
    with file_of(language).open("rb") as opened:
        return read_po(opened, locale=language.value)


def texts_in_use() -> Catalog:
    """Every text that code and templates ask a translation for, and every sentence of domain and engine."""
    catalog = Catalog()
    for folder in (WEB, DOMAIN, ENGINE):
        for _file, _line, text, _comments, context in extract_from_dir(folder, METHODS, keywords=KEYWORDS):
            catalog.add(text, context=context)
    return catalog


def untranslated(catalog: Catalog) -> list[Message]:
    """The messages that say nothing in the catalog's language, in whole or in one of their plural forms."""
    return [message for message in catalog if message.id and not _is_translated(message)]


def refresh(language: Language) -> list[Message]:
    """Bring a catalog's file in line with the texts in use; returns what is still to be translated.

    English is the language of the texts themselves, so its catalog is filled in.
    """
    catalog = read_catalog(language)
    catalog.update(texts_in_use(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    if language is Language.ENGLISH:
        for message in untranslated(catalog):
            message.string = message.id
    _write(catalog, language)
    return untranslated(catalog)


def _is_translated(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, (list, tuple)) else bool(message.string)


def _write(catalog: Catalog, language: Language) -> None:
    written = BytesIO()
    write_po(written, catalog, width=0, omit_header=True, no_location=True, sort_output=True)
    header = HEADER.format(name=language.name.title(), language=language.value, plural_forms=catalog.plural_forms)
    file_of(language).write_bytes(header.encode() + written.getvalue().lstrip())


def main() -> None:
    for language in Language:
        missing = refresh(language)
        print(f"{file_of(language)}: {len(missing)} texts to translate")  # noqa: T201
        for message in missing:
            print(f"  {message.id!r}")  # noqa: T201


if __name__ == "__main__":
    main()
