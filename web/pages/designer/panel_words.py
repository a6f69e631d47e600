"""The words of the panel and of what stands around a diagram, by the keys under which the script asks for them."""

from __future__ import annotations

from typing import Final

from flask_babel import LazyString, lazy_pgettext

PANEL: Final[dict[str, LazyString]] = {
    "yes": lazy_pgettext("designer", "Yes"),
    "no": lazy_pgettext("designer", "No"),
    "none": lazy_pgettext("designer", "None"),
    "choose": lazy_pgettext("designer", "Please choose"),
    "colon": lazy_pgettext("designer", ": "),
    "mode.write": lazy_pgettext("designer", "Write as an expression"),
    "mode.pick": lazy_pgettext("designer", "Pick instead of writing"),
    "expert.title": lazy_pgettext("designer", "For experts"),
    "expression.at": lazy_pgettext("designer", "At character {column}:"),
    "expression.at_line": lazy_pgettext("designer", "Line {line}, character {column}:"),
    "general.title": lazy_pgettext("designer", "In general"),
    "general.name": lazy_pgettext("designer", "Name"),
    "general.text": lazy_pgettext("designer", "Text"),
    "general.unnamed": lazy_pgettext("designer", "(without a name)"),
    "general.documentation": lazy_pgettext("designer", "Note for colleagues"),
    "general.documentation_hint": lazy_pgettext(
        "designer", "Shown to those who read the diagram, never to those who do the work."
    ),
    "general.id": lazy_pgettext("designer", "Identifier"),
    "general.id_hint": lazy_pgettext(
        "designer", "Letters, digits and underscores. Records refer to it: change it only before the first release."
    ),
    "nothing.title": lazy_pgettext("designer", "Nothing is selected"),
    "nothing.hint": lazy_pgettext(
        "designer", "Click an element of the diagram, or walk to one with Alt and the arrow keys."
    ),
    "nothing.many": lazy_pgettext(
        "designer", "{count} elements are selected; select a single one to see what it does."
    ),
    "who.title": lazy_pgettext("designer", "Who does it"),
    "who.groups": lazy_pgettext("designer", "Groups that may do it"),
    "who.groups_hint": lazy_pgettext("designer", "An expression that gives one group or a list of groups."),
    "who.role": lazy_pgettext("designer", "Role"),
    "who.place": lazy_pgettext("designer", "Where"),
    "who.add": lazy_pgettext("designer", "Add a group"),
    "who.remove": lazy_pgettext("designer", "Take this group out"),
    "who.named": lazy_pgettext("designer", "One organisation, always the same…"),
    "who.organisation": lazy_pgettext("designer", "Organisation (type the beginning of its name)"),
    "who.number": lazy_pgettext("designer", "Organisation number {number}"),
    "who.excluded": lazy_pgettext("designer", "Who must not do it"),
    "who.excluded_hint": lazy_pgettext(
        "designer", "Whoever is ticked does not find the step in the inbox and cannot take it."
    ),
    "who.did": lazy_pgettext("designer", "Whoever did “{step}”"),
    "who.rectified": lazy_pgettext("designer", "Whoever put the hazard right"),
    "who.rechecked": lazy_pgettext("designer", "Whoever verified it"),
    "who.more": lazy_pgettext("designer", "Single persons"),
    "who.users": lazy_pgettext("designer", "Persons who may do it"),
    "who.users_hint": lazy_pgettext("designer", "An expression that gives an account or a list of accounts."),
    "who.assignee": lazy_pgettext("designer", "Given at once to"),
    "who.assignee_hint": lazy_pgettext("designer", "An expression that gives one account."),
    "form.title": lazy_pgettext("designer", "Form"),
    "form.ref": lazy_pgettext("designer", "What is filled in"),
    "form.none": lazy_pgettext("designer", "No form"),
    "form.open": lazy_pgettext("designer", "Open this form"),
    "form.result": lazy_pgettext("designer", "Answers are kept as"),
    "form.result_hint": lazy_pgettext("designer", "The name under which later steps find the answers."),
    "deadline.title": lazy_pgettext("designer", "Time limit"),
    "deadline.kind": lazy_pgettext("designer", "How long the step may take"),
    "deadline.none": lazy_pgettext("designer", "No time limit"),
    "deadline.table": lazy_pgettext("designer", "By a decision table"),
    "deadline.days": lazy_pgettext("designer", "A number of days"),
    "deadline.written": lazy_pgettext("designer", "Written as an expression"),
    "deadline.which": lazy_pgettext("designer", "Decision table"),
    "deadline.table_hint": lazy_pgettext(
        "designer", "The table gives a number and its unit by stage, severity and sector."
    ),
    "deadline.amount": lazy_pgettext("designer", "Number"),
    "deadline.due": lazy_pgettext("designer", "Due at"),
    "deadline.moment_hint": lazy_pgettext(
        "designer", "An expression that gives a moment, such as due_after(5, 'working_day', now())."
    ),
    "deadline.more": lazy_pgettext("designer", "Priority and follow-up"),
    "deadline.priority": lazy_pgettext("designer", "Priority"),
    "deadline.priority_hint": lazy_pgettext("designer", "50 is usual; what is more urgent has a higher number."),
    "deadline.follow_up": lazy_pgettext("designer", "Follow up at"),
    "unit.title": lazy_pgettext("designer", "Unit"),
    "unit.working_day": lazy_pgettext("designer", "working days"),
    "unit.day": lazy_pgettext("designer", "days"),
    "unit.D": lazy_pgettext("designer", "days"),
    "unit.H": lazy_pgettext("designer", "hours"),
    "unit.M": lazy_pgettext("designer", "minutes"),
    "escalation.title": lazy_pgettext("designer", "When the limit comes near or passes"),
    "escalation.none": lazy_pgettext("designer", "Nobody is reminded"),
    "escalation.hint": lazy_pgettext(
        "designer", "The table says how long before or after the limit whom to tell, and what happens."
    ),
    "escalation.no_table": lazy_pgettext(
        "designer", "The draft has no table with the columns step, offset and unit yet."
    ),
    "escalation.show": lazy_pgettext("designer", "Show its timer"),
    "escalation.timer_name": lazy_pgettext("designer", "Due soon or overdue"),
    "escalation.step_name": lazy_pgettext("designer", "Remind step by step"),
    "service.title": lazy_pgettext("designer", "What it does"),
    "service.operator": lazy_pgettext("designer", "Operation"),
    "service.needed": lazy_pgettext("designer", "{name} (required)"),
    "service.missing": lazy_pgettext("designer", "An expression, or a text in quotation marks."),
    "service.result": lazy_pgettext("designer", "The outcome is kept as"),
    "service.result_hint": lazy_pgettext("designer", "Leave it empty when no later step needs it."),
    "decision.title": lazy_pgettext("designer", "Decision"),
    "decision.ref": lazy_pgettext("designer", "Decision table"),
    "decision.result": lazy_pgettext("designer", "The outcome is kept as"),
    "decision.result_hint": lazy_pgettext("designer", "The name under which later steps find the outcome."),
    "script.title": lazy_pgettext("designer", "What is worked out"),
    "script.lines": lazy_pgettext("designer", "Lines"),
    "script.hint": lazy_pgettext("designer", "One “name = expression” a line. At hand are, among others, {known}."),
    "condition.title": lazy_pgettext("designer", "When this way is taken"),
    "condition.default": lazy_pgettext("designer", "Otherwise, when no other condition holds"),
    "condition.default_hint": lazy_pgettext("designer", "Each gateway that splits needs one such way."),
    "condition.expression": lazy_pgettext("designer", "Condition"),
    "condition.joined": lazy_pgettext("designer", "Of these conditions"),
    "condition.and": lazy_pgettext("designer", "all must hold"),
    "condition.or": lazy_pgettext("designer", "one must hold"),
    "condition.variable": lazy_pgettext("designer", "What is looked at"),
    "condition.comparison": lazy_pgettext("designer", "How"),
    "condition.value": lazy_pgettext("designer", "With what"),
    "condition.add": lazy_pgettext("designer", "Add a condition"),
    "condition.remove": lazy_pgettext("designer", "Take this condition out"),
    "condition.begin": lazy_pgettext(
        "designer", "Choose what is looked at; without a condition this way is never taken."
    ),
    "comparison.==": lazy_pgettext("designer", "is"),
    "comparison.!=": lazy_pgettext("designer", "is not"),
    "comparison.<": lazy_pgettext("designer", "is less than"),
    "comparison.<=": lazy_pgettext("designer", "is at most"),
    "comparison.>": lazy_pgettext("designer", "is more than"),
    "comparison.>=": lazy_pgettext("designer", "is at least"),
    "comparison.holds": lazy_pgettext("designer", "holds or is filled in"),
    "comparison.not": lazy_pgettext("designer", "does not hold or is empty"),
    "event.title": lazy_pgettext("designer", "Event"),
    "event.interrupting": lazy_pgettext("designer", "It ends what is under way"),
    "event.interrupting_hint": lazy_pgettext(
        "designer", "Without the tick the step goes on, and the branch runs beside it."
    ),
    "event.message": lazy_pgettext("designer", "Message"),
    "event.message_hint": lazy_pgettext("designer", "Reaches the cases of the same hazard that wait for this name."),
    "event.signal": lazy_pgettext("designer", "Signal"),
    "event.signal_hint": lazy_pgettext("designer", "Reaches every case that waits for this name."),
    "event.error": lazy_pgettext("designer", "Error code"),
    "event.error_hint": lazy_pgettext("designer", "As the operation raises it; empty takes any error."),
    "event.escalated": lazy_pgettext("designer", "Escalation code"),
    "event.escalated_hint": lazy_pgettext("designer", "Carried to the surrounding process; empty takes any."),
    "event.payload": lazy_pgettext("designer", "What goes with it"),
    "event.payload_hint": lazy_pgettext("designer", "An expression that gives a mapping, such as {'reason': reason}."),
    "timer.kind": lazy_pgettext("designer", "When"),
    "timer.after": lazy_pgettext("designer", "After a while"),
    "timer.at": lazy_pgettext("designer", "At a moment"),
    "timer.again": lazy_pgettext("designer", "Again and again"),
    "timer.ladder": lazy_pgettext("designer", "By an escalation table"),
    "timer.after_written": lazy_pgettext("designer", "After a while, written as an expression"),
    "timer.at_written": lazy_pgettext("designer", "At a moment, written as an expression"),
    "timer.again_written": lazy_pgettext("designer", "Again and again, written as an expression"),
    "timer.amount": lazy_pgettext("designer", "Number"),
    "timer.plain_hint": lazy_pgettext(
        "designer", "Plain time: days of 24 hours, weekends included. Working days are counted by decision tables."
    ),
    "timer.times": lazy_pgettext("designer", "How many times"),
    "timer.times_hint": lazy_pgettext("designer", "0: without end, until the step is done."),
    "timer.moment": lazy_pgettext("designer", "Moment (Beijing time)"),
    "timer.table": lazy_pgettext("designer", "Escalation table"),
    "timer.written": lazy_pgettext("designer", "Expression"),
    "timer.after_written_hint": lazy_pgettext("designer", "Gives a duration such as 'P3D'."),
    "timer.at_written_hint": lazy_pgettext("designer", "Gives a moment with its zone, such as hazard.due_at."),
    "timer.again_written_hint": lazy_pgettext("designer", "Gives a list of moments, or a text such as 'R3/P1D'."),
    "repetition.title": lazy_pgettext("designer", "Repetition"),
    "repetition.kind": lazy_pgettext("designer", "How often"),
    "repetition.once": lazy_pgettext("designer", "Once"),
    "repetition.parallel": lazy_pgettext("designer", "Several times, at the same time"),
    "repetition.sequential": lazy_pgettext("designer", "Several times, one after another"),
    "repetition.loop": lazy_pgettext("designer", "Until a condition holds no more"),
    "repetition.cardinality": lazy_pgettext("designer", "How many times"),
    "repetition.cardinality_hint": lazy_pgettext("designer", "A number or an expression that gives one."),
    "repetition.until": lazy_pgettext("designer", "Ends early when"),
    "repetition.until_hint": lazy_pgettext("designer", "May be left empty."),
    "repetition.while": lazy_pgettext("designer", "Goes on while"),
    "repetition.while_hint": lazy_pgettext("designer", "Looked at after each time."),
    "called.title": lazy_pgettext("designer", "Called process"),
    "called.process": lazy_pgettext("designer", "Process"),
    "called.open": lazy_pgettext("designer", "Open its diagram"),
    "save.changed": lazy_pgettext("designer", "Not saved yet"),
    "save.saving": lazy_pgettext("designer", "Saving…"),
    "save.saved": lazy_pgettext("designer", "Saved {at}"),
    "save.offline": lazy_pgettext(
        "designer",
        "The server cannot be reached. Your changes are kept in this browser and saved as soon as it answers.",
    ),
    "save.refused": lazy_pgettext("designer", "The change could not be saved."),
    "save.found": lazy_pgettext(
        "designer",
        "Changes of your last visit that had not been saved were found in this browser and are being saved now.",
    ),
    "conflict.copy": lazy_pgettext("designer", "copy"),
    "undo.undone": lazy_pgettext("designer", "Undone: {name}"),
    "undo.redone": lazy_pgettext("designer", "Done again: {name}"),
    "undo.beyond": lazy_pgettext("designer", "Back to the revision before. Undo again goes further back."),
    "undo.nothing": lazy_pgettext("designer", "There is nothing to undo."),
    "redo.nothing": lazy_pgettext("designer", "There is nothing to do again."),
    "walk.at": lazy_pgettext("designer", "{kind}: {name}; ways on: {ways}"),
    "walk.end": lazy_pgettext("designer", "It does not go on this way."),
    "import.done": lazy_pgettext(
        "designer", "“{name}” has taken the place of the diagram. Undo brings the earlier one back."
    ),
    "import.unreadable": lazy_pgettext("designer", "“{name}” is no diagram that can be read; nothing was changed."),
}


def panel_words() -> dict[str, str]:
    """Each of the words in the language of the request; `{name}` in them is filled in by the script."""
    return {key: str(words) for key, words in PANEL.items()}
