"""What a browser complains of: errors and warnings of its console, broken requests, requests that leave the site."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError

LOUD = {"error", "warning"}
REFUSED = "Failed to load resource: the server responded with a status of 4"
ABORTED = "net::ERR_ABORTED"
OFFLINE = "net::ERR_INTERNET_DISCONNECTED"
"""Only a test can take the network of this machine away, and then it means to."""

AMONG_ITSELF = "ContextPad#getPad is deprecated"
"""A library of the modeler says so to another part of itself."""

EXPECTED = (OFFLINE, AMONG_ITSELF)


class Complaints(list[str]):
    """Grows with every complaint of a browser context; a page that was answered with 4xx on purpose is none.

    A violation of the content security policy is an error of the console.
    """

    def __init__(self, context: BrowserContext, address: str) -> None:
        super().__init__()
        self._address = address
        self._pages: set[str] = set()
        context.on("request", self._hear_request)
        context.on("requestfailed", self._hear_failure)
        context.on("console", self._hear_console)
        context.on("weberror", self._hear_error)

    def _hear_request(self, request: Request) -> None:
        if request.is_navigation_request():
            self._pages.add(request.url)
        if urlsplit(request.url).scheme in {"http", "https"} and not request.url.startswith(f"{self._address}/"):
            self.append(f"a request left the site: {request.url}")

    def _hear_failure(self, request: Request) -> None:
        if request.failure not in (ABORTED, OFFLINE):
            self.append(f"{request.url} failed: {request.failure}")

    def _hear_console(self, message: ConsoleMessage) -> None:
        is_answer = message.text.startswith(REFUSED) and message.location.get("url") in self._pages
        if message.type in LOUD and not is_answer and not any(known in message.text for known in EXPECTED):
            self.append(f"console {message.type}: {message.text}")

    def _hear_error(self, raised: WebError) -> None:
        self.append(f"a script failed: {raised.error}")
