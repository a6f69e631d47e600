"""One way for all side processes: check, act once, and show what was refused where it was entered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from flask import flash, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine.errors import ConcurrentChange, IdempotencyConflict
from engine.idempotency import done_once
from engine.runtime import UnitOfWork
from web.access import ensure_hazard_visible
from web.security.identity import current_actor
from web.sentences import spoken, spoken_by_field
from web.wiring import runtime
from workflows.errors import InvalidRecord, Refused, WrongStage
from workflows.hazards.facts import hazard_of
from workflows.hazards.models import Hazard

LENGTH_OF_A_KEY = 32

Act = Callable[[UnitOfWork, Hazard, str], object]
"""What is done for a hazard, by the account."""


@dataclass(frozen=True)
class Refusal:
    """Why a form was not accepted: what is wrong with which field, or with the whole."""

    message: str = ""
    errors: Mapping[str, str] = field(default_factory=dict[str, str])


NOTHING_REFUSED = Refusal()


def submit(
    number: str,
    name: str,
    act: Act,
    page: Callable[[str, Refusal], str],
    *,
    done: str,
    address: str,
) -> Response | tuple[str, int]:
    """Act for a hazard with what the form holds, and go to `address`; the same form sent twice acts once.

    What the domain refuses is shown on `page`, with everything that was typed.
    """
    try:
        with runtime().unit_of_work() as uow:
            hazard = visible_hazard(uow, number)
            account = current_actor(uow).user
            asked = {"hazard": number, "by": account, "form": typed()}
            key = request.form.get("request_key", "")[:LENGTH_OF_A_KEY] or None
            done_once(uow, key, name, asked, lambda: act(uow, hazard, account))
    except (IdempotencyConflict, ConcurrentChange):
        return page(
            number, Refusal(gettext("This form was sent before. Look at what is there now, and send again."))
        ), 409
    except InvalidRecord as invalid:
        return page(number, Refusal(errors=spoken_by_field(invalid.errors))), 422
    except WrongStage as refused:
        return page(number, Refusal(spoken(refused.said))), 409
    except Refused as refused:
        return page(number, Refusal(spoken(refused.said))), 422
    flash(done, "success")
    return redirect(address)


def visible_hazard(uow: UnitOfWork, number: str) -> Hazard:
    """The hazard with this number, for those who may see it. Raises UnknownRecord, OutOfScope."""
    hazard = hazard_of(uow.session, number)
    ensure_hazard_visible(uow, hazard, current_actor(uow))
    return hazard


def typed() -> dict[str, Any]:
    """What stands in the form that was sent, beside what the page itself put there."""
    ours = ("csrf_token", "request_key")
    return {key: request.form.get(key, "").strip() for key in request.form if key not in ours}


def fresh_key() -> str:
    """A key under which a form is sent, once."""
    return uuid4().hex
