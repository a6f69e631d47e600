"""Drafts: what a person has typed into a task's form and not yet sent, and what a form begins with."""

from workflows.drafts.first_answers import first_answers
from workflows.drafts.forgetting import forgetting_drafts
from workflows.drafts.keeping import discard_draft, draft_of, save_draft
from workflows.drafts.models import Draft

__all__ = ["Draft", "discard_draft", "draft_of", "first_answers", "forgetting_drafts", "save_draft"]
