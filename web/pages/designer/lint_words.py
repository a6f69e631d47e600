"""The words of the rules that the browser follows by itself; they are told before the server is asked."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext

from web.pages.designer.blueprint import pages


@pages.app_template_global()
def lint_words() -> dict[str, dict[str, Any]]:
    """What each rule of `frontend/src/designer/linting/rules.ts` says, how grave it is, and the fix it offers."""
    return {
        "label-required": {
            "message": gettext("It has no name; write what is done here, or what is asked."),
            "severity": "warning",
            "fix": "name",
        },
        "no-disconnected": {
            "message": gettext("It is connected with nothing; draw a flow to it or remove it."),
            "severity": "error",
            "fix": "remove",
        },
        "no-duplicate-sequence-flows": {
            "message": gettext("There are two flows between the same elements; keep one."),
            "severity": "warning",
            "fix": "remove",
        },
        "fake-join": {
            "message": gettext(
                "Several flows come together here and each passes by itself; to wait for all, use a gateway."
            ),
            "severity": "warning",
        },
        "superfluous-gateway": {
            "message": gettext("The gateway has one way in and one way out, so it decides nothing; remove it."),
            "severity": "warning",
        },
        "assignment": {
            "message": gettext("Nobody is asked to do this task; choose groups or people."),
            "severity": "warning",
        },
        "form": {
            "message": gettext("The task has no form, so nothing is filled in; choose a form if something should be."),
            "severity": "warning",
        },
        "deadline": {
            "message": gettext("The task has no time limit, so nobody is reminded; choose one."),
            "severity": "warning",
        },
        "name": {"message": gettext("Give it a name"), "severity": "warning"},
        "remove": {"message": gettext("Remove it"), "severity": "warning"},
    }
