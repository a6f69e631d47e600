"""Administration: organisations, people, leaves, campaigns, the calendar, and the search of what is on record."""

from web.pages.administration import (
    audit,
    calendar,
    campaigns,
    channel_names,
    channels,
    deliveries,
    home,
    leaves,
    organisations,
    people,
    receipts,
    roles,
)
from web.pages.administration.blueprint import pages

__all__ = [
    "audit",
    "calendar",
    "campaigns",
    "channel_names",
    "channels",
    "deliveries",
    "home",
    "leaves",
    "organisations",
    "pages",
    "people",
    "receipts",
    "roles",
]
