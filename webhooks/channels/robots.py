"""Chat robots of WeCom, DingTalk and Feishu: a line with number and link for a group, and each service's own answer.

The services answer 200 to what they refuse, and say so in an error code; so the code decides, not the status.
"""

from __future__ import annotations

import hashlib
import hmac
from abc import ABC, abstractmethod
from base64 import b64encode
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final
from urllib.parse import urlencode

import orjson

from webhooks.answers import LONGEST_ERROR, Answer, Verdict
from webhooks.channels.letters import Letter
from webhooks.channels.wording import Wording, Wordless
from webhooks.sending import Sender

CUT: Final = "…"


@dataclass(frozen=True)
class Robot(ABC):
    """A robot of one service: how a text is packed for it, and how its answer reads.

    `longest` is in bytes, `gone` are the codes of a robot that is no more, `hurried` those that ask for a `rest`.
    """

    sender: Sender
    wording: Wording
    code: ClassVar[str] = "errcode"
    reason: ClassVar[str] = "errmsg"
    longest: ClassVar[int] = 2048
    gone: ClassVar[Container[Any]] = ()
    hurried: ClassVar[Container[Any]] = ()
    rest: ClassVar[timedelta] = timedelta(minutes=1)

    def send(self, letter: Letter, now: datetime) -> Answer:
        """Post the group's words; a letter for which there are none cannot be sent."""
        try:
            text = self.wording.write(letter, "group")
        except Wordless as wordless:
            return Answer(Verdict.UNSENDABLE, timedelta(0), error=str(wordless))
        url, body = self.pack(letter, shortened(text, self.longest), now)
        return self._read(self.sender.send(url, orjson.dumps(body), {}, reads_answer=True))

    @abstractmethod
    def pack(self, letter: Letter, text: str, now: datetime) -> tuple[str, Mapping[str, Any]]:
        """The address and the body with which the service takes a text."""

    def _read(self, answer: Answer) -> Answer:
        if answer.verdict is not Verdict.DELIVERED:
            return answer
        said = _json(answer.content)
        code = said.get(self.code)
        if code == 0:
            return answer
        error = f"answered {answer.status} with {self.code} {code}: {said.get(self.reason, '')}"[:LONGEST_ERROR]
        refused = replace(answer, verdict=Verdict.GONE if code in self.gone else Verdict.FAILED, error=error)
        return replace(refused, retry_after=str(int(self.rest.total_seconds()))) if code in self.hurried else refused


@dataclass(frozen=True)
class WeComRobot(Robot):
    """企业微信群机器人. A text holds 2,048 bytes at most; a robot sends 20 messages a minute.

    Source: developer.work.weixin.qq.com/document/path/91770; codes: .../path/90313 (93000 the address is not valid,
    45009 too often).
    """

    gone = frozenset({93000})
    hurried = frozenset({45009})

    def pack(self, letter: Letter, text: str, now: datetime) -> tuple[str, Mapping[str, Any]]:
        return letter.url, {"msgtype": "text", "text": {"content": text}}


@dataclass(frozen=True)
class DingTalkRobot(Robot):
    """钉钉自定义机器人, signed (加签). After more than 20 messages in a minute it takes none for ten minutes.

    Source: open.dingtalk.com/document/robots/custom-robot-access (300001 there is no such token, 130101 too fast,
    310000 keyword, signature or address refused). The longest text is not stated there; 2,048 bytes are ours.
    """

    gone = frozenset({300001})
    hurried = frozenset({130101})
    rest = timedelta(minutes=10)

    def pack(self, letter: Letter, text: str, now: datetime) -> tuple[str, Mapping[str, Any]]:
        return _signed(letter, now), {"msgtype": "text", "text": {"content": text}}


@dataclass(frozen=True)
class FeishuRobot(Robot):
    """飞书自定义机器人, with its signature (签名校验) in the body. 100 messages a minute, 5 a second; 20 KB at most.

    Source: open.feishu.cn/document/client-docs/bot-v3/add-custom-bot (19001 the address is not valid, 11232 too
    often, 19021 the signature is wrong or older than an hour).
    """

    code = "code"
    reason = "msg"
    longest = 20_000
    gone = frozenset({19001})
    hurried = frozenset({11232})

    def pack(self, letter: Letter, text: str, now: datetime) -> tuple[str, Mapping[str, Any]]:
        content = {"msg_type": "text", "content": {"text": text}}
        if not letter.secrets:
            return letter.url, content
        seconds = str(int(now.timestamp()))
        return letter.url, {**content, "timestamp": seconds, "sign": _mac(f"{seconds}\n{letter.secrets[0]}", "")}


def shortened(text: str, longest: int) -> str:
    """A text cut to so many bytes of UTF-8, never within a character."""
    written = text.encode()
    if len(written) <= longest:
        return text
    return written[: longest - len(CUT.encode())].decode("utf-8", "ignore") + CUT


def _signed(letter: Letter, now: datetime) -> str:
    """The address with DingTalk's signature, which is the MAC of moment and secret under the secret."""
    if not letter.secrets:
        return letter.url
    secret, milliseconds = letter.secrets[0], str(int(now.timestamp() * 1000))
    signature = {"timestamp": milliseconds, "sign": _mac(secret, f"{milliseconds}\n{secret}")}
    return f"{letter.url}&{urlencode(signature)}"


def _mac(key: str, message: str) -> str:
    return b64encode(hmac.new(key.encode(), message.encode(), hashlib.sha256).digest()).decode()


def _json(content: bytes) -> Mapping[str, Any]:
    try:
        read = orjson.loads(content)
    except orjson.JSONDecodeError:
        return {}
    return read if isinstance(read, dict) else {}
