"""The calendar: a year's working days and days off, and the corrections that this installation has entered."""

from __future__ import annotations

from datetime import date

from babel.dates import format_skeleton, get_day_names
from flask import flash, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext, ngettext
from werkzeug.wrappers import Response

from engine.errors import NotFound
from engine.runtime import UnitOfWork
from web.pages.administration import reading
from web.pages.administration.blueprint import NOT_REFUSED, Refusal, carry_out, pages, require, today
from web.security.identity import signed_in
from web.wiring import runtime, settings
from workflows.calendars.correcting import Correction, clear, correct, cover_year
from workflows.calendars.years import (
    MOST_COUNTED,
    DayKind,
    corrections_of,
    covering,
    is_in_library,
    months_of,
    open_tasks_across,
)
from workflows.organisations.mandates import ADMINISTERS, Mandate
from workflows.organisations.roles import Role

EDITORS = frozenset({Role.ADMINISTRATOR})
YEARS = range(2004, 2100)


@pages.get("/calendar")
def calendar() -> Response:
    require(ADMINISTERS)
    with runtime().reading() as uow:
        return redirect(url_for("administration.calendar_year", year=today(uow).year))


@pages.get("/calendar/<int:year>")
def calendar_year(year: int) -> str:
    require(ADMINISTERS)
    return _page(year)


@pages.post("/calendar/<int:year>")
def correct_calendar(year: int) -> Response | tuple[str, int]:
    """Set a span of days; nobody's time limit moves by it, and the answer says how many tasks run across."""
    require(EDITORS)
    entered = _entered()
    across: list[int] = []

    def act(uow: UnitOfWork, _mine: Mandate) -> None:
        days = correct(uow, entered, by=signed_in().account, today=today(uow))
        across.append(open_tasks_across(uow.session, days, settings().calendar))

    refusal = carry_out(act)
    if refusal is not NOT_REFUSED:
        return _page(year, refusal), refusal.status
    settings().calendar_changed()
    flash(gettext("The correction is in force.") + " " + _what_stays(across[0]), "success")
    return redirect(url_for("administration.calendar_year", year=year))


@pages.post("/calendar/<int:year>/clear")
def clear_correction(year: int) -> Response | tuple[str, int]:
    require(EDITORS)
    day = reading.day("day")
    if day is None:
        raise NotFound("day", reading.text("day"))
    refusal = carry_out(
        lambda uow, _: clear(uow, day, by=signed_in().account, today=today(uow), reason=reading.text("why"))
    )
    if refusal is not NOT_REFUSED:
        return _page(year, refusal), refusal.status
    settings().calendar_changed()
    flash(gettext("The correction was taken back."), "success")
    return redirect(url_for("administration.calendar_year", year=year))


@pages.post("/calendar/<int:year>/complete")
def complete_year(year: int) -> Response | tuple[str, int]:
    require(EDITORS)
    refusal = carry_out(lambda uow, _: cover_year(uow, year, source=reading.text("notice"), by=signed_in().account))
    if refusal is not NOT_REFUSED:
        return _page(year, refusal), refusal.status
    settings().calendar_changed()
    flash(gettext("Time limits may now reach into %(year)s.", year=str(year)), "success")
    return redirect(url_for("administration.calendar_year", year=year))


def _page(year: int, refusal: Refusal = NOT_REFUSED) -> str:
    if year not in YEARS:
        raise NotFound("year", year)
    with runtime().reading() as uow:
        corrected = corrections_of(uow.session, year)
        day = today(uow)
        return render_template(
            "administration/calendar.html",
            year=year,
            months=months_of(year, settings().calendar, corrected),
            corrected=corrected,
            covering=covering(uow.session, year),
            is_in_library=is_in_library(year),
            is_in_settings=year in settings().calendar.covered_years,
            today=day,
            may_correct=not signed_in().roles.isdisjoint(EDITORS),
            DayKind=DayKind,
            weekdays=_weekdays(),
            month_in_words=_month_in_words,
            entered=request.form if refusal is not NOT_REFUSED else {},
            refusal=refusal,
        )


def _weekdays() -> list[dict[str, str]]:
    """The days of the week from Monday, each in short and as a whole."""
    short, whole = get_day_names("narrow", locale=get_locale()), get_day_names("wide", locale=get_locale())
    return [{"short": short[day], "whole": whole[day]} for day in range(7)]


def _month_in_words(year: int, number: int) -> str:
    return str(format_skeleton("yMMMM", date(year, number, 1), locale=get_locale()))


def _entered() -> Correction:
    return Correction(
        first_day=reading.day("first_day"),
        last_day=reading.day("last_day"),
        is_working=reading.text("is_working") == "yes",
        reason=reading.text("reason"),
        source=reading.text("source"),
    )


def _what_stays(tasks: int) -> str:
    if tasks == 0:
        return gettext("No open task runs across these days.")
    if tasks >= MOST_COUNTED:
        return gettext(
            "More than %(most)s open tasks run across these days; they keep their limits, as people were told them.",
            most=str(MOST_COUNTED),
        )
    return ngettext(
        "%(num)s open task runs across these days; it keeps its limit, as people were told it.",
        "%(num)s open tasks run across these days; they keep their limits, as people were told them.",
        tasks,
    )
