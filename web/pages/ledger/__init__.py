"""The ledger in the browser: the table, saved views, imports, exports, and the form for a single hazard."""

from web.pages.ledger import exports, imports, registering, table, views
from web.pages.ledger.blueprint import pages

__all__ = ["exports", "imports", "pages", "registering", "table", "views"]
