"""Changes the files of a working copy: each change is one revision, and nobody overwrites what they have not seen."""

from __future__ import annotations

from collections.abc import Mapping

from engine.errors import ConcurrentChange, NotFound, WrongState
from engine.events import publish
from engine.modelling.contents import keep
from engine.modelling.models import DraftRevision, DraftState, FileChange, ProcessDraft
from engine.modelling.naming import ensure_is_free, ensure_name_fits, ensure_size_fits
from engine.modelling.reading import DraftFile, file_names, file_of, files_with_revisions
from engine.runtime import UnitOfWork


def save_file(uow: UnitOfWork, draft_id: int, name: str, content: bytes, *, by: str, expected_revision: int) -> int:
    """Save a file over the revision that its author saw, and return its revision now.

    What is there already is not saved again, so that a save whose answer was lost may be repeated. Raises
    ConcurrentChange when somebody else changed the file since, NotFound, UnfitFile, and WrongState for a draft that is
    not open.
    """
    ensure_size_fits(name, content)
    draft = _locked(uow, draft_id)
    present = file_of(uow.session, draft_id, name)
    if present.content == content:
        return present.revision
    _ensure_seen(present, expected_revision)
    return _write(uow, draft, name, FileChange.SAVED, content, by)


def add_file(uow: UnitOfWork, draft_id: int, name: str, content: bytes, *, by: str) -> int:
    """Add a file under a name that no file has, and return its revision. Raises UnfitFile, WrongState, NotFound."""
    ensure_name_fits(name)
    ensure_size_fits(name, content)
    draft = _locked(uow, draft_id)
    ensure_is_free(name, file_names(uow.session, draft))
    return _write(uow, draft, name, FileChange.ADDED, content, by)


def take_in(uow: UnitOfWork, draft_id: int, files: Mapping[str, bytes], *, by: str) -> list[str]:
    """Put files into the draft, each as a new one or in the place of the one of its name; the names that changed.

    Raises UnfitFile, WrongState, NotFound; then none of them is taken.
    """
    draft = _locked(uow, draft_id)
    before, changed = files_with_revisions(uow.session, draft_id), list[str]()
    for name, content in files.items():
        present = before.get(name)
        if present is None:
            add_file(uow, draft_id, name, content, by=by)
        elif present.content != content:
            ensure_size_fits(name, content)
            _write(uow, draft, name, FileChange.SAVED, content, by)
        else:
            continue
        changed.append(name)
    return changed


def rename_file(uow: UnitOfWork, draft_id: int, name: str, to: str, *, by: str, expected_revision: int) -> int:
    """Give a file another name and return its revision. Raises what `save_file` and `add_file` raise."""
    ensure_name_fits(to)
    draft = _locked(uow, draft_id)
    present = file_of(uow.session, draft_id, name)
    _ensure_seen(present, expected_revision)
    ensure_is_free(to, file_names(uow.session, draft) - {name})
    _write(uow, draft, name, FileChange.REMOVED, None, by, origin=to)
    return _write(uow, draft, to, FileChange.RENAMED, present.content, by, origin=name)


def remove_file(uow: UnitOfWork, draft_id: int, name: str, *, by: str, expected_revision: int) -> int:
    """Take a file out of the set; its revisions stay. Raises what `save_file` raises."""
    draft = _locked(uow, draft_id)
    _ensure_seen(file_of(uow.session, draft_id, name), expected_revision)
    return _write(uow, draft, name, FileChange.REMOVED, None, by)


def restore_file(
    uow: UnitOfWork, draft_id: int, name: str, *, to: int, by: str, expected_revision: int | None = None
) -> int:
    """Make a file what it was at a revision of the draft (0: as in the base), and return its revision now.

    Nothing is lost: what it was until now is a revision too. Raises NotFound when it was not in the set then, and
    ConcurrentChange when it is not at the revision that was seen, if one is named.
    """
    draft = _locked(uow, draft_id)
    present = files_with_revisions(uow.session, draft_id).get(name)
    if present is not None and expected_revision is not None:
        _ensure_seen(present, expected_revision)
    return _restore(uow, draft, file_of(uow.session, draft_id, name, at=to), present, to, by)


def restore_draft(uow: UnitOfWork, draft_id: int, *, to: int, by: str, expected_revision: int) -> int:
    """Make every file what it was at a revision of the draft, and return the draft's revision now.

    Raises ConcurrentChange when anything changed since the revision that was seen.
    """
    draft = _locked(uow, draft_id)
    if draft.revision != expected_revision:
        raise ConcurrentChange(f"the draft is at revision {draft.revision}, not {expected_revision}; look at it again")
    then = files_with_revisions(uow.session, draft_id, at=to)
    now = files_with_revisions(uow.session, draft_id)
    for name in sorted(now.keys() - then.keys()):
        _write(uow, draft, name, FileChange.REMOVED, None, by, origin=str(to))
    for name, file in then.items():
        _restore(uow, draft, file, now.get(name), to, by)
    return draft.revision


def _restore(uow: UnitOfWork, draft: ProcessDraft, then: DraftFile, present: DraftFile | None, to: int, by: str) -> int:
    if present is not None and present.content == then.content:
        return present.revision
    return _write(uow, draft, then.name, FileChange.RESTORED, then.content, by, origin=str(to))


def _locked(uow: UnitOfWork, draft_id: int) -> ProcessDraft:
    """The draft, with every other change of it kept waiting. Raises NotFound, and WrongState unless it is open."""
    draft = uow.session.get(ProcessDraft, draft_id, with_for_update=True, populate_existing=True)
    if draft is None:
        raise NotFound("draft", draft_id)
    if draft.state is not DraftState.OPEN:
        raise WrongState("draft", draft_id, expected=DraftState.OPEN.value, actual=draft.state.value)
    return draft


def _ensure_seen(present: DraftFile, expected: int) -> None:
    if present.revision != expected:
        raise ConcurrentChange(f"{present.name} is at revision {present.revision}, not {expected}; look at it again")


def _write(
    uow: UnitOfWork, draft: ProcessDraft, name: str, change: FileChange, content: bytes | None, by: str,
    origin: str = "",
) -> int:  # fmt: skip
    draft.revision += 1
    draft.changed_by, draft.changed_at = by, uow.now
    kept = None if content is None else keep(uow.session, content)
    uow.session.add(
        DraftRevision(
            draft_id=draft.id, number=draft.revision, file=name, change=change, origin=origin, content_hash=kept,
            by=by, at=uow.now,
        )
    )  # fmt: skip
    facts = {"draft": draft.id, "file": name, "change": change.value, "revision": draft.revision, "by": by}
    publish(uow, "draft.file_changed", f"draft-{draft.id}", facts)
    uow.session.flush()
    return draft.revision
