"""What a simulated campaign tells the public: cases of false rectification, and what others can learn from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from engine.runtime import Runtime, UnitOfWork
from workflows.campaigns.models import Campaign
from workflows.cast.sign_ins import DEMO_COUNTY
from workflows.exposure import propose_exposure
from workflows.exposure.models import Exposure
from workflows.good_practice import Proposal, approve, propose
from workflows.hazards.models import Hazard
from workflows.hazards.words import Verdict

OFFICE: Final = "anweiban"
LEADER: Final = "lingdao"
REASON: Final = "“回头看”核查认定虚假整改，性质恶劣，建议公开曝光。"

PRACTICES: Final = {
    12: Proposal(
        title="一户一档换软管：更换、拍照、扫码三步同日完成",
        text="街道把餐饮用户排成片区，燃气企业当天更换软管、当天拍照入档，用户扫码即可看到下次更换日期。"
        "执法人员按片区抽查，发现漏换的当日补换，不再逐户重复上门。",
        region_code=DEMO_COUNTY,
    ),
    26: Proposal(
        title="夜间错时检查：在沿街门店打烊以后看住人情况",
        text="“九小场所”白天检查看不到住人问题。区里改为晚十点后由消防、派出所、街道三方同行，"
        "发现违规住人的当场劝离，次日复查，一周后再回头看。",
        region_code=DEMO_COUNTY,
    ),
}
"""By the day of the campaign on which the county's office proposes it."""


@dataclass(frozen=True)
class Publicity:
    """Proposes what shall be public, day by day; drafting and approving an exposure are tasks like all others."""

    runtime: Runtime
    campaign: Campaign

    def go_on(self, today: date) -> None:
        """Propose to expose what was found falsely rectified, and publish the practice of the day."""
        with self.runtime.unit_of_work() as uow:
            for hazard in self._falsely_rectified(uow):
                propose_exposure(uow, hazard, reason=REASON, by=OFFICE)
            practice = PRACTICES.get((today - self.campaign.first_day).days)
            if practice is not None:
                approve(uow, propose(uow, practice, by=OFFICE), by=LEADER, opinion="做法实在，可以推广。")

    def _falsely_rectified(self, uow: UnitOfWork) -> list[Hazard]:
        """Those that nobody has proposed yet."""
        proposed = select(Exposure.hazard_id).where(Exposure.hazard_id == Hazard.id)
        found = select(Hazard).where(
            Hazard.campaign_id == self.campaign.id,
            Hazard.verdict == Verdict.FALSE_RECTIFICATION,
            ~proposed.exists(),
        )
        return list(uow.session.scalars(found.order_by(Hazard.id)))
