"""The words of the settings of a form's parts, by the keys under which the script asks for them."""

from __future__ import annotations

from typing import Final

from flask_babel import LazyString, lazy_pgettext

FORM: Final[dict[str, LazyString]] = {
    "form.kind.textfield": lazy_pgettext("form designer", "Line of text"),
    "form.kind.textarea": lazy_pgettext("form designer", "Longer text"),
    "form.kind.number": lazy_pgettext("form designer", "Number"),
    "form.kind.datetime": lazy_pgettext("form designer", "Date or time"),
    "form.kind.checkbox": lazy_pgettext("form designer", "Tick"),
    "form.kind.checklist": lazy_pgettext("form designer", "Several ticks"),
    "form.kind.radio": lazy_pgettext("form designer", "One of several, all shown"),
    "form.kind.select": lazy_pgettext("form designer", "One of a list"),
    "form.kind.taglist": lazy_pgettext("form designer", "Several of a list"),
    "form.kind.filepicker": lazy_pgettext("form designer", "Photos or files"),
    "form.kind.group": lazy_pgettext("form designer", "Group"),
    "form.kind.text": lazy_pgettext("form designer", "Text to read"),
    "form.kind.separator": lazy_pgettext("form designer", "Line between"),
    "form.kind.spacer": lazy_pgettext("form designer", "Space"),
    "form.palette": lazy_pgettext("form designer", "Parts"),
    "form.palette.search": lazy_pgettext("form designer", "Search parts"),
    "form.palette.empty": lazy_pgettext("form designer", "No part is called so."),
    "form.palette.basic-input": lazy_pgettext("form designer", "To be filled in"),
    "form.palette.selection": lazy_pgettext("form designer", "To be chosen"),
    "form.palette.presentation": lazy_pgettext("form designer", "To be read"),
    "form.palette.container": lazy_pgettext("form designer", "Together"),
    "form.nothing_selected": lazy_pgettext(
        "form designer", "Drag a part from the left into the form, or select one to see its settings."
    ),
    "form.label": lazy_pgettext("form designer", "Question or heading"),
    "form.description": lazy_pgettext("form designer", "Explanation"),
    "form.description_hint": lazy_pgettext("form designer", "Shown in small letters below the field."),
    "form.key": lazy_pgettext("form designer", "Name of the answer"),
    "form.key_hint": lazy_pgettext(
        "form designer", "Latin letters, digits and underscores; diagrams refer to the answer by it."
    ),
    "form.text": lazy_pgettext("form designer", "Text"),
    "form.required": lazy_pgettext("form designer", "Must be answered"),
    "form.minLength": lazy_pgettext("form designer", "Characters at least"),
    "form.maxLength": lazy_pgettext("form designer", "Characters at most"),
    "form.min": lazy_pgettext("form designer", "At least"),
    "form.max": lazy_pgettext("form designer", "At most"),
    "form.pattern": lazy_pgettext("form designer", "Pattern"),
    "form.pattern_hint": lazy_pgettext(
        "form designer", "A regular expression for experts, such as ^[0-9]{18}$; empty for any text."
    ),
    "form.decimals": lazy_pgettext("form designer", "Decimals"),
    "form.increment": lazy_pgettext("form designer", "Step"),
    "form.options": lazy_pgettext("form designer", "Options"),
    "form.options_hint": lazy_pgettext(
        "form designer", "One a line: value = what is shown. Diagrams and decision tables refer to the value."
    ),
    "form.subtype": lazy_pgettext("form designer", "Asks for"),
    "form.subtype.date": lazy_pgettext("form designer", "a day"),
    "form.subtype.time": lazy_pgettext("form designer", "a time"),
    "form.subtype.datetime": lazy_pgettext("form designer", "a day and a time"),
    "form.multiple": lazy_pgettext("form designer", "Several files may be given"),
    "form.accept": lazy_pgettext("form designer", "Kind of files"),
    "form.accept.any": lazy_pgettext("form designer", "any"),
    "form.accept.image/*": lazy_pgettext("form designer", "photos"),
    "form.accept..pdf": lazy_pgettext("form designer", "PDF"),
    "form.accept.image/*,.pdf": lazy_pgettext("form designer", "photos and PDF"),
    "form.conditions": lazy_pgettext("form designer", "Depends on other answers"),
    "form.hidden": lazy_pgettext("form designer", "Is hidden when the answer to"),
    "form.required_when": lazy_pgettext("form designer", "Must be answered when the answer to"),
    "form.never": lazy_pgettext("form designer", "(never)"),
    "form.several": lazy_pgettext("form designer", "(several comparisons, see below)"),
    "form.sign": lazy_pgettext("form designer", "Comparison"),
    "form.is": lazy_pgettext("form designer", "is"),
    "form.is_not": lazy_pgettext("form designer", "is not"),
    "form.value": lazy_pgettext("form designer", "Value"),
    "form.empty": lazy_pgettext("form designer", "(left empty)"),
    "form.expert": lazy_pgettext("form designer", "Write the condition"),
    "form.condition_text": lazy_pgettext("form designer", "Condition"),
    "form.condition_hint": lazy_pgettext(
        "form designer", 'Comparisons joined by and, or: =result = "return" and amount != null'
    ),
}


def form_words() -> dict[str, str]:
    """Each of the words in the language of the request."""
    return {key: str(words) for key, words in FORM.items()}
