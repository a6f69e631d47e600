"""Where the page of a hazard is found, the parts of it that are loaded alone, and its card."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from flask import Blueprint, render_template, request, url_for
from flask_login import login_required
from werkzeug.wrappers import Response

from engine.errors import NotFound
from engine.runtime import UnitOfWork
from engine.tasks import Actor
from web.access import ensure_hazard_visible
from web.pages.hazard.card import card_of
from web.pages.hazard.overview import overview_of
from web.pages.hazard.story import CURSOR, Story, story_of
from web.pages.hazard.ways import deployment_of, way_of
from web.pages.path import source_of
from web.paging import position
from web.security.identity import current_actor
from web.wiring import runtime
from workflows.chronicle import Place, Source, Topic
from workflows.hazards.facts import hazard_of
from workflows.hazards.models import Hazard

pages = Blueprint("hazard", __name__, url_prefix="/hazards")


@pages.get("/<number>")
@login_required
def show(number: str) -> str:
    with runtime().reading() as uow:
        actor = current_actor(uow)
        hazard = _visible(uow, number, actor)
        overview = overview_of(uow, hazard, actor, diagram=request.args.get("diagram"))
        return render_template("hazard.html", it=overview, way=overview.way, story=_story(uow, hazard), now=uow.now)


@pages.get("/<number>/story")
@login_required
def story(number: str) -> str:
    """A page of the chronicle alone, for a reader who goes on without loading the rest again."""
    with runtime().reading() as uow:
        hazard = _visible(uow, number)
        return render_template("hazard_story.html", hazard=hazard, story=_story(uow, hazard))


@pages.get("/<number>/path/<process_id>")
@login_required
def path(number: str, process_id: str) -> str:
    """One diagram with the hazard's marks alone."""
    with runtime().reading() as uow:
        hazard = _visible(uow, number)
        return render_template("hazard_path.html", hazard=hazard, way=way_of(uow, hazard, process_id))


@pages.get("/<number>/diagrams/<process_id>.bpmn")
@login_required
def diagram(number: str, process_id: str) -> Response:
    """A process of the hazard as it was deployed with it. Raises NotFound for a process that is not its own."""
    with runtime().reading() as uow:
        deployment_id = deployment_of(uow, _visible(uow, number), process_id)
        if deployment_id is None:
            raise NotFound("process definition", process_id)
        source = source_of(uow, deployment_id, process_id)
    response = Response(source, mimetype="application/xml")
    response.set_etag(sha256(source).hexdigest()[:32])
    response.cache_control.private = True
    response.cache_control.no_cache = True
    return response.make_conditional(request)


@pages.get("/<number>/card")
@login_required
def card(number: str) -> str:
    with runtime().reading() as uow:
        hazard = _visible(uow, number)
        address = url_for("hazard.show", number=number)
        return render_template("hazard_card.html", card=card_of(uow, hazard, address), hazard=hazard, now=uow.now)


def _visible(uow: UnitOfWork, number: str, actor: Actor | None = None) -> Hazard:
    hazard = hazard_of(uow.session, number)
    ensure_hazard_visible(uow, hazard, actor or current_actor(uow))
    return hazard


def _story(uow: UnitOfWork, hazard: Hazard) -> Story:
    topic = next((each for each in Topic if each == request.args.get("topic")), Topic.ALL)
    after = position(CURSOR, request.args.get("after"))
    place = Place(datetime.fromisoformat(after[0]), Source(after[1]), int(after[2])) if after else None
    return story_of(uow, hazard, topic, place)
