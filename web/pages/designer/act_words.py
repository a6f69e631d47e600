"""Says in words what an act of a script does."""

from __future__ import annotations

from flask_babel import gettext, ngettext

from web.pages.designer.blueprint import pages
from web.times import full_day, full_moment
from web.words import in_words
from workflows.organisations.roles import Role
from workflows.trials.script import (
    Act,
    AskForMoreTime,
    Claim,
    Complete,
    Draw,
    GiveBack,
    Wait,
    WaitForNext,
    WaitUntil,
)


@pages.app_template_filter()
def act_in_words(act: Act) -> str:
    """One act in a short sentence, in the language of the request."""
    match act:
        case Complete(task=task, by=by):
            return gettext("%(who)s completes “%(task)s”", who=_who(by), task=task)
        case Claim(task=task, by=by):
            return gettext("%(who)s claims “%(task)s”", who=_who(by), task=task)
        case GiveBack(task=task):
            return gettext("“%(task)s” is given back", task=task)
        case Draw(sampled=sampled):
            return gettext("The hazard is drawn") if sampled else gettext("The hazard is not drawn")
        case AskForMoreTime(until=until):
            return gettext("The unit asks for more time, until %(day)s", day=full_day(until))
        case _:
            return _waiting(act)


def _waiting(act: Wait | WaitForNext | WaitUntil) -> str:
    match act:
        case Wait(working_days=days):
            return ngettext("%(num)s working day passes", "%(num)s working days pass", days)
        case WaitUntil(at=at):
            return gettext("On to %(moment)s", moment=full_moment(at))
        case WaitForNext():
            return gettext("On to the next moment")


def _who(by: str) -> str:
    if not by:
        return gettext("Whoever may")
    return in_words(Role(by)) if by in set(Role) else by
