"""Mail to people, through the installation's own server: text and HTML in one message, under the event's id."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from enum import StrEnum
from pathlib import Path
from time import monotonic
from typing import Final

from webhooks.answers import LONGEST_ERROR, Answer, Verdict, unanswered
from webhooks.channels.letters import Letter
from webhooks.channels.people import Addressee, Directory
from webhooks.channels.wording import Wording, Wordless
from webhooks.models import EndpointKind

FOR_GOOD: Final = range(500, 600)
"""Replies that say that the same message would be refused again (RFC 5321, 4.2.1)."""


class Security(StrEnum):
    """How the connection is protected: from the start, after STARTTLS, or (within one machine only) not at all."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True)
class MailServer:
    """The server that takes our mail; without an account nobody signs in."""

    host: str
    port: int
    security: Security
    sender: str
    account: str = ""
    password: str = ""
    seconds: float = 30
    authority: Path | None = None


@dataclass(frozen=True)
class Mail:
    """Writes letters to the people they are for. A person who is written to nowhere, or wants none, is left out."""

    server: MailServer
    wording: Wording
    directory: Directory

    def send(self, letter: Letter, now: datetime) -> Answer:
        """Hand the message to the server; delivered means that the server has taken it."""
        person = self.directory(letter, EndpointKind.MAIL)
        if person is None or not person.mail:
            return Answer(Verdict.UNWANTED, timedelta(0), error=f"{letter.key} has no address or wants no mail of this")
        try:
            message = self._message(letter, person, now)
        except Wordless as wordless:
            return Answer(Verdict.UNSENDABLE, timedelta(0), error=str(wordless))
        return self._hand_over(message)

    def _message(self, letter: Letter, person: Addressee, now: datetime) -> EmailMessage:
        def written(block: str) -> str:
            return self.wording.write(letter, block, language=person.language, name=person.name)

        message = EmailMessage()
        message["Subject"] = written("subject")
        message["From"] = Address("回头看" if person.language == "zh" else "Look-Back", addr_spec=self.server.sender)
        message["To"] = Address(person.name, addr_spec=person.mail)
        message["Date"] = format_datetime(now)
        message["Message-ID"] = f"<{letter.id}@{self.server.sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(written("text"))
        message.add_alternative(written("html"), subtype="html")
        return message

    def _hand_over(self, message: EmailMessage) -> Answer:
        began = monotonic()
        try:
            with self._connected() as connection:
                connection.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            code, said = next(iter(refused.recipients.values()))
            return _refused(code, said, began)
        except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as refused:
            return _refused(refused.smtp_code, refused.smtp_error, began)
        except (smtplib.SMTPException, OSError, ValueError) as failure:
            return unanswered(failure, _since(began))
        return Answer(Verdict.DELIVERED, _since(began), 250)

    @contextmanager
    def _connected(self) -> Generator[smtplib.SMTP]:
        server = self.server
        if server.security is Security.TLS:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=server.seconds, context=self._trusted()
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=server.seconds)
        with connection:
            if server.security is Security.STARTTLS:
                connection.starttls(context=self._trusted())
            if server.account:
                connection.login(server.account, server.password)
            yield connection

    def _trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.server.authority)


def _refused(code: int, said: bytes | str, began: float) -> Answer:
    """A refusal for good concerns this message; any other is the server's present trouble."""
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    verdict = Verdict.UNSENDABLE if code in FOR_GOOD else Verdict.FAILED
    return Answer(verdict, _since(began), code, f"answered {code}: {words}"[:LONGEST_ERROR])


def _since(began: float) -> timedelta:
    return timedelta(seconds=monotonic() - began)
