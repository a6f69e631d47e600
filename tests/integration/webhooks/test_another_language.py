"""What we sign is verified by the Standard Webhooks library of another language."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from engine.clock import SystemClock
from tests.integration.webhooks.conftest import Desk
from tests.integration.webhooks.receiver import Received, Receiver

PROJECT = Path(__file__).parents[3]
SCRIPT = Path(__file__).with_name("verify.mjs")


def test_javascript_verifies_what_we_sign_and_refuses_what_was_changed(desk: Desk, receiver: Receiver) -> None:
    desk.clock.advance_to(SystemClock().now())  # the library compares with the time of day
    secret = desk.secret(desk.endpoint("/hook"))
    desk.happen("hazard.closed", "豫回2022-410105-000001", by="xiaohao")
    desk.dispatch()
    [request] = receiver.received
    assert _verified(request, secret)["data"] == {"key": "豫回2022-410105-000001", "by": "xiaohao"}
    changed = Received(request.path, request.headers, request.body.replace(b"xiaohao", b"zeren"), 204)
    assert _verified(changed, secret) == {}


def _verified(request: Received, secret: str) -> dict[str, Any]:
    """What JavaScript reads from a request, or nothing when it does not trust it."""
    asked = {"secret": secret, "body": request.body.decode(), "headers": request.headers}
    done = subprocess.run(
        [_node(), str(SCRIPT), str(PROJECT / "web" / "frontend")],
        input=json.dumps(asked).encode(),
        capture_output=True,
        check=False,
    )
    return dict(json.loads(done.stdout)) if done.returncode == 0 else {}


def _node() -> str:
    """The Node.js that built the front end: the machine's own, or the one of the locked wheel."""
    locked = Path(sys.prefix) / "node" / "bin" / "node"
    return str(locked) if locked.exists() else str(shutil.which("node"))
