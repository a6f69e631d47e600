"""What can go wrong between a request and the function it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from workflows.sentences import Sentence


class WebError(Exception):
    """Root of every error that the web raises on purpose."""


class NotSignedIn(WebError):
    """Nobody is signed in, or the token is not valid; sign in, or send a valid token."""

    def __init__(self, message: str = "this needs a signed-in person or a valid API token") -> None:
        super().__init__(message)


class ScopeMissing(WebError):
    """The token is valid, but was not issued for this; use one that has the named scope."""

    def __init__(self, scope: str) -> None:
        super().__init__(f"this needs a token with the scope {scope}")


class MissingPrecondition(WebError):
    """A change was asked for without naming the version it was based on; send If-Match."""

    def __init__(self) -> None:
        super().__init__("send the ETag of the version you read in the If-Match header")


class OutdatedVersion(WebError):
    """The named version is not the present one; read the record again."""

    def __init__(self) -> None:
        super().__init__("the record has changed since the version named in If-Match; read it again")


class InvalidCursor(WebError):
    """The cursor was changed, or belongs to another list; begin at the first page."""

    def __init__(self) -> None:
        super().__init__("the cursor is not one that this list gave out")


class UploadRefused(WebError):
    """The file is empty or not of an accepted kind; choose another."""

    def __init__(self, said: Sentence) -> None:
        super().__init__(said)
        self.said = said


class FrontEndNotBuilt(WebError):
    """The pages' scripts and styles are missing; build them."""

    def __init__(self) -> None:
        super().__init__("the front end has not been built; run `make frontend`")


class HookRefused(WebError):
    """A call to a hook is not let in; the status says why, and the message what to do."""

    def __init__(self, status: int, message: str, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


class CallInvalid(WebError):
    """What a call says does not fit its schema; `errors` names each wrong field."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {message}" for name, message in errors.items()))
        self.errors = dict(errors)


class ChannelRefused(WebError):
    """A channel cannot be opened or changed as was asked; the message says why."""


class ChannelUnknown(ChannelRefused):
    """There is no such channel or delivery."""


class ChannelNotSo(ChannelRefused):
    """The channel or delivery is not in a state that allows this; the message says in which it is."""
