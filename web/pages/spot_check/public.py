"""What anybody may open without signing in: the rounds, what each has promised, the proof, and the check of a proof."""

from __future__ import annotations

import json

from flask import render_template
from sqlalchemy import select
from werkzeug.wrappers import Response

from web.pages.spot_check.blueprint import pages
from web.pages.spot_check.codes import code_of, public_address, published_round, qr_of
from web.pages.spot_check.published import published
from web.wiring import runtime
from workflows.errors import UnknownRecord
from workflows.records import Record
from workflows.spot_check.models import Commitment, RoundStatus, SpotCheckRound
from workflows.spot_check.revealing import REVEALED, proof_of

ROUNDS_SHOWN = 50


@pages.get("/public/")
def public_rounds() -> str:
    """The newest rounds whose list is frozen."""
    with runtime().reading() as uow:
        found = (
            select(SpotCheckRound, Commitment)
            .join(Commitment, Commitment.round_id == SpotCheckRound.id)
            .where(SpotCheckRound.status != RoundStatus.PLANNED)
        )
        rows = uow.session.execute(found.order_by(SpotCheckRound.id.desc()).limit(ROUNDS_SHOWN)).all()
        listed = [(it, commitment, code_of(uow.session, it)) for it, commitment in rows]
        return render_template("spot_check/public_rounds.html", rounds=listed, revealed=REVEALED)


@pages.get("/public/verify")
def verify() -> str:
    """A page that checks a proof in the browser; nothing is sent."""
    return render_template("spot_check/verify.html")


@pages.get("/public/<code>")
def public(code: str) -> str:
    with runtime().reading() as uow:
        it = published_round(uow.session, code)
        address = public_address(uow.session, it)
        return render_template(
            "spot_check/public.html",
            it=it,
            shown=published(uow.session, it),
            code=code,
            address=address,
            qr=qr_of(address),
        )


@pages.get("/public/<code>/proof.json")
def proof(code: str) -> Response:
    """The proof of a draw, to keep and to check. Before the draw there is none."""
    with runtime().reading() as uow:
        it = published_round(uow.session, code)
        if it.status not in REVEALED:
            raise UnknownRecord(Record.SPOT_CHECK_ROUND, code)
        written = json.dumps(proof_of(uow.session, it), ensure_ascii=False, indent=1)
    response = Response(written, mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{code}-proof.json"'
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
