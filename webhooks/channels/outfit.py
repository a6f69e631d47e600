"""All ways of an installation to send letters, by the kind of endpoint that they serve."""

from __future__ import annotations

from collections.abc import Mapping

from webhooks.channels.cloud_events import CloudEventsHook
from webhooks.channels.hook import Hook
from webhooks.channels.letters import Way
from webhooks.channels.mail import Mail, MailServer
from webhooks.channels.other_services import OtherService
from webhooks.channels.people import Directory
from webhooks.channels.robots import DingTalkRobot, FeishuRobot, WeComRobot
from webhooks.channels.short_message import ShortMessage
from webhooks.channels.wording import Wording
from webhooks.models import EndpointKind
from webhooks.sending import Sender


def ways(
    sender: Sender, wording: Wording, directory: Directory, mail_server: MailServer | None
) -> Mapping[EndpointKind, Way]:
    """A way for each kind; none for mail without a server."""
    found: dict[EndpointKind, Way] = {
        EndpointKind.HOOK: Hook(sender),
        EndpointKind.CLOUD_EVENTS: CloudEventsHook(sender, wording.site),
        EndpointKind.WECOM: WeComRobot(sender, wording),
        EndpointKind.DINGTALK: DingTalkRobot(sender, wording),
        EndpointKind.FEISHU: FeishuRobot(sender, wording),
        EndpointKind.SMS: ShortMessage(sender, wording, directory),
        EndpointKind.APPRISE: OtherService(wording, sender.reach.services),
    }
    if mail_server is not None:
        found[EndpointKind.MAIL] = Mail(mail_server, wording, directory)
    return found
