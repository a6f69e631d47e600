"""What each person does by hand on the way of a general hazard, page by page."""

from __future__ import annotations

from datetime import date, timedelta

from tests.browser.photos import BRASS, COPPER, photo
from tests.browser.visitor import Visitor


def confirm(person: Visitor, title: str) -> None:
    person.open(title)
    person.choose("需要整改")
    person.finish("下一步：制定")


def plan(person: Visitor, title: str, today: date) -> None:
    person.open(title)
    person.fill(
        整改措施="更换老化软管，加装自闭阀和报警器",
        整改责任人="王建国",
        整改时限=f"{today + timedelta(days=14)}",
        计划资金="1.5",
    )
    person.finish("下一步：")


def rectify(person: Visitor, title: str, today: date) -> None:
    person.open(title)
    person.fill(
        整改情况="软管已全部更换，打压试验合格",
        整改完成日期=f"{today}",
        整改前照片=[photo("整改前.png")],
        整改后照片=[photo("整改后.png", COPPER), photo("报警器.png", BRASS)],
    )
    person.finish("下一步：")


def agree(person: Visitor, title: str, words: str) -> None:
    """Choose the option with these words and send it."""
    person.open(title)
    person.choose(words)
    person.finish("")


def verify(person: Visitor, title: str, result: str, opinion: str) -> None:
    person.open(title)
    person.choose(result)
    person.fill(复查意见=opinion, 现场核查照片=[photo("现场.png", COPPER)])
    person.finish("下一步：")


def give_opinion(expert: Visitor, title: str) -> None:
    expert.open(title)
    expert.choose("风险已消除")
    expert.fill(专家意见="风险已消除，符合规范")
    expert.finish("下一步：")


def inspect(leader: Visitor, title: str) -> None:
    """Look at a drawn hazard on site with the team."""
    leader.open(title)
    leader.choose("属实")
    leader.fill(同行核查人员="张三", 现场核查情况="现场与台账一致，软管已更换", 现场照片=[photo("抽查.png", COPPER)])
    leader.finish("下一步：")
