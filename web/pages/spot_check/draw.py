"""The draw in public, on one page for the room: the promise, the witnesses' words and the draw, the proof."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask_login import login_required
from werkzeug.wrappers import Response

from engine.runtime import UnitOfWork
from web.pages.names import names_of
from web.pages.spot_check.blueprint import held_round, pages, seen_round, standing
from web.pages.spot_check.codes import code_of, public_address, qr_of
from web.pages.spot_check.published import published
from web.pages.spot_check.refusals import NONE, REFUSALS, Refusal, refusal_of
from web.wiring import runtime
from workflows.errors import InvalidRecord
from workflows.sentences import Sentence, sentence
from workflows.spot_check.committing import commit_round
from workflows.spot_check.revealing import draw_round
from workflows.spot_check.standing import ensure_may_see_all
from workflows.spot_check.strata import strata_of

MOST_WITNESSES = 10
LONGEST_WORDS = 500


@pages.get("/<int:round_id>/draw")
@login_required
def ceremony(round_id: int) -> str:
    with runtime().reading() as uow:
        return _page(uow, round_id)


@pages.post("/<int:round_id>/commit")
@login_required
def commit(round_id: int) -> Response | tuple[str, int]:
    try:
        with runtime().unit_of_work() as uow:
            it = held_round(uow, round_id, _seen_version())
            commit_round(uow, it, by=standing(uow.session).account)
    except REFUSALS as refused:
        return _again(round_id, refusal_of(refused))
    return redirect(url_for("spot_check.ceremony", round_id=round_id, _anchor="promise"))


@pages.post("/<int:round_id>/draw")
@login_required
def draw(round_id: int) -> Response | tuple[str, int]:
    try:
        with runtime().unit_of_work() as uow:
            it = held_round(uow, round_id, _seen_version())
            words, witnesses = _spoken()
            draw_round(uow, it, words=words, witnesses=witnesses, by=standing(uow.session).account)
    except REFUSALS as refused:
        return _again(round_id, refusal_of(refused))
    return redirect(url_for("spot_check.ceremony", round_id=round_id, drawn="now", _anchor="drawn"))


def _page(uow: UnitOfWork, round_id: int, refusal: Refusal = NONE) -> str:
    it, visitor = seen_round(uow.session, round_id)
    ensure_may_see_all(visitor, it)
    shown = published(uow.session, it)
    return render_template(
        "spot_check/draw.html",
        it=it,
        shown=shown,
        strata=strata_of(uow.session, it, uow.now),
        may_hold=visitor.holds(it.region_path),
        refusal=refusal,
        entered=request.form,
        is_fresh=request.args.get("drawn") == "now",
        code=code_of(uow.session, it),
        address=public_address(uow.session, it),
        qr=qr_of(public_address(uow.session, it)),
        names=names_of(uow, [shown.commitment.committed_by] if shown.commitment else []),
    )


def _again(round_id: int, refusal: Refusal) -> tuple[str, int]:
    with runtime().reading() as uow:
        return _page(uow, round_id, refusal), refusal.status


def _spoken() -> tuple[str, list[str]]:
    """What the witnesses said and who they are, one name a line. Raises InvalidRecord by field."""
    words = request.form.get("words", "").strip()
    witnesses = [line.strip() for line in request.form.get("witnesses", "").splitlines() if line.strip()]
    errors: dict[str, Sentence] = {}
    if not words:
        errors["words"] = sentence("write down what the witnesses say")
    elif len(words) > LONGEST_WORDS:
        errors["words"] = sentence("at most %(number)s characters", number=LONGEST_WORDS)
    if not witnesses:
        errors["witnesses"] = sentence("name the witnesses, one a line")
    elif len(witnesses) > MOST_WITNESSES or max(map(len, witnesses)) > 60:
        errors["witnesses"] = sentence("at most %(most)s names of at most 60 characters", most=MOST_WITNESSES)
    if errors:
        raise InvalidRecord(errors)
    return words, witnesses


def _seen_version() -> int | None:
    return request.form.get("expected_version", type=int)
