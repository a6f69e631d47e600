"""A set of files on its way into effect: four eyes, no work of others replaced unseen, and back again byte for byte."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from engine import releasing
from engine.clock import ReplayClock
from engine.definitions import deploy
from engine.definitions.deploying import Examination, examine
from engine.errors import InvalidDefinition, WrongState
from engine.modelling import DraftState, begin_draft, draft_of, file_of, save_file
from engine.releasing import Release, ReleaseRefused, ReleaseRules, ReleaseState
from engine.runtime import Runtime
from engine.storage.models import Deployment, OutboxEvent, Resource
from tests.diagrams import diagram, element, end, flows, process, start, user_task

RULES = ReleaseRules()
TWO_APPROVALS = ReleaseRules(approvals=2)


def drawn(*tasks: str, process_id: str = "p") -> bytes:
    return diagram(process(process_id, start(), *map(user_task, tasks), end(), flows("start", *tasks, "end")))


ONE, TWO, THREE = drawn("a"), drawn("a", "b"), drawn("a", "c")
OTHER = drawn("x", process_id="q")


@pytest.fixture
def deployed(runtime: Runtime) -> Runtime:
    _deploy(runtime, {"p.bpmn": ONE, "q.bpmn": OTHER})
    return runtime


def test_a_draft_is_proposed_approved_by_another_and_deployed(deployed: Runtime) -> None:
    draft = _draft(deployed, TWO)
    release = _propose_draft(deployed, draft)
    _approve(deployed, release)
    number = _put_into_effect(deployed, release)
    assert _files_of(deployed, number) == {"p.bpmn": TWO, "q.bpmn": OTHER}
    with deployed.reading() as uow:
        assert releasing.release_of(uow.session, release).state is ReleaseState.DEPLOYED
        assert draft_of(uow.session, draft).state is DraftState.RELEASED


def test_what_was_proposed_stays_as_it_was_however_the_draft_goes_on(deployed: Runtime) -> None:
    draft = _draft(deployed, TWO)
    release = _propose_draft(deployed, draft)
    _save(deployed, draft, THREE)
    _approve(deployed, release)
    assert _files_of(deployed, _put_into_effect(deployed, release))["p.bpmn"] == TWO
    with deployed.reading() as uow:
        assert draft_of(uow.session, draft).state is DraftState.OPEN


@pytest.mark.parametrize("author", ["drawer", "proposer"])
def test_nobody_approves_what_they_drew_or_proposed(deployed: Runtime, author: str) -> None:
    release = _propose_draft(deployed, _draft(deployed, TWO, by="drawer"), by="proposer")
    with pytest.raises(ReleaseRefused, match="a second person does"):
        _approve(deployed, release, by=author)
    assert _state(deployed, release) is ReleaseState.PROPOSED


def test_two_approvals_come_from_two_people(deployed: Runtime) -> None:
    release = _propose_draft(deployed, _draft(deployed, TWO), rules=TWO_APPROVALS)
    _approve(deployed, release)
    assert _state(deployed, release) is ReleaseState.PROPOSED
    with pytest.raises(ReleaseRefused, match="agreed already"):
        _approve(deployed, release)
    _approve(deployed, release, by="third")
    assert _state(deployed, release) is ReleaseState.APPROVED


def test_two_who_approve_at_the_same_moment_both_count(deployed: Runtime) -> None:
    release = _propose_draft(deployed, _draft(deployed, TWO), rules=TWO_APPROVALS)
    at_once = Barrier(2)

    def approve(by: str) -> None:
        at_once.wait()
        _approve(deployed, release, by=by)

    threads = [Thread(target=approve, args=(by,)) for by in ("second", "third")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert _state(deployed, release) is ReleaseState.APPROVED
    assert _told(deployed) == ["release.proposed", "release.consented", "release.approved"]


def test_a_release_is_deployed_once_however_many_press_the_button(deployed: Runtime) -> None:
    release = _propose_draft(deployed, _draft(deployed, TWO))
    _approve(deployed, release)
    at_once, came = Barrier(2), list[str]()

    def press() -> None:
        at_once.wait()
        try:
            _put_into_effect(deployed, release)
            came.append("deployed")
        except WrongState:
            came.append("too late")

    threads = [Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came) == ["deployed", "too late"]
    assert _deployments(deployed) == 2


def test_what_nobody_approved_is_not_deployed(deployed: Runtime) -> None:
    release = _propose_draft(deployed, _draft(deployed, TWO))
    with pytest.raises(WrongState):
        _put_into_effect(deployed, release)


def test_a_release_is_declined_with_words_even_after_it_was_approved(deployed: Runtime) -> None:
    release = _propose_draft(deployed, _draft(deployed, TWO))
    _approve(deployed, release)
    with pytest.raises(ReleaseRefused, match="say why"), deployed.unit_of_work() as uow:
        releasing.decline(uow, release, by="second", words=" ")
    with deployed.unit_of_work() as uow:
        releasing.decline(uow, release, by="second", words="the limit is missing")
    assert _state(deployed, release) is ReleaseState.DECLINED
    with pytest.raises(WrongState):
        _put_into_effect(deployed, release)


def test_only_its_authors_withdraw_a_release(deployed: Runtime) -> None:
    release = _propose_draft(deployed, _draft(deployed, TWO))
    with pytest.raises(ReleaseRefused, match="only its authors"), deployed.unit_of_work() as uow:
        releasing.withdraw(uow, release, by="second")
    with deployed.unit_of_work() as uow:
        releasing.withdraw(uow, release, by="drawer")
    assert _state(deployed, release) is ReleaseState.WITHDRAWN


def test_where_nobody_has_to_approve_a_release_is_ready_at_once(deployed: Runtime) -> None:
    release = _propose_draft(deployed, _draft(deployed, TWO), rules=ReleaseRules(approvals=0))
    assert _state(deployed, release) is ReleaseState.APPROVED


def test_files_with_an_error_or_without_a_difference_are_not_proposed(deployed: Runtime) -> None:
    broken = diagram(process("p", start(), element("complexGateway", "g"), end(), flows("start", "g", "end")))
    with pytest.raises(InvalidDefinition):
        _propose_draft(deployed, _draft(deployed, broken))
    with pytest.raises(ReleaseRefused, match="in effect already"):
        _propose_draft(deployed, _draft(deployed, ONE))
    with deployed.reading() as uow:
        assert uow.session.scalar(select(func.count()).select_from(Release)) == 0


def test_what_the_proofs_refuse_is_neither_proposed_nor_deployed(deployed: Runtime) -> None:
    release = _propose_draft(deployed, _draft(deployed, TWO))
    _approve(deployed, release)
    with deployed.reading() as uow:
        refused = Examination(releasing.release_of(uow.session, release).content_hash, _broken(deployed).problems)
    with pytest.raises(InvalidDefinition), deployed.unit_of_work() as uow:
        releasing.deploy_release(uow, release, by="operator", examination=refused)
    assert _state(deployed, release) is ReleaseState.APPROVED


def test_an_examination_of_other_files_counts_for_nothing(deployed: Runtime) -> None:
    release = _propose_draft(deployed, _draft(deployed, TWO))
    _approve(deployed, release)
    with deployed.unit_of_work() as uow:
        releasing.deploy_release(uow, release, by="operator", examination=_broken(deployed))
    assert _state(deployed, release) is ReleaseState.DEPLOYED


def test_what_others_deployed_meanwhile_is_not_replaced_unseen(deployed: Runtime) -> None:
    release = _propose_draft(deployed, _draft(deployed, TWO))
    _approve(deployed, release)
    others = _deploy(deployed, {"p.bpmn": ONE, "q.bpmn": drawn("y", process_id="q")})
    with pytest.raises(ReleaseRefused, match="took effect meanwhile"):
        _put_into_effect(deployed, release)
    assert _files_of(deployed, _put_into_effect(deployed, release, seen=others)) == {"p.bpmn": TWO, "q.bpmn": OTHER}


def test_a_release_is_brought_up_to_date_and_approved_anew(deployed: Runtime) -> None:
    release = _propose_draft(deployed, _draft(deployed, TWO))
    _approve(deployed, release)
    theirs = drawn("y", process_id="q")
    _deploy(deployed, {"p.bpmn": ONE, "q.bpmn": theirs})
    with deployed.unit_of_work() as uow:
        anew = releasing.rebase(uow, release, RULES, by="third").id
    assert [_state(deployed, each) for each in (release, anew)] == [ReleaseState.WITHDRAWN, ReleaseState.PROPOSED]
    with pytest.raises(ReleaseRefused, match="a second person does"):
        _approve(deployed, anew, by="proposer")
    _approve(deployed, anew)
    assert _files_of(deployed, _put_into_effect(deployed, anew)) == {"p.bpmn": TWO, "q.bpmn": theirs}


def test_a_file_that_both_changed_is_for_people_to_bring_together(deployed: Runtime) -> None:
    release = _propose_draft(deployed, _draft(deployed, TWO))
    _deploy(deployed, {"p.bpmn": THREE, "q.bpmn": OTHER})
    with pytest.raises(ReleaseRefused, match=r"both changed p\.bpmn"), deployed.unit_of_work() as uow:
        releasing.rebase(uow, release, RULES, by="proposer")
    assert _state(deployed, release) is ReleaseState.PROPOSED


def test_the_content_of_the_newest_deployment_deploys_nothing(deployed: Runtime) -> None:
    release = _propose_draft(deployed, _draft(deployed, TWO))
    _approve(deployed, release)
    others = _deploy(deployed, {"p.bpmn": TWO, "q.bpmn": OTHER})
    assert _put_into_effect(deployed, release) == others
    assert _deployments(deployed) == 2


def test_a_rollback_brings_the_same_bytes_back_as_a_new_version(deployed: Runtime) -> None:
    _deploy(deployed, {"p.bpmn": TWO})
    with deployed.unit_of_work() as uow:
        release = releasing.roll_back(uow, 1, RULES, by="operator", comment="the new step confuses").id
    _approve(deployed, release)
    number = _put_into_effect(deployed, release)
    assert (number, _files_of(deployed, number)) == (3, {"p.bpmn": ONE, "q.bpmn": OTHER})
    with deployed.reading() as uow:
        assert releasing.release_of(uow.session, release).restores_id == 1


def test_in_an_emergency_an_operator_goes_back_at_once_with_a_reason(deployed: Runtime) -> None:
    _deploy(deployed, {"p.bpmn": TWO})
    with pytest.raises(ReleaseRefused, match="say what changes and why"), deployed.unit_of_work() as uow:
        releasing.roll_back_at_once(uow, 1, RULES, by="operator", reason="")
    with deployed.unit_of_work() as uow:
        number = releasing.roll_back_at_once(uow, 1, RULES, by="operator", reason="tasks go nowhere").deployment.id
    with deployed.reading() as uow:
        release = releasing.releases_of_deployments(uow.session, [number])[number]
        assert (release.emergency, release.comment, release.approvals_needed) == (True, "tasks go nowhere", 0)


def test_where_emergencies_are_not_allowed_going_back_is_proposed(deployed: Runtime) -> None:
    _deploy(deployed, {"p.bpmn": TWO})
    strict = ReleaseRules(emergency_rollback=False)
    with pytest.raises(ReleaseRefused, match="propose it"), deployed.unit_of_work() as uow:
        releasing.roll_back_at_once(uow, 1, strict, by="operator", reason="now")
    assert _deployments(deployed) == 2


def test_a_schedule_lies_ahead_and_may_be_taken_back(deployed: Runtime, clock: ReplayClock) -> None:
    release = _propose_draft(deployed, _draft(deployed, TWO))
    _approve(deployed, release)
    with pytest.raises(ReleaseRefused, match="still to come"), deployed.unit_of_work() as uow:
        releasing.schedule(uow, release, clock.now(), by="operator")
    with deployed.unit_of_work() as uow:
        releasing.schedule(uow, release, clock.now() + timedelta(days=1), by="operator")
        assert releasing.due_releases(uow.session, clock.now() + timedelta(days=1), limit=5) == [release]
        releasing.unschedule(uow, release, by="operator")
        assert releasing.due_releases(uow.session, clock.now() + timedelta(days=9), limit=5) == []
    assert _state(deployed, release) is ReleaseState.APPROVED


def test_every_step_is_on_record_and_told_in_order(deployed: Runtime) -> None:
    release = _propose_draft(deployed, _draft(deployed, TWO))
    _approve(deployed, release)
    _put_into_effect(deployed, release)
    with deployed.reading() as uow:
        steps = [(step.act.value, step.by) for step in releasing.steps_of(uow.session, release)]
    assert steps == [("proposed", "proposer"), ("approved", "second"), ("deployed", "operator")]
    assert _told(deployed) == ["release.proposed", "release.approved", "release.deployed"]


def _broken(runtime: Runtime) -> Examination:
    return examine({"p.bpmn": b"<broken"}, runtime)


def _deploy(runtime: Runtime, files: dict[str, bytes]) -> int:
    with runtime.unit_of_work() as uow:
        return deploy(uow, files, by="others").deployment.id


def _draft(runtime: Runtime, content: bytes, *, by: str = "drawer") -> int:
    with runtime.unit_of_work() as uow:
        draft = begin_draft(uow, name="a better way", by=by, base=1).id
        save_file(uow, draft, "p.bpmn", content, by=by, expected_revision=0)
        return draft


def _save(runtime: Runtime, draft: int, content: bytes) -> None:
    with runtime.unit_of_work() as uow:
        revision = file_of(uow.session, draft, "p.bpmn").revision
        save_file(uow, draft, "p.bpmn", content, by="drawer", expected_revision=revision)


def _propose_draft(runtime: Runtime, draft: int, *, by: str = "proposer", rules: ReleaseRules = RULES) -> int:
    with runtime.unit_of_work() as uow:
        return releasing.propose(uow, releasing.proposal_of_draft(uow, draft, comment="one more step"), rules, by=by).id


def _approve(runtime: Runtime, release: int, *, by: str = "second") -> None:
    with runtime.unit_of_work() as uow:
        releasing.approve(uow, release, by=by)


def _put_into_effect(runtime: Runtime, release: int, *, seen: int | None = None) -> int:
    with runtime.unit_of_work() as uow:
        return releasing.deploy_release(uow, release, by="operator", seen=seen).deployment.id


def _state(runtime: Runtime, release: int) -> ReleaseState:
    with runtime.reading() as uow:
        return releasing.release_of(uow.session, release).state


def _files_of(runtime: Runtime, deployment: int) -> dict[str, bytes]:
    with runtime.reading() as uow:
        found = select(Resource.name, Resource.content).where(Resource.deployment_id == deployment)
        return dict(uow.session.execute(found).all())


def _deployments(runtime: Runtime) -> int:
    with runtime.reading() as uow:
        return uow.session.scalar(select(func.count()).select_from(Deployment)) or 0


def _told(runtime: Runtime) -> list[str]:
    with runtime.reading() as uow:
        told = select(OutboxEvent.type).where(OutboxEvent.type.startswith("release.")).order_by(OutboxEvent.id)
        return list(uow.session.scalars(told))
