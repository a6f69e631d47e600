"""Good practice behind the scenes: proposing it, deciding on what others proposed, taking back what is public."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import login_required
from werkzeug.wrappers import Response as Answer

from engine.errors import ConcurrentChange, IdempotencyConflict
from engine.idempotency import once
from engine.runtime import UnitOfWork
from web.errors import UploadRefused
from web.pages.names import names_of
from web.pages.public_drafts import choices_for, hazard_in_address, proposal_in_form
from web.pages.public_photos import public_photo
from web.pages.side_processes.acting import LENGTH_OF_A_KEY, NOTHING_REFUSED, Refusal, fresh_key, typed
from web.paging import cursor, position
from web.security.identity import current_actor, signed_in
from web.sentences import spoken, spoken_by_field
from web.wiring import runtime, settings
from workflows.errors import InvalidRecord, OutOfScope, Refused, UnknownRecord
from workflows.good_practice import GoodPractice, GoodPracticeStatus, practice_by_id
from workflows.good_practice.deciding import approve, decline, withdraw
from workflows.good_practice.permissions import may_decide, may_propose, may_read
from workflows.good_practice.proposing import propose
from workflows.good_practice.reading import awaiting_decision, proposed_by, published_here
from workflows.records import Record
from workflows.sentences import sentence

pages = Blueprint("good_practice", __name__, url_prefix="/good-practice")

Decide = Callable[[UnitOfWork, GoodPractice, str, str], object]
"""What is decided on a good practice, by the account, in the words that were typed."""

DECISIONS: Final[dict[str, Decide]] = {
    "approve": lambda uow, it, by, words: approve(uow, it, by=by, opinion=words),
    "decline": lambda uow, it, by, words: decline(uow, it, by=by, opinion=words),
    "withdraw": lambda uow, it, by, words: withdraw(uow, it, by=by, reason=words),
}
FIELDS: Final = {"approve": "opinion", "decline": "opinion", "withdraw": "reason"}


@pages.get("")
@login_required
def show() -> str:
    """What waits for this person, what the person proposed, and what is public in the person's charge."""
    size, account = settings().page_size, signed_in().account
    before = {name: _before(name) for name in ("mine", "public")}
    with runtime().reading() as uow:
        mine = proposed_by(uow.session, account, before=before["mine"], limit=size + 1)
        public = published_here(uow.session, account, before=before["public"], limit=size + 1)
        return render_template(
            "public/desk.html",
            waiting=awaiting_decision(uow.session, account),
            mine=mine[:size],
            public=public[:size],
            next_mine=_next("mine", mine[size - 1].id) if len(mine) > size else None,
            next_public=_next("public", public[size - 1].id) if len(public) > size else None,
            may_propose=may_propose(uow.session, account),
        )


@pages.get("/new")
@login_required
def new() -> str:
    return _form(NOTHING_REFUSED)


@pages.post("")
@login_required
def send() -> Answer | tuple[str, int]:
    kept: list[str] = []
    try:
        proposal = proposal_in_form()
        kept = list(proposal.photos)
        with runtime().unit_of_work() as uow:
            hazard, account = hazard_in_address(uow), current_actor(uow).user

            def act() -> dict[str, Any]:
                return {"practice": propose(uow, proposal, by=account, hazard=hazard).id}

            key = request.form.get("request_key", "")[:LENGTH_OF_A_KEY] or None
            done = once(uow, key, "good_practice.propose", {"by": account, "form": typed()}, act)
    except UploadRefused as refused:
        return _form(Refusal(errors={"photos": spoken(refused.said)})), 422
    except InvalidRecord as invalid:
        return _form(Refusal(errors=spoken_by_field(invalid.errors)), kept), 422
    except (IdempotencyConflict, ConcurrentChange):
        return _form(
            Refusal(gettext("This form was sent before. Look at what is there now, and send again.")), kept
        ), 409
    flash(gettext("Proposed. A second person decides whether it is published."), "success")
    return redirect(url_for("good_practice.one", practice_id=done["practice"]))


@pages.get("/<int:practice_id>")
@login_required
def one(practice_id: int) -> str:
    return _page(practice_id, NOTHING_REFUSED)


@pages.post("/<int:practice_id>/<any(approve, decline, withdraw):decision>")
@login_required
def decide(practice_id: int, decision: str) -> Answer | tuple[str, int]:
    words = request.form.get(FIELDS[decision], "").strip()
    try:
        with runtime().unit_of_work() as uow:
            found = _readable(uow, practice_id)
            if request.form.get("expected_version", type=int) not in (None, found.version):
                raise ConcurrentChange("the good practice was decided meanwhile")
            DECISIONS[decision](uow, found, current_actor(uow).user, words)
    except InvalidRecord as invalid:
        return _page(practice_id, Refusal(errors=spoken_by_field(invalid.errors))), 422
    except ConcurrentChange:
        return _page(practice_id, Refusal(gettext("Somebody else decided meanwhile. See below how it stands."))), 409
    except Refused as refused:
        return _page(practice_id, Refusal(spoken(refused.said))), 409
    flash(gettext("Your decision is on record."), "success")
    return redirect(url_for("good_practice.one", practice_id=practice_id))


@pages.get("/<int:practice_id>/photos/<int:index>")
@login_required
def photo(practice_id: int, index: int) -> Response:
    with runtime().reading() as uow:
        found = _readable(uow, practice_id)
        if not 1 <= index <= len(found.photos):
            raise UnknownRecord(Record.EVIDENCE, index)
        return Response(public_photo(found.photos[index - 1]), mimetype="image/jpeg")


def _form(refusal: Refusal, kept: list[str] | None = None) -> str:
    with runtime().reading() as uow:
        account = signed_in().account
        if not may_propose(uow.session, account):
            raise OutOfScope(sentence("committee offices and departments propose good practice"))
        return render_template(
            "public/proposal.html",
            choices=choices_for(uow, account),
            hazard=hazard_in_address(uow),
            refusal=refusal,
            typed=typed(),
            kept=kept or [],
            request_key=fresh_key(),
        )


def _page(practice_id: int, refusal: Refusal) -> str:
    with runtime().reading() as uow:
        found, account = _readable(uow, practice_id), signed_in().account
        decides = may_decide(uow.session, account, found)
        return render_template(
            "public/practice_desk.html",
            it=found,
            names=names_of(uow, [found.proposed_by, found.decided_by, found.withdrawn_by]),
            may_decide=decides and found.status is GoodPracticeStatus.PROPOSED,
            may_withdraw=(decides or account == found.proposed_by) and found.status is GoodPracticeStatus.PUBLISHED,
            is_mine=account == found.proposed_by,
            refusal=refusal,
            typed=typed(),
        )


def _readable(uow: UnitOfWork, practice_id: int) -> GoodPractice:
    found = practice_by_id(uow.session, practice_id)
    if not may_read(uow.session, signed_in().account, found):
        raise OutOfScope(sentence("this good practice is not public, and not yours to decide on"))
    return found


def _before(of: str) -> int | None:
    after = position(f"good-practice.{of}", request.args.get(of))
    return int(after[0]) if after else None


def _next(of: str, last: int) -> str:
    place: dict[str, Any] = {of: cursor(f"good-practice.{of}", [last])}
    return url_for("good_practice.show", **place, _anchor=of)
