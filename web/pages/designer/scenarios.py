"""Scenarios of a draft: trials that were kept with what must come of them, played together, looked at one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine.errors import InvalidDefinition, WrongState
from engine.modelling import UnfitFile, add_file, draft_files, file_of, remove_file
from engine.storage.models import ResourceKind
from web.pages.designer.blueprint import EDITS, may_change, pages, require, the_draft
from web.pages.designer.editor import OpenedFile, opens
from web.pages.designer.refusals import why_unfit
from web.pages.designer.theatre import theatre
from web.pages.designer.trial_view import file_with
from web.pages.designer.trials import TRIES, may_try
from web.security.identity import signed_in
from web.wiring import runtime
from workflows.trials.course import Course, course_of
from workflows.trials.keeping import begin_trial, script_of, trial_of
from workflows.trials.playing import playing
from workflows.trials.proving import run_scenario, run_scenarios
from workflows.trials.scenario import (
    Expected,
    ExpectedLimit,
    ExpectedTelling,
    NoScenario,
    Scenario,
    file_name,
    read_scenario,
    scenarios_in,
    write_scenario,
)
from workflows.trials.script import script_as_data

Each = TypeVar("Each")
LONGEST_NAME, LONGEST_WORDS = 120, 1000


@pages.get("/drafts/<int:draft_id>/scenarios")
def scenarios(draft_id: int) -> str:
    return _list(draft_id, run=False)


@pages.post("/drafts/<int:draft_id>/scenarios")
def run_all_scenarios(draft_id: int) -> str:
    """Play them all, and say what came of each."""
    require(TRIES)
    return _list(draft_id, run=True)


@pages.post("/drafts/<int:draft_id>/trials/<int:trial_id>/scenario")
def keep_scenario(draft_id: int, trial_id: int) -> Response:
    """Keep a trial as a scenario file of the draft, with what was ticked as its expectations."""
    require(EDITS)
    name = request.form.get("name", "").strip()[:LONGEST_NAME] or gettext("Scenario")
    with runtime().reading() as uow:
        script = script_of(trial_of(uow.session, draft_id, trial_id))
        files = draft_files(uow.session, draft_id)
    with playing(theatre(), files, script) as played, played.sandbox.runtime.reading() as uow:
        expected = _ticked(course_of(uow, played.sandbox.number))
    about = request.form.get("about", "").strip()[:LONGEST_WORDS]
    content = write_scenario(Scenario(name, script.begin, script.acts, expected, about))
    try:
        with runtime().unit_of_work() as uow:
            add_file(uow, draft_id, file_name(name), content, by=signed_in().account)
    except UnfitFile as unfit:
        flash(why_unfit(unfit), "warning")
        return redirect(url_for("designer.trial", draft_id=draft_id, trial_id=trial_id, _anchor="keep"))
    flash(gettext("“%(name)s” is kept with the draft and is played at every release.", name=name), "success")
    return redirect(url_for("designer.scenarios", draft_id=draft_id))


@pages.post("/drafts/<int:draft_id>/scenarios/try/<path:name>")
def try_scenario(draft_id: int, name: str) -> Response:
    """Go on from where a scenario ends, in a trial of its own."""
    require(TRIES)
    with runtime().unit_of_work() as uow:
        draft = the_draft(uow, draft_id)
        scenario = read_scenario(draft_files(uow.session, draft_id)[name])
        trial = begin_trial(uow, draft.id, scenario.begin, name=scenario.name, by=signed_in().account)
        trial.script = script_as_data(scenario.script)
        trial_id = trial.id
    return redirect(url_for("designer.trial", draft_id=draft_id, trial_id=trial_id))


@pages.post("/drafts/<int:draft_id>/scenarios/remove/<path:name>")
def remove_scenario(draft_id: int, name: str) -> Response:
    require(EDITS)
    try:
        with runtime().unit_of_work() as uow:
            seen = file_of(uow.session, draft_id, name).revision
            remove_file(uow, draft_id, name, by=signed_in().account, expected_revision=seen)
        flash(gettext("The scenario was taken out of the draft; its history keeps it."), "success")
    except WrongState:
        flash(gettext("The draft was given up or released; it cannot be changed any more."), "warning")
    return redirect(url_for("designer.scenarios", draft_id=draft_id))


@opens(ResourceKind.SCENARIO)
def read_a_scenario(opened: OpenedFile) -> str:
    """The page of one scenario: its acts and expectations in words, and what comes of it on the draft as it is."""
    files = draft_files(opened.uow.session, opened.draft.id)
    outcome, problems = None, list[str]()
    try:
        outcome = run_scenario(theatre(), files, opened.file.name, opened.file.content)
    except InvalidDefinition as invalid:
        problems = [problem.message for problem in invalid.problems]
    return render_template(
        "designer/scenario.html",
        draft=opened.draft,
        file=opened.file,
        scenario=_read(opened.file.content),
        outcome=outcome,
        problems=problems,
        may_try=may_try(),
        may_change=opened.may_change,
    )


def _list(draft_id: int, *, run: bool) -> str:
    with runtime().reading() as uow:
        draft = the_draft(uow, draft_id)
        files = draft_files(uow.session, draft_id)
    problems: Sequence[str] = ()
    outcomes = None
    if run:
        try:
            outcomes = {outcome.file: outcome for outcome in run_scenarios(files, theatre())}
        except InvalidDefinition as invalid:
            problems = [problem.message for problem in invalid.problems]
    return render_template(
        "designer/scenarios.html",
        draft=draft,
        scenarios=[(name, _read(content)) for name, content in scenarios_in(files)],
        outcomes=outcomes,
        where={outcome.file: file_with(outcome.element_id, files) for outcome in (outcomes or {}).values()},
        problems=problems,
        may_try=may_try(),
        may_change=may_change(draft),
    )


def _read(content: bytes) -> Scenario | None:
    try:
        return read_scenario(content)
    except NoScenario:
        return None


def _ticked(course: Course) -> Expected:
    """The expectations that were ticked, of everything that came of the trial."""
    calendar, ends = theatre().timekeeping.calendar, request.form.getlist("end")
    return Expected(
        path=tuple(visit.key for visit in _chosen("path", course.path)),
        limits=tuple(
            ExpectedLimit(it.element_id, calendar.local_date(it.due_at), it.time)
            for it in _chosen("limit", course.limits)
        ),
        told=tuple(
            ExpectedTelling(it.element_id, it.step, calendar.local_date(it.at), it.roles, it.time)
            for it in _chosen("told", course.tellings)
        ),
        open=course.open if "open" in ends else None,
        stage=course.stage if "stage" in ends else None,
        status=course.status if "stage" in ends else None,
        returns=course.returns if "returns" in ends else None,
    )


def _chosen(name: str, among: Sequence[Each]) -> list[Each]:
    ticked = {int(place) for place in request.form.getlist(name) if place.isdecimal()}
    return [each for place, each in enumerate(among) if place in ticked]
