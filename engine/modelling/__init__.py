"""Modelling: working copies of the whole set of definitions; each of their changes is a revision to come back to."""

from engine.modelling.changing import (
    add_file,
    remove_file,
    rename_file,
    restore_draft,
    restore_file,
    save_file,
    take_in,
)
from engine.modelling.differing import FileStanding, FileState, standings
from engine.modelling.drafting import begin_draft, discard, rename_draft, take_up_again, transition
from engine.modelling.errors import Unfit, UnfitFile
from engine.modelling.models import DraftRevision, DraftState, FileChange, ProcessDraft
from engine.modelling.overview import newest_deployment, processes_of
from engine.modelling.reading import DraftFile, base_files, draft_files, draft_of, drafts, file_of, revisions
from engine.modelling.stepping import revision_before

__all__ = [
    "DraftFile",
    "DraftRevision",
    "DraftState",
    "FileChange",
    "FileStanding",
    "FileState",
    "ProcessDraft",
    "Unfit",
    "UnfitFile",
    "add_file",
    "base_files",
    "begin_draft",
    "discard",
    "draft_files",
    "draft_of",
    "drafts",
    "file_of",
    "newest_deployment",
    "processes_of",
    "remove_file",
    "rename_draft",
    "rename_file",
    "restore_draft",
    "restore_file",
    "revision_before",
    "revisions",
    "save_file",
    "standings",
    "take_in",
    "take_up_again",
    "transition",
]
