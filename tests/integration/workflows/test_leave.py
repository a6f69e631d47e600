"""Who stands in for whom: what is allowed, what is refused, and what the deputy then may do."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engine.runtime import Runtime
from workflows.audit.searching import Question, Source, search
from workflows.cast import load_cast
from workflows.errors import InvalidRecord, OutOfScope, Refused
from workflows.organisations.leave import Leave, LeaveState, delegate_leave, end_leave, state_of
from workflows.organisations.mandates import Mandate, mandate_of
from workflows.organisations.models import Delegation, RoleAssignment
from workflows.organisations.people import actor_for, person_by_account
from workflows.organisations.roles import Role

TODAY = date(2022, 11, 8)
TOMORROW, FRIDAY = date(2022, 11, 9), date(2022, 11, 11)


@pytest.fixture
def staged(runtime: Runtime) -> Runtime:
    with runtime.unit_of_work() as uow:
        load_cast(uow, counties=1, units_per_sector=1)
    return runtime


def _away(
    staged: Runtime, account: str, deputy: str, first: date = TODAY, last: date = FRIDAY, by: str = ""
) -> Delegation:
    with staged.unit_of_work() as uow:
        mandate = mandate_of(uow.session, by or account)
        return delegate_leave(uow, mandate, Leave(account, deputy, first, last, "休假"), today=TODAY)


def test_a_deputy_has_the_absent_persons_groups_from_the_first_day_to_the_last(staged: Runtime) -> None:
    _away(staged, "jiancha1", "jiancha2", TOMORROW, FRIDAY)
    with staged.reading() as uow:
        seen = {
            day: actor_for(uow.session, "jiancha2", on=day).stands_in_for
            for day in (TODAY, TOMORROW, FRIDAY, FRIDAY + timedelta(days=1))
        }
    assert [set(each) for each in seen.values()] == [set(), {"jiancha1"}, {"jiancha1"}, set()]


def test_groups_that_only_the_absent_person_has_are_lent_and_marked(staged: Runtime) -> None:
    _away(staged, "zeren", "danwei")
    with staged.reading() as uow:
        actor = actor_for(uow.session, "danwei", on=TODAY)
        person = person_by_account(uow.session, "zeren")
    assert person is not None
    group = f"responsible_person@{person.organisation_id}"
    assert group in actor.groups
    assert (group, "zeren") in actor.lent
    assert f"group:{group}" not in actor.own_identities


def test_roles_of_trust_go_with_no_deputy(staged: Runtime) -> None:
    _away(staged, "guanli", "shenganweiban")
    with staged.reading() as uow:
        actor = actor_for(uow.session, "shenganweiban", on=TODAY)
    assert not actor.is_administrator
    assert not any(group.startswith("administrator@") for group in actor.groups)


def test_a_deputy_works_in_the_same_organisation_or_has_the_same_role(staged: Runtime) -> None:
    with pytest.raises(InvalidRecord) as refused:
        _away(staged, "zeren", "anweiban")
    assert set(refused.value.errors) == {"deputy"}
    _away(staged, "xiaohao", "shixiaohao")


def test_duties_that_belong_apart_do_not_meet_in_a_deputy(staged: Runtime) -> None:
    with staged.unit_of_work() as uow:
        deputy, county = person_by_account(uow.session, "danwei"), person_by_account(uow.session, "xiaohao")
        assert deputy is not None
        assert county is not None
        uow.session.add(RoleAssignment(person_id=deputy.id, role=Role.CLOSER, organisation_id=county.organisation_id))
    with pytest.raises(InvalidRecord) as refused:
        _away(staged, "zeren", "danwei")
    assert "belong apart" in refused.value.errors["deputy"]


@pytest.mark.parametrize(
    ("account", "deputy", "why"),
    [
        ("jiancha1", "bumen", "stands in for .* already"),
        ("bumen", "jiancha1", "is away"),
        ("jiancha2", "bumen", "find another deputy"),
        ("jiancha2", "jiancha1", "is away"),
    ],
    ids=["overlap", "chain", "relied on", "cycle"],
)
def test_overlaps_chains_and_cycles_are_refused(staged: Runtime, account: str, deputy: str, why: str) -> None:
    _away(staged, "jiancha1", "jiancha2")
    with pytest.raises(Refused, match=why):
        _away(staged, account, deputy, FRIDAY, FRIDAY)


def test_what_does_not_overlap_is_allowed(staged: Runtime) -> None:
    _away(staged, "jiancha1", "jiancha2")
    _away(staged, "jiancha2", "jiancha1", FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=2))


def test_days_must_be_in_order_and_not_past(staged: Runtime) -> None:
    with pytest.raises(InvalidRecord, match="before the first"):
        _away(staged, "jiancha1", "jiancha2", FRIDAY, TOMORROW)
    with pytest.raises(InvalidRecord, match="past already"):
        _away(staged, "jiancha1", "jiancha2", date(2022, 11, 1), date(2022, 11, 2))


def test_leaders_and_administrators_say_it_for_others_and_strangers_do_not(staged: Runtime) -> None:
    with pytest.raises(OutOfScope):
        _away(staged, "jiancha1", "jiancha2", by="zeren")
    _away(staged, "zeren", "danwei", by="danwei")
    _away(staged, "jiancha1", "jiancha2", by="guanli")


def test_a_delegation_that_ended_early_gives_nothing_more(staged: Runtime) -> None:
    leave = _away(staged, "jiancha1", "jiancha2")
    with staged.unit_of_work() as uow:
        ended = end_leave(uow, mandate_of(uow.session, "jiancha1"), leave.id, today=TODAY)
        assert state_of(ended, TODAY) is LeaveState.PAST
    with staged.reading() as uow:
        assert actor_for(uow.session, "jiancha2", on=TODAY).stands_in_for == frozenset()
    with staged.unit_of_work() as uow, pytest.raises(Refused, match="over already"):
        end_leave(uow, mandate_of(uow.session, "jiancha1"), leave.id, today=TODAY)


def test_a_stranger_does_not_end_it_and_the_deputy_may(staged: Runtime) -> None:
    leave = _away(staged, "jiancha1", "jiancha2")
    with staged.unit_of_work() as uow, pytest.raises(OutOfScope):
        end_leave(uow, Mandate("zeren"), leave.id, today=TODAY)
    with staged.unit_of_work() as uow:
        end_leave(uow, Mandate("jiancha2"), leave.id, today=TODAY)


def test_both_are_on_record(staged: Runtime) -> None:
    _away(staged, "jiancha1", "jiancha2")
    with staged.reading() as uow:
        found = search(uow.session, Question(source=Source.ADMINISTRATION, account="jiancha1"))
    assert [(entry.kind, entry.facts["after"]["deputy"]) for entry in found.entries] == [
        ("leave.delegated", "jiancha2")
    ]
