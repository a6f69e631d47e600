"""Lays out the page of a trial: the diagram with its tokens, the task in hand, what time will bring, what happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext
from sqlalchemy import select

from engine.definitions.files import Files
from engine.errors import EngineError
from engine.history import of_instance
from engine.modelling import ProcessDraft
from engine.runtime import UnitOfWork
from engine.storage.models import ProcessDefinition
from web.forms import Filled, Part, fields, read_schema
from web.forms.refusals import refusals_in_words
from web.pages.designer.trial_acts import PaperUploads
from web.pages.path import Picture, mark_in_words, pictures
from web.sentences import spoken, spoken_by_field
from web.times import Due, left_until
from web.wiring import settings
from web.words import in_words
from workflows.organisations.roles import Role
from workflows.trials.doers import Holding
from workflows.trials.models import Trial
from workflows.trials.playing import NOT_BEGUN, Failure, Played
from workflows.trials.scene import OpenTask, Scene
from workflows.trials.script import Beginning
from workflows.trials.suggesting import plausible_answers


@dataclass(frozen=True)
class Tab:
    """A diagram that can be looked at; `is_here` when work stands on it."""

    process_id: str
    name: str
    is_here: bool


@dataclass(frozen=True)
class Work:
    """The task in hand with its form as it is shown."""

    open: OpenTask
    parts: Sequence[Part]
    filled: Filled
    errors: Mapping[str, str]
    labels: Mapping[str, str]


@dataclass(frozen=True)
class Trouble:
    """Why the trial goes no further, in words; `file` and `element_id` lead to where it can be mended."""

    message: str
    number: int
    is_begun: bool
    element_id: str = ""
    file: str = ""


@dataclass(frozen=True)
class TrialView:
    """Everything on the page."""

    draft: ProcessDraft
    trial: Trial
    begin: Beginning
    scene: Scene
    tabs: Sequence[Tab]
    chosen: str
    picture: Picture | None
    work: Work | None
    trouble: Trouble | None
    total: int
    done: int
    dues: Mapping[int, Due]
    titles: Mapping[str, str]
    files: Files

    @property
    def marks(self) -> Sequence[Mapping[str, Any]]:
        """What the viewer marks on the diagram."""
        if self.picture is None:
            return []
        progress = self.picture.progress
        return [
            {"id": node.id, "done": mark.done, "current": mark.current, "words": mark_in_words(node, mark)}
            for node in self.picture.diagram.nodes
            if node.id in progress.marks
            for mark in (progress.mark(node.id),)
        ]

    @property
    def today(self) -> date:
        """The local day in the trial."""
        return settings().calendar.local_date(self.scene.now)

    @property
    def is_cut_short(self) -> bool:
        """Whether an act that was done before can no longer be done, so that nothing can follow it."""
        return self.done < self.total

    @property
    def open_names(self) -> str:
        """What is open, in words."""
        return gettext(", ").join(it.task.name for it in self.scene.tasks)

    def title(self, process_id: str) -> str:
        """What a process is called."""
        return self.titles.get(process_id, process_id)

    def file_with(self, element_id: str) -> str:
        """The diagram that has an element of this id; empty when none has."""
        return file_with(element_id, self.files)

    def person(self, account: str) -> Holding | None:
        """Somebody who would be told."""
        return self.scene.people.get(account)


@dataclass(frozen=True)
class Wanted:
    """What the visitor asked to see: a task by its element, a diagram by its process."""

    task: str = ""
    diagram: str = ""
    filled: Filled | None = None


def lay_out_trial(
    uow: UnitOfWork,
    played: Played,
    scene: Scene,
    draft: ProcessDraft,
    trial: Trial,
    files: Files,
    wanted: Wanted,
    failure: Failure | None,
) -> TrialView:
    """The page of a trial as it stands; `uow` reads the trial's own database."""
    task = task_in_hand(scene, wanted.task)
    titles = _titles(uow)
    tabs = _tabs(uow, scene, titles)
    chosen = _chosen(tabs, wanted.diagram, task)
    return TrialView(
        draft=draft,
        trial=trial,
        begin=played.script.begin,
        scene=scene,
        tabs=tabs,
        chosen=chosen,
        picture=_picture(uow, scene, chosen),
        work=_work(uow, played, task, wanted.filled, failure) if task else None,
        trouble=_trouble(failure, files) if failure else None,
        total=len(played.script.acts),
        done=played.done,
        dues={it.task.id: left_until(it.task.due_at, scene.now, settings().calendar) for it in scene.tasks},
        titles=titles,
        files=files,
    )


def task_in_hand(scene: Scene, element_id: str) -> OpenTask | None:
    """The open task that was asked for, or the first one."""
    asked = (it for it in scene.tasks if it.task.element_id == element_id)
    return next(asked, next(iter(scene.tasks), None))


def roles_in_words(names: Sequence[str]) -> str:
    """Roles by their names, in the language of the request; those nobody has are named as they are."""
    words = [in_words(Role(name)) if name in set(Role) else name for name in names]
    return gettext(", ").join(words) or gettext("nobody")


def _titles(uow: UnitOfWork) -> dict[str, str]:
    """What the draft's processes are called."""
    deployed = uow.session.execute(select(ProcessDefinition.process_id, ProcessDefinition.name))
    return dict(deployed.all())


def _tabs(uow: UnitOfWork, scene: Scene, titles: Mapping[str, str]) -> list[Tab]:
    """The main process, then what it called, then what runs beside it, each once."""
    here = {it.task.process_id for it in scene.tasks}
    names: dict[str, None] = {}
    for instance in scene.instances:
        names[instance.process_id] = None
        names |= {event.process_id: None for event in of_instance(uow.session, instance.id) if event.process_id}
    return [Tab(name, titles.get(name, name), name in here) for name in names]


def _chosen(tabs: Sequence[Tab], asked: str, task: OpenTask | None) -> str:
    known = {tab.process_id for tab in tabs}
    if asked in known:
        return asked
    if task is not None and task.task.process_id in known:
        return task.task.process_id
    return tabs[0].process_id if tabs else ""


def _picture(uow: UnitOfWork, scene: Scene, process_id: str) -> Picture | None:
    own = next((it for it in scene.instances if it.process_id == process_id), None)
    instance = own or next(iter(scene.instances), None)
    if instance is None:
        return None
    try:
        drawn = pictures(uow, instance, of_instance(uow.session, instance.id), [process_id])
    except EngineError:
        return None
    return drawn[0] if drawn else None


def _work(uow: UnitOfWork, played: Played, task: OpenTask, filled: Filled | None, failure: Failure | None) -> Work:
    parts = read_schema(task.schema) if task.schema else ()
    shown = filled or _suggested(uow, played, task, parts)
    errors = dict(shown.errors)
    if failure is not None and failure.element_id == task.task.element_id:
        if failure.refused_form is not None:
            errors |= refusals_in_words(failure.refused_form)
        elif failure.errors:
            errors |= spoken_by_field(failure.errors)
    return Work(task, parts, shown, errors, {it.key: it.label for it in fields(parts)})


def _suggested(uow: UnitOfWork, played: Played, task: OpenTask, parts: Sequence[Part]) -> Filled:
    if not task.schema:
        return Filled()
    answers = plausible_answers(played.sandbox, uow, task.schema, task.task.element_id)
    return Filled.initially(parts).beginning_with(answers, parts, PaperUploads())


def _trouble(failure: Failure, files: Files) -> Trouble:
    message = spoken(failure.message)
    if failure.refused_form is not None or failure.errors:
        message = gettext("The form was not accepted; look at the marked fields.")
    file = file_with(failure.element_id, files)
    return Trouble(message, failure.index + 1, failure.index != NOT_BEGUN, failure.element_id, file)


def file_with(element_id: str, files: Files) -> str:
    """The diagram that has an element of this id; empty when none has."""
    if not element_id:
        return ""
    sought = f'id="{element_id}"'.encode()
    return next((name for name, content in files.items() if name.endswith(".bpmn") and sought in content), "")
