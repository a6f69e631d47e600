"""Comments on a hazard, with the people who are mentioned in them."""

from workflows.comments.audience import Audience, may_comment
from workflows.comments.mentions import Reader, names_like
from workflows.comments.models import Comment, Mention
from workflows.comments.reading import UnreadMention, comments_of, mark_mentions_read, unread_mentions
from workflows.comments.writing import LONGEST, comment, withdraw_comment

__all__ = [
    "LONGEST",
    "Audience",
    "Comment",
    "Mention",
    "Reader",
    "UnreadMention",
    "comment",
    "comments_of",
    "mark_mentions_read",
    "may_comment",
    "names_like",
    "unread_mentions",
    "withdraw_comment",
]
