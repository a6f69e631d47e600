"""Working copies on a real database: revisions, conflicts, and the way back to any of them."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from engine.clock import ReplayClock
from engine.definitions import deploy
from engine.errors import ConcurrentChange, NotFound, WrongState
from engine.modelling import (
    DraftState,
    FileChange,
    FileState,
    UnfitFile,
    add_file,
    begin_draft,
    discard,
    draft_files,
    draft_of,
    drafts,
    file_of,
    remove_file,
    rename_file,
    restore_draft,
    restore_file,
    revision_before,
    revisions,
    save_file,
    standings,
    take_in,
    take_up_again,
)
from engine.modelling.models import DraftContent
from engine.runtime import Runtime
from engine.storage.models import OutboxEvent
from tests.diagrams import diagram, end, flows, process, start, user_task

LEAVE = diagram(process("leave", start(), user_task("ask"), end(), flows("start", "ask", "end")))
BASE = {"leave.bpmn": LEAVE, "forms/ask.form": b'{"type": "default", "id": "ask", "components": []}'}


@pytest.fixture
def draft(runtime: Runtime) -> int:
    """A draft of a deployment of two files."""
    with runtime.unit_of_work() as uow:
        deployed = deploy(uow, BASE, by="designer")
        return begin_draft(uow, name="Shorter limits", by="lin", base=deployed.deployment.id).id


def test_a_draft_begins_as_what_is_deployed(runtime: Runtime, draft: int) -> None:
    with runtime.reading() as uow:
        assert draft_files(uow.session, draft) == BASE
        assert [file.standing for file in standings(uow.session, draft)] == [FileState.SAME, FileState.SAME]


def test_each_save_is_a_revision_with_its_author_moment_and_hash(
    runtime: Runtime, draft: int, clock: ReplayClock
) -> None:
    _save(runtime, draft, b"one", seen=0)
    with runtime.reading() as uow:
        saved = revisions(uow.session, draft, limit=10)[0]
    assert (saved.number, saved.by, saved.at, saved.change) == (1, "lin", clock.now(), FileChange.SAVED)
    assert saved.content_hash is not None


def test_a_save_over_what_was_not_seen_is_refused(runtime: Runtime, draft: int) -> None:
    _save(runtime, draft, b"one", seen=0)
    with pytest.raises(ConcurrentChange):
        _save(runtime, draft, b"two", seen=0)
    with runtime.reading() as uow:
        assert file_of(uow.session, draft, "leave.bpmn").content == b"one"


def test_a_save_whose_answer_was_lost_may_be_repeated(runtime: Runtime, draft: int) -> None:
    assert _save(runtime, draft, b"one", seen=0) == _save(runtime, draft, b"one", seen=0) == 1


def test_a_change_of_another_file_is_no_conflict(runtime: Runtime, draft: int) -> None:
    _save(runtime, draft, b"one", seen=0)
    with runtime.unit_of_work() as uow:
        assert save_file(uow, draft, "forms/ask.form", b"{}", by="wu", expected_revision=0) == 2


def test_a_file_is_restored_to_any_revision_and_to_the_base(runtime: Runtime, draft: int) -> None:
    _save(runtime, draft, b"one", seen=0)
    _save(runtime, draft, b"two", seen=1)
    with runtime.unit_of_work() as uow:
        restore_file(uow, draft, "leave.bpmn", to=1, by="lin")
        assert file_of(uow.session, draft, "leave.bpmn").content == b"one"
        restore_file(uow, draft, "leave.bpmn", to=0, by="lin")
        assert file_of(uow.session, draft, "leave.bpmn").content == BASE["leave.bpmn"]
        assert [each.origin for each in revisions(uow.session, draft, limit=2)] == ["0", "1"]


def test_the_whole_draft_goes_back_with_added_removed_and_renamed_files(runtime: Runtime, draft: int) -> None:
    with runtime.unit_of_work() as uow:
        add_file(uow, draft, "more.dmn", b"more", by="lin")
        remove_file(uow, draft, "forms/ask.form", by="lin", expected_revision=0)
        rename_file(uow, draft, "leave.bpmn", "absence.bpmn", by="lin", expected_revision=0)
        assert draft_files(uow.session, draft) == {"absence.bpmn": BASE["leave.bpmn"], "more.dmn": b"more"}
        restore_draft(uow, draft, to=0, by="lin", expected_revision=4)
        assert draft_files(uow.session, draft) == BASE
        assert draft_files(uow.session, draft, at=1) == {**BASE, "more.dmn": b"more"}


def test_going_back_is_refused_when_the_draft_changed_meanwhile(runtime: Runtime, draft: int) -> None:
    _save(runtime, draft, b"one", seen=0)
    with runtime.unit_of_work() as uow, pytest.raises(ConcurrentChange):
        restore_draft(uow, draft, to=0, by="lin", expected_revision=0)


def test_undo_goes_further_back_each_time_even_over_restored_revisions(runtime: Runtime, draft: int) -> None:
    for seen, content in enumerate((b"one", b"two", b"three")):
        _save(runtime, draft, content, seen=seen)
    with runtime.unit_of_work() as uow:
        assert revision_before(uow.session, draft, "leave.bpmn", 3) == 2
        restored = restore_file(uow, draft, "leave.bpmn", to=2, by="lin", expected_revision=3)
        assert revision_before(uow.session, draft, "leave.bpmn", restored) == 1
        assert revision_before(uow.session, draft, "leave.bpmn", 1) == 0
        assert revision_before(uow.session, draft, "leave.bpmn", 0) is None


def test_undo_ends_at_the_file_s_first_revision(runtime: Runtime, draft: int) -> None:
    with runtime.unit_of_work() as uow:
        added = add_file(uow, draft, "more.dmn", b"more", by="lin")
        assert revision_before(uow.session, draft, "more.dmn", added) is None


@pytest.mark.parametrize(
    "name", ["../etc/passwd.form", "/abs.bpmn", "a//b.bpmn", ".hidden.bpmn", "a\\b.bpmn", "run.exe", "", "a\n.form"]
)
def test_a_name_that_leads_elsewhere_is_refused(runtime: Runtime, draft: int, name: str) -> None:
    with runtime.unit_of_work() as uow, pytest.raises(UnfitFile):
        add_file(uow, draft, name, b"", by="lin")


def test_two_files_never_share_a_name_in_whatever_case(runtime: Runtime, draft: int) -> None:
    with runtime.unit_of_work() as uow, pytest.raises(UnfitFile):
        add_file(uow, draft, "Leave.bpmn", b"", by="lin")


def test_files_are_taken_in_together_or_not_at_all(runtime: Runtime, draft: int) -> None:
    with pytest.raises(UnfitFile), runtime.unit_of_work() as uow:
        take_in(uow, draft, {"new.form": b"{}", "bad.exe": b""}, by="lin")
    with runtime.unit_of_work() as uow:
        assert draft_files(uow.session, draft) == BASE
        assert take_in(uow, draft, {"new.form": b"{}", **BASE, "leave.bpmn": b"x"}, by="lin") == [
            "new.form",
            "leave.bpmn",
        ]


def test_a_change_that_is_broken_off_leaves_nothing_behind(runtime: Runtime, draft: int) -> None:
    with pytest.raises(UnfitFile), runtime.unit_of_work() as uow:  # noqa: PT012
        rename_file(uow, draft, "leave.bpmn", "absence.bpmn", by="lin", expected_revision=0)
        add_file(uow, draft, "bad.exe", b"", by="lin")
    with runtime.reading() as uow:
        assert draft_files(uow.session, draft) == BASE
        assert draft_of(uow.session, draft).revision == 0
        assert uow.session.scalar(select(func.count()).select_from(DraftContent)) == 0


def test_the_same_content_is_kept_once(runtime: Runtime, draft: int) -> None:
    for seen, content in enumerate((b"one", b"two", b"one")):
        _save(runtime, draft, content, seen=seen)
    with runtime.reading() as uow:
        assert uow.session.scalar(select(func.count()).select_from(DraftContent)) == 2


def test_a_discarded_draft_is_not_changed_until_it_is_taken_up_again(runtime: Runtime, draft: int) -> None:
    with runtime.unit_of_work() as uow:
        discard(uow, draft, by="lin")
    with pytest.raises(WrongState):
        _save(runtime, draft, b"one", seen=0)
    with runtime.unit_of_work() as uow:
        assert [each.id for each in drafts(uow.session, state=DraftState.DISCARDED, limit=5)] == [draft]
        take_up_again(uow, draft, by="lin")
    assert _save(runtime, draft, b"one", seen=0) == 1


def test_what_was_never_in_the_set_is_not_found(runtime: Runtime, draft: int) -> None:
    with runtime.unit_of_work() as uow, pytest.raises(NotFound):
        save_file(uow, draft, "other.bpmn", b"", by="lin", expected_revision=0)


def test_every_change_tells_the_outbox_in_the_same_transaction(runtime: Runtime, draft: int) -> None:
    _save(runtime, draft, b"one", seen=0)
    with runtime.reading() as uow:
        told = uow.session.scalars(select(OutboxEvent).order_by(OutboxEvent.id)).all()
    assert [event.type for event in told[-2:]] == ["draft.begun", "draft.file_changed"]
    assert told[-1].data["revision"] == 1


def _save(runtime: Runtime, draft: int, content: bytes, *, seen: int) -> int:
    with runtime.unit_of_work() as uow:
        return save_file(uow, draft, "leave.bpmn", content, by="lin", expected_revision=seen)
