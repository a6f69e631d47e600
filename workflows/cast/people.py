"""Invented people: Chinese names, and accounts that spell them in pinyin."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from random import Random

CHARACTER_AND_PINYIN = re.compile("(.)([a-z]+)")
SURNAMES = CHARACTER_AND_PINYIN.findall(
    "王wang李li张zhang刘liu陈chen杨yang赵zhao黄huang周zhou吴wu徐xu孙sun胡hu朱zhu高gao林lin何he郭guo马ma罗luo梁liang"
    "宋song郑zheng谢xie韩han唐tang冯feng于yu董dong程cheng曹cao袁yuan邓deng许xu沈shen"
)
GIVEN = CHARACTER_AND_PINYIN.findall(
    "伟wei芳fang娜na敏min静jing丽li强qiang磊lei军jun洋yang勇yong艳yan杰jie娟juan涛tao明ming超chao霞xia平ping刚gang"
    "辉hui玲ling鹏peng华hua飞fei红hong波bo斌bin宇yu浩hao凯kai健jian俊jun帆fan雪xue建jian国guo志zhi海hai晓xiao文wen"
    "春chun永yong新xin金jin瑞rui豫yu中zhong天tian佳jia"
)


@dataclass
class Population:
    """Invents people one after another; no two have the same account."""

    random: Random
    _accounts: Counter[str] = field(default_factory=Counter[str])
    _count: int = 0

    def invent(self, account: str | None = None) -> dict[str, str]:
        """Name, account and telephone number of a new person; the account may be given instead of invented."""
        parts = [self.random.choice(SURNAMES), *self.random.choices(GIVEN, k=self.random.choice((1, 2, 2)))]
        self._count += 1
        return {
            "name": "".join(character for character, _ in parts),
            "account": account or self._account("".join(pinyin for _, pinyin in parts)),
            "phone": f"190{self._count:08}",
        }

    def _account(self, pinyin: str) -> str:
        self._accounts[pinyin] += 1
        number = self._accounts[pinyin]
        return pinyin if number == 1 else f"{pinyin}{number}"
