"""Moves a token by hand: the target is chosen on the diagram or from a list, tried without effect, then done."""

from __future__ import annotations

from uuid import UUID

from flask import request
from flask_babel import gettext
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from engine.errors import ConcurrentChange, EngineError, NotFound, WrongState
from engine.operating.moving import Moved, preview_move
from engine.operating.positions import Position, look_inside
from web.pages.operations.blueprint import NOT_REFUSED, Refusal, carry_out, pages, require
from web.pages.operations.instance import answered, expected_version, find_instance, instance_page, reason
from web.security.identity import signed_in
from web.sentences import spoken
from web.wiring import runtime
from workflows.errors import WorkflowsError
from workflows.operating.acting import move


@pages.get("/instances/<int:instance_id>/tokens/<uuid:token>")
def choose_target(instance_id: int, token: UUID) -> str:
    """The instance with the panel in which the token's target is chosen."""
    require()
    return _panel(instance_id, token)


@pages.post("/instances/<int:instance_id>/tokens/<uuid:token>")
def move_token(instance_id: int, token: UUID) -> str | Response | tuple[str, int]:
    """Try the move, or do it."""
    require()
    target = request.form.get("to", "")
    if request.form.get("act") != "move":
        return _tried(instance_id, token, target)
    refusal = carry_out(
        lambda uow: move(
            uow,
            instance_id,
            token,
            target,
            reason=reason(),
            by=signed_in().account,
            expected_version=expected_version(),
        )
    )
    if refusal.errors:
        return _panel(instance_id, token, refusal, preview=_preview(instance_id, token, target)), refusal.status
    return answered(instance_id, refusal, gettext("The token was moved."))


def _tried(instance_id: int, token: UUID, target: str) -> str | tuple[str, int]:
    if not target:
        return _panel(instance_id, token, Refusal(errors={"to": gettext("Choose where it shall go.")})), 422
    try:
        return _panel(instance_id, token, preview=_preview(instance_id, token, target))
    except (ConcurrentChange, WrongState):
        message = gettext("This was changed by someone else meanwhile. Look at it as it is now.")
        return instance_page(instance_id, Refusal(message, status=409), refused_in="act"), 409
    except WorkflowsError as refused:
        return _panel(instance_id, token, Refusal(spoken(refused.said))), 422
    except NotFound:
        raise
    except EngineError as error:
        message = gettext("The token cannot go there: %(why)s", why=str(error))
        return _panel(instance_id, token, Refusal(message)), 422
    except SQLAlchemyError:
        message = gettext("What would follow cannot be found out at the moment; try again.")
        return _panel(instance_id, token, Refusal(message, status=409)), 409


def _preview(instance_id: int, token: UUID, target: str) -> Moved:
    by, version = signed_in().account, expected_version()
    return preview_move(runtime(), instance_id, token=token, to_element=target, by=by, expected_version=version)


def _panel(instance_id: int, token: UUID, refusal: Refusal = NOT_REFUSED, preview: Moved | None = None) -> str:
    position = _position(instance_id, token)
    target = request.form.get("to", "")
    return instance_page(
        instance_id,
        refusal,
        refused_in="move",
        moving=position,
        target=target,
        preview=preview,
    )


def _position(instance_id: int, token: UUID) -> Position:
    with runtime().reading() as uow:
        return look_inside(uow, find_instance(uow, instance_id)).position(token)
