"""The rollup against a recount of the rows: random lives of hazards, transactions that fail, nodes that die."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from threading import Thread

import pytest
from sqlalchemy import func, select, text, update

from engine.clock import ReplayClock
from engine.runtime import Runtime, UnitOfWork
from engine.storage.base import table_of
from workflows.campaigns.models import Campaign
from workflows.campaigns.opening import HENAN_2022, open_campaign
from workflows.cast import load_cast
from workflows.geography.divisions import path_of
from workflows.hazards.guard import FINAL
from workflows.hazards.models import Hazard
from workflows.hazards.words import Origin, Severity, Stage, Verdict
from workflows.organisations.models import Organisation, OrganisationKind
from workflows.organisations.sectors import Sector
from workflows.statistics.folding import fold
from workflows.statistics.models import Statistic, StatisticChange
from workflows.statistics.recounting import differences, rebuild

PLACES = ("410105", "410105001", "410102", "4101", "419001", "410202", "41")


@pytest.fixture
def campaign(runtime: Runtime) -> Campaign:
    with runtime.unit_of_work() as uow:
        cast = load_cast(uow, counties=2, units_per_sector=1)
        return open_campaign(uow, HENAN_2022, committee_id=cast.province_committee, by="shenganweiban")


@pytest.fixture
def body(runtime: Runtime, campaign: Campaign) -> int:
    """The department and committee of every hazard here, which the figures do not ask for."""
    with runtime.reading() as uow:
        wanted = select(Organisation.id).where(Organisation.kind == OrganisationKind.PROVINCE_COMMITTEE)
        return uow.session.scalars(wanted).one()


@pytest.mark.parametrize("seed", range(4))
def test_after_any_lives_of_hazards_the_rollup_is_what_the_rows_give(
    runtime: Runtime, clock: ReplayClock, campaign: Campaign, body: int, seed: int
) -> None:
    random = Random(seed)
    for _ in range(30):
        clock.advance(timedelta(days=random.randrange(3), hours=random.randrange(24)))
        with runtime.unit_of_work() as uow:
            for _ in range(random.randrange(4)):
                uow.session.add(hazard(uow, campaign.id, body, random))
            live(uow, random)
        if random.random() < 0.3:
            with runtime.unit_of_work() as uow:
                fold(uow, limit=random.randrange(1, 12))
    assert differences_of(runtime) == []
    fold_all(runtime)
    assert (differences_of(runtime), count(runtime, StatisticChange)) == ([], 0)
    assert count(runtime, Statistic) > 0


def test_a_transaction_that_fails_leaves_no_trace_in_the_figures(
    runtime: Runtime, campaign: Campaign, body: int
) -> None:
    def fail() -> None:
        with runtime.unit_of_work() as uow:
            uow.session.add(hazard(uow, campaign.id, body, Random(1)))
            uow.session.flush()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert (count(runtime, StatisticChange), differences_of(runtime)) == (0, [])


def test_a_node_that_dies_while_it_folds_loses_and_doubles_nothing(
    runtime: Runtime, campaign: Campaign, body: int
) -> None:
    register(runtime, campaign.id, body, 10)

    def die() -> None:
        with runtime.unit_of_work() as uow:
            assert fold(uow, limit=5) == 5
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        die()
    assert (count(runtime, Statistic), differences_of(runtime)) == (0, [])
    fold_all(runtime)
    assert differences_of(runtime) == []


def test_nodes_that_fold_while_hazards_change_agree_in_the_end(runtime: Runtime, campaign: Campaign, body: int) -> None:
    def write() -> None:
        for _ in range(8):
            register(runtime, campaign.id, body, 3)

    workers = [Thread(target=each) for each in (write, write, lambda: fold_all(runtime), lambda: fold_all(runtime))]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    fold_all(runtime)
    assert differences_of(runtime) == []


def test_a_change_of_a_hazard_that_the_session_forgot_is_counted(
    runtime: Runtime, campaign: Campaign, body: int
) -> None:
    register(runtime, campaign.id, body, 1)
    with runtime.unit_of_work() as uow:
        row = uow.session.scalars(select(Hazard)).one()
        uow.session.expire(row)
        row.severity, row.listed = Severity.MAJOR, True
    assert differences_of(runtime) == []


def test_what_was_written_past_the_session_is_named_and_mended(runtime: Runtime, campaign: Campaign, body: int) -> None:
    register(runtime, campaign.id, body, 6)
    fold_all(runtime)
    with runtime.unit_of_work() as uow:
        uow.session.execute(update(table_of(Hazard)).values(listed=True, exposed=False))
        uow.session.execute(text("UPDATE statistic SET found = found + 7 WHERE region_path = '/41/'"))
    named = differences_of(runtime)
    assert any("found" in each for each in named)
    assert any("listed: 0, the rows give" in each for each in named)
    with runtime.unit_of_work() as uow:
        assert rebuild(uow) == count_in(uow, Statistic)
    assert differences_of(runtime) == []


def hazard(uow: UnitOfWork, campaign: int, body: int, random: Random) -> Hazard:
    """A hazard that was registered just now, somewhere."""
    place, number = random.choice(PLACES), random.getrandbits(60)
    due_in = random.choice((None, -3, 0, 5, 20))
    return Hazard(
        number=f"测-{number}",
        campaign_id=campaign,
        fingerprint=number.to_bytes(16, "big"),
        origin=random.choice(tuple(Origin)),
        stage=Stage.SELF_CHECK,
        title="隐患",
        description="描述",
        region_code=place,
        region_path=path_of(place),
        sector=random.choice(tuple(Sector)[:3]),
        severity=random.choice(tuple(Severity)),
        content_area="sector_campaign",
        source="self_check",
        unit_name="单位",
        department_id=body,
        committee_id=body,
        due_at=None if due_in is None else uow.now + timedelta(days=due_in, hours=random.randrange(-9, 9)),
        created_at=uow.now,
        created_by="test",
    )


def live(uow: UnitOfWork, random: Random) -> None:
    """Something happens to some of the hazards, as the processes do it and as they never would."""
    found = uow.session.scalars(select(Hazard).where(Hazard.stage.not_in([Stage.CLOSED, Stage.VOIDED]))).all()
    for row in random.sample(found, min(len(found), 4)):
        random.choice(EVENTS)(row, uow.now, random)
        if random.random() < 0.3 and row.stage not in FINAL:
            uow.session.flush()
            random.choice(EVENTS)(row, uow.now, random)


def rectify(row: Hazard, now: datetime, random: Random) -> None:
    row.rectified_at = now - timedelta(days=random.randrange(3))
    row.stage = Stage.SPECIAL_INSPECTION


def send_back(row: Hazard, now: datetime, random: Random) -> None:
    row.rectified_at, row.stage = None, Stage.SELF_CHECK
    row.returns = (row.returns or 0) + 1


def extend(row: Hazard, now: datetime, random: Random) -> None:
    row.due_at = (row.due_at or now) + timedelta(days=random.randrange(1, 20))


def close(row: Hazard, now: datetime, random: Random) -> None:
    row.stage, row.closed_at = Stage.CLOSED, now


def void(row: Hazard, now: datetime, random: Random) -> None:
    row.stage = Stage.VOIDED


def note(row: Hazard, now: datetime, random: Random) -> None:
    row.listed, row.exposed = random.random() < 0.5, random.random() < 0.5
    row.verdict = random.choice((None, *Verdict))
    row.remark = f"{random.random()}"


def move_up(row: Hazard, now: datetime, random: Random) -> None:
    row.severity = random.choice(tuple(Severity))
    row.stage = random.choice((Stage.SPOT_CHECK, Stage.CLOSURE))


EVENTS: tuple[Callable[[Hazard, datetime, Random], None], ...] = (
    rectify,
    rectify,
    send_back,
    extend,
    close,
    void,
    note,
    move_up,
)


def register(runtime: Runtime, campaign: int, body: int, number: int) -> None:
    with runtime.unit_of_work() as uow:
        uow.session.add_all(hazard(uow, campaign, body, Random()) for _ in range(number))


def fold_all(runtime: Runtime) -> None:
    for _ in range(50):
        with runtime.unit_of_work() as uow:
            fold(uow, limit=100)


def differences_of(runtime: Runtime) -> list[str]:
    with runtime.reading() as uow:
        return [str(each) for each in differences(uow)]


def count(runtime: Runtime, table: type[Statistic] | type[StatisticChange]) -> int:
    with runtime.reading() as uow:
        return count_in(uow, table)


def count_in(uow: UnitOfWork, table: type[Statistic] | type[StatisticChange]) -> int:
    return uow.session.scalar(select(func.count()).select_from(table)) or 0
