"""What everybody may read without signing in: exposed cases (曝光台) and good practice (好经验好做法), with feeds."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, g
from flask_babel import force_locale

from web.pages.facts import day_in_words
from web.pages.public_answers import asked_language, keep_language, kept, public_page
from web.pages.public_entries import feed_answer, feed_of_cases, feed_of_practices
from web.pages.public_lists import list_of
from web.pages.public_photos import public_photo
from web.places import place_in_words
from web.wiring import runtime
from workflows.errors import UnknownRecord
from workflows.exposure.public import changed_at as cases_changed_at
from workflows.exposure.public import first_year as first_year_of_cases
from workflows.exposure.public import public_case, public_cases
from workflows.good_practice.public import changed_at as practices_changed_at
from workflows.good_practice.public import first_year as first_year_of_practices
from workflows.good_practice.public import public_practice, public_practices
from workflows.publishing import Choice, Withdrawn
from workflows.records import Record

pages = Blueprint("public", __name__, url_prefix="/public")
pages.url_defaults(keep_language)
LATEST: Final = 4
ENTRIES_OF_A_FEED: Final = 50
pages.add_app_template_filter(place_in_words, "place")
pages.add_app_template_filter(day_in_words, "public_day")


@pages.before_request
def note_language() -> None:
    g.public_language = asked_language()


@pages.get("")
def home() -> Response:
    with runtime().reading() as uow:
        cases = public_cases(uow.session, Choice(), limit=LATEST)
        practices = public_practices(uow.session, Choice(), limit=LATEST)
    return public_page("public/home.html", {"cases": cases, "practices": practices})


@pages.get("/cases")
def cases() -> Response:
    with runtime().reading() as uow, force_locale(asked_language().value):
        it = list_of(uow, "public.cases", public_cases, first_year_of_cases)
    return public_page("public/cases.html", {"it": it})


@pages.get("/cases/<int:case_id>")
def case(case_id: int) -> Response:
    with runtime().reading() as uow:
        it = public_case(uow.session, case_id)
    return public_page("public/case.html", {"it": it})


@pages.get("/good-practice")
def practices() -> Response:
    with runtime().reading() as uow, force_locale(asked_language().value):
        it = list_of(uow, "public.practices", public_practices, first_year_of_practices)
    return public_page("public/practices.html", {"it": it})


@pages.get("/good-practice/<int:practice_id>")
def practice(practice_id: int) -> Response:
    with runtime().reading() as uow:
        it = public_practice(uow.session, practice_id)
    return public_page("public/practice.html", {"it": it})


@pages.get("/good-practice/<int:practice_id>/photos/<int:index>")
def photo(practice_id: int, index: int) -> Response:
    with runtime().reading() as uow:
        it = public_practice(uow.session, practice_id)
    if not 1 <= index <= len(it.photos):
        raise UnknownRecord(Record.EVIDENCE, index)
    content = public_photo(it.photos[index - 1])
    return kept(Response(content, mimetype="image/jpeg"), content)


@pages.get("/cases.<any(rss, atom):kind>")
def case_feed(kind: str) -> Response:
    with runtime().reading() as uow:
        found = public_cases(uow.session, Choice(), limit=ENTRIES_OF_A_FEED)
        changed_at = cases_changed_at(uow.session)
    return feed_answer(feed_of_cases(found, kind), kind, changed_at)


@pages.get("/good-practice.<any(rss, atom):kind>")
def practice_feed(kind: str) -> Response:
    with runtime().reading() as uow:
        found = public_practices(uow.session, Choice(), limit=ENTRIES_OF_A_FEED)
        changed_at = practices_changed_at(uow.session)
    return feed_answer(feed_of_practices(found, kind), kind, changed_at)


@pages.errorhandler(Withdrawn)
def gone(withdrawn: Withdrawn) -> Response:
    return public_page("public/gone.html", {"at": withdrawn.at}, status=410)


@pages.errorhandler(UnknownRecord)
def missing(_unknown: UnknownRecord) -> Response:
    return public_page("public/missing.html", {}, status=404)
