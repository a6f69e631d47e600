"""The page of one instance: where its tokens stand, what failed, what happened; and what an operator does about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from engine.errors import NotFound
from engine.operating.models import BatchAct
from engine.runtime import UnitOfWork
from engine.storage.models import Incident, Instance
from web.pages.operations.anatomy import Anatomy, anatomy
from web.pages.operations.blueprint import NOT_REFUSED, Refusal, carry_out, pages, require
from web.security.identity import signed_in
from web.wiring import runtime
from workflows.operating.acting import change_instance, retry_step
from workflows.operating.hazards import readable
from workflows.operating.variables import may_read, note_reading, without_people

CHANGES = frozenset({BatchAct.CANCEL, BatchAct.SUSPEND, BatchAct.RESUME})


@pages.get("/instances/<int:instance_id>")
def instance(instance_id: int) -> str:
    """The instance as it stands now."""
    return instance_page(instance_id)


@pages.post("/instances/<int:instance_id>")
def change(instance_id: int) -> Response | tuple[str, int]:
    """Suspend, resume or cancel the instance, with a reason."""
    require()
    asked = request.form.get("act", "")
    act = next((each for each in CHANGES if each.value == asked), None)
    if act is None:
        raise NotFound("act", asked)
    refusal = carry_out(
        lambda uow: change_instance(
            uow, act, instance_id, reason=reason(), by=signed_in().account, expected_version=expected_version()
        )
    )
    done = {
        BatchAct.CANCEL: gettext("The instance was cancelled."),
        BatchAct.SUSPEND: gettext("The instance is suspended; no time counts until it is resumed."),
        BatchAct.RESUME: gettext("The instance goes on; its time limits moved by the time it stood still."),
    }
    return answered(instance_id, refusal, done[act])


@pages.post("/instances/<int:instance_id>/retry")
def retry(instance_id: int) -> Response | tuple[str, int]:
    """Try a failed step again now."""
    require()
    tried: list[Incident] = []
    incident_id = request.form.get("incident", 0, type=int)

    def act(uow: UnitOfWork) -> None:
        version = expected_version()
        tried.append(retry_step(uow, incident_id, reason=reason(), by=signed_in().account, expected_version=version))

    refusal = carry_out(act)
    if refusal is NOT_REFUSED and tried[0].resolved_at is None:
        flash(gettext("It failed again: %(message)s", message=tried[0].message), "error")
        return redirect(url_for("operations.instance", instance_id=instance_id))
    return answered(instance_id, refusal, gettext("The step is done; the instance went on."))


@pages.post("/instances/<int:instance_id>/variables")
def variables(instance_id: int) -> str | tuple[str, int]:
    """The instance with its variables, for an operator who says why; that it was done is put on record first."""
    require()
    refusal = carry_out(
        lambda uow: note_reading(uow, find_instance(uow, instance_id), reason=reason(), by=signed_in().account)
    )
    if refusal is not NOT_REFUSED:
        return instance_page(instance_id, refusal, refused_in="variables"), refusal.status
    return instance_page(instance_id, with_variables=True)


def instance_page(
    instance_id: int, refusal: Refusal = NOT_REFUSED, *, refused_in: str = "", with_variables: bool = False, **more: Any
) -> str:
    """The page, with what was refused and where; `more` is for the panel that moves a token."""
    with runtime().reading() as uow:
        found = find_instance(uow, instance_id)
        shown = anatomy(uow, found, request.args.get("diagram", ""), more.get("moving"))
        account = signed_in().account
        may = with_variables or may_read(uow, found, account)
        return render_template(
            "operations/instance.html",
            it=shown,
            instance=found,
            now=uow.now,
            hazards=readable(uow, account, [found.business_key]),
            variables=_variables(uow, shown) if may else None,
            refusal=refusal,
            refused_in=refused_in,
            written=request.form,
            **more,
        )


def find_instance(uow: UnitOfWork, instance_id: int) -> Instance:
    """An instance with its definition. Raises NotFound."""
    found = uow.session.get(Instance, instance_id, options=[joinedload(Instance.definition)])
    if found is None:
        raise NotFound("instance", instance_id)
    return found


def answered(instance_id: int, refusal: Refusal, done: str) -> Response | tuple[str, int]:
    """The way on after an act: the instance's page with the news, or with why nothing was done."""
    if refusal is not NOT_REFUSED:
        return instance_page(instance_id, refusal, refused_in=request.form.get("form", "act")), refusal.status
    flash(done, "success")
    return redirect(url_for("operations.instance", instance_id=instance_id))


def reason() -> str:
    """The reason that was given, as it was written."""
    return request.form.get("reason", "")


def expected_version() -> int | None:
    """The version of the instance that the visitor saw."""
    return request.form.get("expected_version", type=int)


def _variables(uow: UnitOfWork, shown: Anatomy) -> Mapping[str, Any]:
    return dict(sorted(without_people(uow, shown.instance, shown.inside.variables).items()))
