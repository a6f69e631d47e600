"""Who does what with releases, what stays on record, and what the clock does, killed wherever it is."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy import func, select

from engine import releasing
from engine.clock import ReplayClock
from engine.definitions import deploy
from engine.errors import NotPermitted
from engine.modelling import begin_draft, save_file
from engine.releasing import ReleaseRules, ReleaseState
from engine.runtime import Runtime, UnitOfWork
from engine.storage.models import Deployment
from tests.diagrams import diagram, end, flows, process, start, user_task
from workflows import releases
from workflows.audit import AuditKind
from workflows.audit.models import AuditRecord
from workflows.cast import load_cast

RULES = ReleaseRules()
A_DAY = timedelta(days=1)
MAY = {"propose": "sheji", "approve": "liucheng", "deploy": "yunwei", "roll back": "yunwei"}
ACCOUNTS = ("sheji", "liucheng", "yunwei", "guanli", "shenji", "anweiban", "nobody")
Act = Callable[[UnitOfWork, str], object]


def drawn(*tasks: str) -> dict[str, bytes]:
    return {"p.bpmn": diagram(process("p", start(), *map(user_task, tasks), end(), flows("start", *tasks, "end")))}


@pytest.fixture
def office(runtime: Runtime) -> Runtime:
    """The demo's people, and a process in effect."""
    with runtime.unit_of_work() as uow:
        load_cast(uow, counties=1, units_per_sector=1)
        deploy(uow, drawn("a"), by="somebody")
    return runtime


@pytest.mark.parametrize("account", ACCOUNTS)
@pytest.mark.parametrize("act", MAY)
def test_who_proposes_who_approves_and_who_deploys_are_different_permissions(
    office: Runtime, act: str, account: str
) -> None:
    ready = _proposed(office, drawn("a", "c"))
    if act == "deploy":
        _approve(office, ready)
    acts: dict[str, Act] = {
        "propose": lambda uow, by: releases.propose_files(uow, drawn("a", "b"), RULES, by=by, comment="why"),
        "approve": lambda uow, by: releases.agree(uow, ready, by=by),
        "deploy": lambda uow, by: releases.deploy_now(uow, ready, by=by),
        "roll back": lambda uow, by: releases.go_back(uow, _older(uow), RULES, by=by, comment="why"),
    }
    if account == MAY[act] or (act == "propose" and account == "sheji2"):
        with office.unit_of_work() as uow:
            acts[act](uow, account)
    else:
        with pytest.raises(NotPermitted), office.unit_of_work() as uow:
            acts[act](uow, account)


def test_every_act_leaves_an_audit_record(office: Runtime) -> None:
    release = _proposed(office, drawn("a", "b"))
    _approve(office, release)
    with office.unit_of_work() as uow:
        releases.deploy_now(uow, release, by="yunwei")
        releases.go_back_at_once(uow, 1, RULES, by="yunwei", reason="tasks go nowhere")
    with office.reading() as uow:
        rows = uow.session.scalars(select(AuditRecord).order_by(AuditRecord.id)).all()
    assert [(row.kind, row.actor) for row in rows] == [
        (AuditKind.RELEASE_PROPOSED, "sheji"),
        (AuditKind.RELEASE_APPROVED, "liucheng"),
        (AuditKind.RELEASE_DEPLOYED, "yunwei"),
        (AuditKind.RELEASE_ROLLED_BACK, "yunwei"),
    ]
    assert rows[-1].reason == "tasks go nowhere"


def test_the_clock_deploys_a_scheduled_release_when_its_moment_has_come(office: Runtime, clock: ReplayClock) -> None:
    release = _scheduled(office, clock)
    duty = releases.deploying_scheduled(office, every=A_DAY)
    duty.run(Event())
    assert _state(office, release) is ReleaseState.SCHEDULED
    clock.advance(A_DAY)
    duty.run(Event())
    duty.run(Event())
    assert (_state(office, release), _deployments(office)) == (ReleaseState.DEPLOYED, 2)


def test_a_scheduled_release_that_others_overtook_is_held_and_says_why(office: Runtime, clock: ReplayClock) -> None:
    release = _scheduled(office, clock)
    with office.unit_of_work() as uow:
        deploy(uow, drawn("z"), by="somebody")
    clock.advance(A_DAY)
    releases.deploying_scheduled(office, every=A_DAY).run(Event())
    with office.reading() as uow:
        step = releasing.steps_of(uow.session, release)[-1]
    assert _state(office, release) is ReleaseState.HELD
    assert "took effect meanwhile" in step.words


def test_what_was_seen_when_it_was_scheduled_is_replaced_without_asking_again(
    office: Runtime, clock: ReplayClock
) -> None:
    release = _proposed(office, drawn("a", "b"))
    _approve(office, release)
    with office.unit_of_work() as uow:
        seen = deploy(uow, drawn("z"), by="somebody").deployment.id
        releases.schedule_release(uow, release, clock.now() + A_DAY, by="yunwei", seen=seen)
    clock.advance(A_DAY)
    releases.deploying_scheduled(office, every=A_DAY).run(Event())
    assert _state(office, release) is ReleaseState.DEPLOYED


@pytest.mark.parametrize("statement", [1, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20])
def test_a_node_killed_while_it_deploys_leaves_all_or_nothing_to_the_next(
    office: Runtime, clock: ReplayClock, database_url: str, statement: int
) -> None:
    release = _scheduled(office, clock)
    clock.advance(A_DAY)
    died = _run(database_url, clock, release, statement) != 0
    assert (_state(office, release), _deployments(office)) == (
        (ReleaseState.SCHEDULED, 1) if died else (ReleaseState.DEPLOYED, 2)
    )
    releases.deploying_scheduled(office, every=A_DAY).run(Event())
    assert (_state(office, release), _deployments(office)) == (ReleaseState.DEPLOYED, 2)


def test_two_nodes_that_look_at_the_same_moment_deploy_once(
    office: Runtime, clock: ReplayClock, database_url: str
) -> None:
    release = _scheduled(office, clock)
    clock.advance(A_DAY)
    nodes = [_spawn(database_url, clock, release) for _ in range(2)]
    assert [node.wait() for node in nodes] == [0, 0]
    assert (_state(office, release), _deployments(office)) == (ReleaseState.DEPLOYED, 2)


def _proposed(runtime: Runtime, files: dict[str, bytes]) -> int:
    with runtime.unit_of_work() as uow:
        draft = begin_draft(uow, name="better", by="sheji2", base=1).id
        save_file(uow, draft, "p.bpmn", files["p.bpmn"], by="sheji2", expected_revision=0)
        return releases.propose_draft(uow, draft, RULES, by="sheji", comment="one more step").id


def _approve(runtime: Runtime, release: int) -> None:
    with runtime.unit_of_work() as uow:
        releases.agree(uow, release, by="liucheng")


def _scheduled(runtime: Runtime, clock: ReplayClock) -> int:
    release = _proposed(runtime, drawn("a", "b"))
    _approve(runtime, release)
    with runtime.unit_of_work() as uow:
        releases.schedule_release(uow, release, clock.now() + A_DAY, by="yunwei")
    return release


def _older(uow: UnitOfWork) -> int:
    deploy(uow, drawn("z"), by="somebody")
    return 1


def _state(runtime: Runtime, release: int) -> ReleaseState:
    with runtime.reading() as uow:
        return releasing.release_of(uow.session, release).state


def _deployments(runtime: Runtime) -> int:
    with runtime.reading() as uow:
        return uow.session.scalar(select(func.count()).select_from(Deployment)) or 0


def _spawn(url: str, clock: ReplayClock, release: int, *dies_at: str) -> subprocess.Popen[bytes]:
    node = "tests.integration.workflows.release_node"
    return subprocess.Popen([sys.executable, "-m", node, url, clock.now().isoformat(), str(release), *dies_at])


def _run(url: str, clock: ReplayClock, release: int, dies_at: int) -> int:
    return _spawn(url, clock, release, str(dies_at)).wait()
