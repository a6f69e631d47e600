"""Similar check (举一反三): whom to ask, who that would be, and what they answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flask import request, url_for
from flask_babel import gettext
from flask_login import login_required
from werkzeug.wrappers import Response

from engine.runtime import UnitOfWork
from web.pages.side_processes.acting import NOTHING_REFUSED, Refusal, submit, visible_hazard
from web.pages.side_processes.blueprint import pages
from web.pages.side_processes.frame import frame_of, show
from web.paging import cursor, position
from web.places import place_in_words
from web.security.identity import current_actor
from web.wiring import runtime, settings
from web.words import in_words
from workflows.errors import InvalidRecord
from workflows.geography.divisions import divisions, path_of
from workflows.geography.paths import is_inside
from workflows.geography.regions import codes_of
from workflows.hazards.models import Hazard
from workflows.organisations.sectors import Sector
from workflows.sentences import sentence
from workflows.side_acts import SideAct, acting_scope, ensure_may_begin
from workflows.similar_check import MOST_UNITS, Aim, count_units_alike, spread_similar_check, units_alike
from workflows.similar_check.reading import answers_to, tally_of
from workflows.similar_check.spreading import PROCESS

MOST_COUNTED: Final = 1000
LEVELS: Final = slice(0, 3)
"""Province, city and county of the hazard; a township has too few units to learn from."""


@pages.get("/similar-check")
@login_required
def similar_check(number: str) -> str:
    return _page(number, NOTHING_REFUSED)


@pages.post("/similar-check")
@login_required
def spread(number: str) -> Response | tuple[str, int]:
    return submit(
        number,
        "similar-check",
        _spread,
        _page,
        done=gettext("The units have the task of checking themselves now."),
        address=url_for("side_processes.similar_check", number=number),
    )


def _spread(uow: UnitOfWork, hazard: Hazard, account: str) -> None:
    ensure_may_begin(uow, hazard, account, SideAct.SIMILAR_CHECK)
    aim = _aim(uow, hazard, account)
    checks = spread_similar_check(uow, hazard, reason=request.form.get("reason", "").strip(), by=account, aim=aim)
    if not checks:
        raise InvalidRecord({"region": sentence("no unit there is left to ask; choose a larger region")})


def _aim(uow: UnitOfWork, hazard: Hazard, account: str) -> Aim:
    """Whom the form aims at, within what the person may ask for; by default the hazard's sector in its county."""
    near = Aim.near(hazard)
    regions = [code for code, _ in _regions(uow, hazard, account)]
    sectors = {sector.value: sector for sector, _ in _sectors(uow, hazard, account)}
    region, sector = request.values.get("region", ""), request.values.get("sector", "")
    return Aim(region if region in regions else near.region_code, sectors.get(sector, near.sector))


def _page(number: str, refusal: Refusal) -> str:
    after = position("similar-checks", request.args.get("after"))
    size = settings().page_size
    with runtime().reading() as uow:
        hazard, account = visible_hazard(uow, number), current_actor(uow).user
        aim = _aim(uow, hazard, account)
        answers = answers_to(uow.session, hazard.id, after=int(after[0]) if after else None, limit=size + 1)
        return show(
            "similar_check",
            uow,
            frame_of(uow, hazard, SideAct.SIMILAR_CHECK, PROCESS),
            refusal,
            [answer.check.answered_by for answer in answers[:size]],
            aim=aim,
            regions=_regions(uow, hazard, account),
            sectors=[(sector.value, words) for sector, words in _sectors(uow, hazard, account)],
            units=units_alike(uow.session, hazard, MOST_UNITS, aim),
            count=count_units_alike(uow.session, hazard, aim, most=MOST_COUNTED),
            most_units=MOST_UNITS,
            most_counted=MOST_COUNTED,
            answers=answers[:size],
            tally=tally_of(uow.session, hazard.id),
            next=_next(number, answers[size - 1].check.id) if len(answers) > size else None,
        )


def _regions(uow: UnitOfWork, hazard: Hazard, account: str) -> Sequence[tuple[str, str]]:
    """The hazard's county, city and province, as far as the person's territory reaches; the county is always there."""
    territories = acting_scope(uow.session, account, SideAct.SIMILAR_CHECK).territories
    codes = codes_of(hazard.region_path)[LEVELS]
    reached = [code for code in codes if any(is_inside(path_of(code), it.region_path) for it in territories)]
    return [
        (code, divisions()[code].name if len(code) == 2 else place_in_words(code)) for code in reached or codes[-1:]
    ]


def _sectors(uow: UnitOfWork, hazard: Hazard, account: str) -> Sequence[tuple[Sector, str]]:
    """The sectors that the person may ask: all for an office, its own for a department."""
    territories = acting_scope(uow.session, account, SideAct.SIMILAR_CHECK).territories
    any_sector = any(it.sectors is None for it in territories)
    return [(sector, in_words(sector)) for sector in Sector if any_sector or sector is hazard.sector]


def _next(number: str, last: int) -> str:
    return url_for("side_processes.similar_check", number=number, after=cursor("similar-checks", [last]))
