"""Try it out: a draft is played on the real engine in a throw-away world, act by act, by whoever designs it."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from pydantic import ValidationError
from werkzeug.wrappers import Response

from engine.definitions.files import Files
from engine.definitions.library import latest
from engine.errors import ConcurrentChange, InvalidDefinition
from engine.modelling import ProcessDraft, draft_files
from web.pages.designer.blueprint import EDITS, may_change, pages, require, the_draft
from web.pages.designer.theatre import theatre
from web.pages.designer.trial_acts import act_from, answers_from, beginning_from
from web.pages.designer.trial_view import Wanted, lay_out_trial, roles_in_words, task_in_hand
from web.pages.names import names_of
from web.pages.path import source_of
from web.security.identity import signed_in
from web.sentences import spoken
from web.wiring import runtime, settings
from web.words import in_words
from workflows.errors import Refused
from workflows.hazards.words import Origin, Severity
from workflows.organisations.roles import Role
from workflows.trials.keeping import (
    add_act,
    begin_trial,
    drop_trial,
    script_of,
    start_anew,
    step_back,
    step_forward,
    trial_of,
    trials_of,
)
from workflows.trials.models import Trial
from workflows.trials.playing import Failure, Played, go_on, playing
from workflows.trials.scenario import scenarios_in
from workflows.trials.scene import OpenTask, look_at

TRIES: Final = EDITS | {Role.PROCESS_APPROVER, Role.PROCESS_OPERATOR}
"""Who may try a draft: nothing of it is changed."""
MOST_SHOWN: Final = 50

Page = str | tuple[str, int]


ORIGINS: Final = (Origin.NEW, Origin.CARRIED_OVER)
"""How a hazard may come into a trial; a relapse comes of another hazard."""

pages.add_app_template_filter(roles_in_words)


@pages.app_template_global()
def severities_to_try() -> list[tuple[str, str]]:
    """The severities as choices."""
    return [(each.value, in_words(each)) for each in Severity]


@pages.app_template_global()
def origins_to_try() -> list[tuple[str, str]]:
    """The origins as choices."""
    return [(each.value, in_words(each)) for each in ORIGINS]


@pages.get("/drafts/<int:draft_id>/trials")
def trials(draft_id: int) -> str:
    return _list(draft_id)


@pages.post("/drafts/<int:draft_id>/trials")
def begin_a_trial(draft_id: int) -> Response | Page:
    require(TRIES)
    try:
        beginning = beginning_from(request.form, _today())
    except (ValueError, ValidationError):
        return _list(draft_id, gettext("Choose one of each, and a day such as 2022-11-08.")), 422
    name = request.form.get("name", "").strip() or gettext("Trial of %(day)s", day=beginning.on.isoformat())
    with runtime().unit_of_work() as uow:
        draft = the_draft(uow, draft_id)
        trial = begin_trial(uow, draft.id, beginning, name=name, by=signed_in().account)
        trial_id = trial.id
    return redirect(url_for("designer.trial", draft_id=draft_id, trial_id=trial_id))


@pages.get("/drafts/<int:draft_id>/trials/<int:trial_id>")
def trial(draft_id: int, trial_id: int) -> Page:
    wanted = Wanted(request.args.get("task", ""), request.args.get("diagram", ""))
    try:
        with _on_stage(draft_id, trial_id) as stage:
            return stage.page(wanted, stage.played.failure)
    except InvalidDefinition as invalid:
        return _blocked(draft_id, trial_id, invalid)


@pages.post("/drafts/<int:draft_id>/trials/<int:trial_id>/acts")
def act(draft_id: int, trial_id: int) -> Response | Page:
    """Do one act more. One that is refused leaves the trial as it was, and the page says why."""
    require(TRIES)
    sought = request.args.get("task", "")
    try:
        with _on_stage(draft_id, trial_id) as stage:
            if stage.played.failure is not None:
                return stage.page(Wanted(sought), stage.played.failure), 409
            task = stage.task(sought)
            filled = answers_from(task)
            asked = act_from(task, filled)
            failure = go_on(stage.played, asked)
            if failure is not None:
                return stage.page(Wanted(sought, filled=filled), failure), 422
    except InvalidDefinition as invalid:
        return _blocked(draft_id, trial_id, invalid)
    return _change(draft_id, trial_id, partial(add_act, act=asked))


@pages.post("/drafts/<int:draft_id>/trials/<int:trial_id>/back")
def back(draft_id: int, trial_id: int) -> Response:
    """Step back over the last act, or to after the act with the number `to`."""
    require(TRIES)
    return _change(draft_id, trial_id, partial(step_back, to=request.args.get("to", type=int)))


@pages.post("/drafts/<int:draft_id>/trials/<int:trial_id>/forward")
def forward(draft_id: int, trial_id: int) -> Response:
    require(TRIES)
    return _change(draft_id, trial_id, step_forward)


@pages.post("/drafts/<int:draft_id>/trials/<int:trial_id>/anew")
def anew(draft_id: int, trial_id: int) -> Response:
    """Begin again as the trial began."""
    require(TRIES)
    with runtime().reading() as uow:
        beginning = script_of(trial_of(uow.session, draft_id, trial_id)).begin
    return _change(draft_id, trial_id, partial(start_anew, beginning=beginning))


@pages.post("/drafts/<int:draft_id>/trials/<int:trial_id>/drop")
def drop(draft_id: int, trial_id: int) -> Response:
    require(TRIES)
    with runtime().unit_of_work() as uow:
        drop_trial(uow, trial_of(uow.session, draft_id, trial_id))
    flash(gettext("The trial was deleted."), "success")
    return redirect(url_for("designer.trials", draft_id=draft_id))


@pages.get("/drafts/<int:draft_id>/trials/<int:trial_id>/diagrams/<process_id>")
def trial_diagram(draft_id: int, trial_id: int, process_id: str) -> FlaskResponse:
    """The diagram of one process of the draft, for the viewer on the trial's page."""
    with _on_stage(draft_id, trial_id) as stage, stage.played.sandbox.runtime.reading() as uow:
        source = source_of(uow, latest(uow.session, process_id).deployment_id, process_id)
    return FlaskResponse(source, mimetype="application/xml", headers={"Cache-Control": "no-store"})


@dataclass(frozen=True)
class Stage:
    """A trial of a draft, played on the draft's files as they are now."""

    draft: ProcessDraft
    trial: Trial
    files: Files
    played: Played

    def task(self, element_id: str) -> OpenTask | None:
        """The open task that a request is about."""
        with self.played.sandbox.runtime.reading() as uow:
            return task_in_hand(look_at(self.played, uow), element_id)

    def page(self, wanted: Wanted, failure: Failure | None) -> str:
        """The trial's page, with why it goes no further."""
        with self.played.sandbox.runtime.reading() as uow:
            scene = look_at(self.played, uow)
            view = lay_out_trial(uow, self.played, scene, self.draft, self.trial, self.files, wanted, failure)
            return render_template(
                "designer/trial.html", view=view, may_try=may_try(), may_change=may_change(self.draft)
            )


def may_try() -> bool:
    """Whether the visitor may play roles in trials."""
    return not signed_in().roles.isdisjoint(TRIES)


@contextmanager
def _on_stage(draft_id: int, trial_id: int) -> Generator[Stage]:
    with runtime().reading() as uow:
        draft, kept = the_draft(uow, draft_id), trial_of(uow.session, draft_id, trial_id)
        files = draft_files(uow.session, draft_id)
    with playing(theatre(), files, script_of(kept)) as played:
        yield Stage(draft, kept, files, played)


def _change(draft_id: int, trial_id: int, change: Callable[..., None]) -> Response:
    """Change the trial as the visitor saw it, and show it; a change that came too late only shows it."""
    version = request.form.get("version", 0, type=int)
    try:
        with runtime().unit_of_work() as uow:
            kept = trial_of(uow.session, draft_id, trial_id)
            change(uow, kept, by=signed_in().account, expected_version=version)
    except ConcurrentChange:
        flash(gettext("Someone else went on with this trial meanwhile; this is how it stands."), "warning")
    except Refused as refused:
        flash(spoken(refused.said), "warning")
    return redirect(url_for("designer.trial", draft_id=draft_id, trial_id=trial_id))


def _list(draft_id: int, refusal: str = "") -> str:
    with runtime().reading() as uow:
        draft = the_draft(uow, draft_id)
        kept = trials_of(uow.session, draft_id, MOST_SHOWN)
        return render_template(
            "designer/trials.html",
            draft=draft,
            trials=[(trial, script_of(trial)) for trial in kept],
            scenarios=len(list(scenarios_in(draft_files(uow.session, draft_id)))),
            names=names_of(uow, (trial.changed_by for trial in kept)),
            regions=theatre().regions,
            today=_today(),
            refusal=refusal,
            chosen=request.form,
            may_try=may_try(),
        )


def _blocked(draft_id: int, trial_id: int, invalid: InvalidDefinition) -> tuple[str, int]:
    """What stands in the way of trying the draft at all."""
    with runtime().reading() as uow:
        draft, kept = the_draft(uow, draft_id), trial_of(uow.session, draft_id, trial_id)
        page = render_template("designer/trial_blocked.html", draft=draft, trial=kept, problems=invalid.problems)
    return page, 409


def _today() -> date:
    return settings().calendar.local_date(runtime().clock.now())
