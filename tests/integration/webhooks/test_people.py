"""Mail through a real SMTP server, and short messages through the installation's gateway."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from standardwebhooks.webhooks import Webhook

from tests.integration.webhooks.conftest import Desk
from tests.integration.webhooks.receiver import Receiver, Reply
from tests.integration.webhooks.test_robots import NOTICE
from webhooks.channels.mail import MailServer, Security
from webhooks.channels.people import Addressee
from webhooks.models import DeliveryStatus, EndpointKind

ZEREN = Addressee("王建国", "zh", "zeren@example.org", "13800000000")
LEADER = Addressee("Li", "en", "leader@example.org")


@dataclass
class PostOffice:
    """A mail server's handler: keeps what it takes, and refuses with what `reply` says."""

    reply: str = "250 OK"
    taken: list[EmailMessage] = field(default_factory=list[EmailMessage])

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.reply

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = cast("bytes", envelope.content)
        self.taken.append(cast("EmailMessage", message_from_bytes(content, policy=cast("Any", policy.default))))
        return "250 taken"


@pytest.fixture
def post_office(desk: Desk) -> Iterator[PostOffice]:
    office = PostOffice()
    controller: Any = Controller(office, hostname="127.0.0.1", port=_free_port())
    controller.start()
    desk.mail_server = MailServer("127.0.0.1", controller.port, Security.NONE, "lookback@example.org", seconds=5)
    desk.people |= {"zeren": ZEREN, "lingdao": LEADER}
    desk.endpoint("", "notice.*", "digest.*", "endpoint.disabled", kind=EndpointKind.MAIL)
    yield office
    controller.stop()


def test_a_person_gets_mail_in_text_and_html_in_their_language(desk: Desk, post_office: PostOffice) -> None:
    event = desk.happen("notice.delivered", "zeren", **NOTICE)
    assert desk.dispatch().delivered == 1
    [mail] = post_office.taken
    assert mail["Subject"] == "【回头看】豫回2022-410105-000001 今日到期"
    assert mail["To"] == "王建国 <zeren@example.org>"
    assert mail["Message-ID"] == f"<{event}@example.org>"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert "办理时限为 2022-12-02 18:00" in _text(mail)


def test_a_leaders_digest_comes_as_one_mail(desk: Desk, post_office: PostOffice) -> None:
    facts = {"digest": 1, "recipient": "lingdao", "day": "2022-12-02", "count": 60, "notices": [NOTICE] * 50}
    desk.happen("digest.delivered", "lingdao", **facts)
    desk.dispatch()
    [mail] = post_office.taken
    assert mail["Subject"] == "[Look-Back] 2022-12-02: 60 matters for you"
    assert "The other 10" in _text(mail)


def test_someone_without_an_address_is_on_record_as_such(desk: Desk, post_office: PostOffice) -> None:
    desk.happen("notice.delivered", "nobody", **NOTICE)
    desk.dispatch()
    assert desk.deliveries()[0].status is DeliveryStatus.UNWANTED
    assert "nobody has no address" in str(desk.attempts()[0].error)


def test_a_refusal_for_good_concerns_one_message_only(desk: Desk, post_office: PostOffice) -> None:
    post_office.reply = "550 no such mailbox"
    desk.happen("notice.delivered", "zeren", **NOTICE)
    desk.dispatch()
    [delivery], [attempt] = desk.deliveries(), desk.attempts()
    assert (delivery.status, attempt.answered) == (DeliveryStatus.DEAD, 550)
    assert desk.read(delivery.endpoint_id).failures == 0


def test_a_server_in_trouble_is_tried_again(desk: Desk, post_office: PostOffice) -> None:
    post_office.reply = "451 try later"
    desk.happen("notice.delivered", "zeren", **NOTICE)
    assert desk.dispatch().failed == 1
    post_office.reply = "250 OK"
    desk.dispatch_until_idle()
    assert len(post_office.taken) == 1


def test_no_server_at_all_is_a_failure_in_words(desk: Desk, post_office: PostOffice) -> None:
    desk.mail_server = MailServer("127.0.0.1", _free_port(), Security.NONE, "lookback@example.org", seconds=5)
    desk.happen("notice.delivered", "zeren", **NOTICE)
    desk.dispatch()
    assert "refused" in str(desk.attempts()[0].error)


def test_a_short_message_goes_to_the_gateway_signed(desk: Desk, receiver: Receiver) -> None:
    desk.people["zeren"] = ZEREN
    endpoint = desk.endpoint("/gateway", kind=EndpointKind.SMS)
    event = desk.happen("notice.delivered", "zeren", **NOTICE)
    desk.dispatch()
    [request] = receiver.received
    assert request.content["phone"] == "13800000000"
    assert request.content["id"] == event
    assert "zeren" not in request.content["text"]
    signed = {name: request.headers[name] for name in ("webhook-id", "webhook-timestamp", "webhook-signature")}
    signature = Webhook(desk.secret(endpoint)).sign(event, desk.clock.now(), request.body.decode())
    assert signed["webhook-signature"] == signature


def _text(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def test_whoever_registered_an_endpoint_is_told_by_mail_when_it_is_switched_off(
    desk: Desk, post_office: PostOffice, receiver: Receiver
) -> None:
    desk.endpoint("/hook", "hazard.*", owner="zeren", description="省级平台")
    desk.happen()
    receiver.answer("/hook", Reply(410))
    desk.dispatch()
    desk.dispatch()
    [mail] = post_office.taken
    assert "zeren@example.org" in str(mail["to"])
    assert "省级平台" in str(mail["subject"]), str(mail["subject"])
