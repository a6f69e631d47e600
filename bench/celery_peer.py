"""The peer of deliveries: a plain Celery task with Redis that sends the same bytes by the same sender, and no more.

It keeps no order, no record of attempts, and no event whose process died before it was sent to the broker.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Any

from celery import Celery

from bench.dispatching import HERE
from webhooks.answers import Verdict
from webhooks.messages import write_message
from webhooks.sending import Sender
from webhooks.signing import signed_headers

app: Any = Celery("bench", broker=os.environ.get("BENCH_BROKER", "redis://127.0.0.1:6379/0"))
app.conf.task_ignore_result = True
app.conf.worker_hijack_root_logger = False
SENDER = Sender(HERE.reach, HERE.limits)


def _deliver(self: Any, url: str, secret: str, message_id: str, event_type: str, at: str, data: dict[str, Any]) -> None:
    """Post one event, and try again later when it is not taken."""
    body = write_message(event_type, datetime.fromisoformat(at), data)
    headers = signed_headers(message_id, body, (secret,), datetime.now(UTC))
    if SENDER.send(url, body, headers).verdict is not Verdict.DELIVERED:
        raise self.retry(countdown=5)


deliver: Any = app.task(_deliver, name="deliver", max_retries=20, bind=True)
