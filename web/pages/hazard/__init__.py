"""The page of one hazard (隐患详情), and its card on one sheet of paper."""

from web.pages.hazard.routes import pages

__all__ = ["pages"]
