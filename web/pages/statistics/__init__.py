"""Statistics: what a region and a sector came to, who is late, the bulletin that says so, and zero reports."""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, abort, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext
from flask_login import login_required
from werkzeug.wrappers import Response

from web.pages.statistics.asked import asked_of, asked_rate
from web.pages.statistics.board import Board, lay_out
from web.pages.statistics.bulletin import Bulletin, compose
from web.pages.statistics.declaring import Declaration, declare, desk_of
from web.pages.statistics.percent import percent, points, signed
from web.pages.statistics.saying import phrases_of
from web.pages.statistics.workbook import workbook_of
from web.sentences import spoken_by_field
from web.wiring import runtime
from workflows.errors import InvalidRecord
from workflows.hazards.words import Severity
from workflows.statistics.figures import RateKind
from workflows.statistics.snapshot import hold_still

pages = Blueprint("statistics", __name__, url_prefix="/statistics")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

pages.add_app_template_filter(percent)
pages.add_app_template_filter(points)
pages.add_app_template_filter(signed)


@pages.get("")
@login_required
def show() -> str:
    return _page("statistics/show.html", board=(board := _board()), phrases=phrases_of(board))


@pages.get("/bulletin")
@login_required
def bulletin() -> str:
    return _page("statistics/bulletin.html", bulletin=_bulletin())


@pages.get("/bulletin.xlsx")
@login_required
def workbook() -> Response:
    written = _bulletin()
    name = f"{written.title} {written.board.reading.today:%Y-%m-%d}.xlsx"
    return send_file(BytesIO(workbook_of(written)), XLSX, as_attachment=True, download_name=name)


@pages.get("/zero-reports")
@login_required
def zero_reports() -> str:
    with runtime().reading() as uow:
        desk = desk_of(uow, Declaration.of(request.args))
    return render_template("statistics/zero_reports.html", desk=desk, errors={})


@pages.post("/zero-reports")
@login_required
def declare_zero() -> Response | tuple[str, int]:
    declaration = Declaration.of(request.form)
    try:
        with runtime().unit_of_work() as uow:
            declared = declare(uow, declaration)
    except InvalidRecord as invalid:
        with runtime().reading() as uow:
            desk = desk_of(uow, declaration)
        page = render_template("statistics/zero_reports.html", desk=desk, errors=spoken_by_field(invalid.errors))
        return page, 422
    flash(gettext("Zero report for %(who)s: it is on record.", who=declared), "success")
    return redirect(url_for("statistics.zero_reports", campaign=declaration.campaign))


def _page(name: str, **shown: object) -> str:
    return render_template(name, RateKind=RateKind, Severity=Severity, **shown)


def _board() -> Board:
    with runtime().reading() as uow:
        hold_still(uow.session)
        return lay_out(uow, asked_of(uow), asked_rate())


def _bulletin() -> Bulletin:
    with runtime().reading() as uow:
        hold_still(uow.session)
        board = lay_out(uow, asked_of(uow), asked_rate())
        if not board.reading.question.below:
            abort(404)
        return compose(uow, board)
