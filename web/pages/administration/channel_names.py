"""What kinds of channels and states of deliveries are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask_babel import LazyString, lazy_gettext

from web.pages.administration.blueprint import pages
from web.places import place_in_words

KINDS: Mapping[str, LazyString] = {
    "hook": lazy_gettext("Other system"),
    "cloudevents": lazy_gettext("Other system (CloudEvents)"),
    "wecom": lazy_gettext("WeCom robot"),
    "dingtalk": lazy_gettext("DingTalk robot"),
    "feishu": lazy_gettext("Feishu robot"),
    "mail": lazy_gettext("Mail"),
    "sms": lazy_gettext("Short message"),
    "apprise": lazy_gettext("Another chat, by its name in the settings"),
}
STATES: Mapping[str, LazyString] = {
    "pending": lazy_gettext("On its way"),
    "delivered": lazy_gettext("Taken"),
    "dead": lazy_gettext("Given up"),
    "unwanted": lazy_gettext("Not wanted"),
}


@pages.app_template_global()
def channel_kind(kind: str) -> str:
    """What a kind of channel is called."""
    return str(KINDS.get(kind, kind))


@pages.app_template_filter("region_in_words")
def region_in_words(code: str) -> str:
    """What a region is called, by its code."""
    return place_in_words(code)


@pages.app_template_global()
def channel_kinds(kinds: Iterable[str]) -> list[tuple[str, str]]:
    """Kinds of channels as choices."""
    return [(kind, channel_kind(kind)) for kind in kinds]


@pages.app_template_global()
def delivery_state(status: str) -> str:
    """What a state of a delivery is called."""
    return str(STATES.get(status, status))


@pages.app_template_global()
def delivery_states(statuses: Iterable[str]) -> list[tuple[str, str]]:
    """States of deliveries as choices."""
    return [(status, delivery_state(status)) for status in statuses]
