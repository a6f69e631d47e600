"""The history of what was in effect, with the way back to each version."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from itertools import pairwise
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import func, select
from werkzeug.wrappers import Response

from engine.definitions.files import Files
from engine.errors import NotFound
from engine.modelling import newest_deployment
from engine.releasing import Release, deployment_files, releases_of_deployments
from engine.runtime import UnitOfWork
from engine.storage.models import Deployment, Resource
from web.pages.designer.blueprint import pages, require
from web.pages.designer.comparison import compared
from web.pages.designer.releasing import Refusal, carry_out, comment, examined
from web.pages.designer.versions import key_of
from web.pages.names import names_of
from web.paging import cursor, position
from web.security.identity import signed_in
from web.wiring import runtime, settings
from workflows.releases import ROLLS_BACK, go_back, go_back_at_once

LIST = "designer.deployments"
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The oldest moment that a packed file can carry; the same set is packed into the same bytes."""


@pages.get("/deployments")
def deployments() -> str:
    """Every version that was ever in effect, the present one first."""
    size, before = settings().page_size, position(LIST, request.args.get("cursor"))
    with runtime().reading() as uow:
        wanted = select(Deployment).order_by(Deployment.id.desc()).limit(size + 1)
        found = uow.session.scalars(wanted.where(Deployment.id < int(before[0])) if before else wanted).all()
        shown = found[:size]
        newest = newest_deployment(uow.session)
        return render_template(
            "designer/deployments.html",
            deployments=shown,
            newest=newest,
            earlier={each.id: below.id for each, below in pairwise(found)},
            releases=releases_of_deployments(uow.session, [each.id for each in shown]),
            files=_numbers_of_files(uow, [each.id for each in shown]),
            names=names_of(uow, (each.deployed_by for each in shown)),
            next=_after(shown[-1].id) if len(found) > size else None,
        )


@pages.get("/deployments/<int:deployment_id>/rollback")
def rollback(deployment_id: int) -> str:
    """What going back would change, and the form."""
    require(ROLLS_BACK)
    return _page(deployment_id)


@pages.post("/deployments/<int:deployment_id>/rollback")
def go_back_to(deployment_id: int) -> Response | tuple[str, int]:
    """Propose going back, or in an emergency do it."""
    require(ROLLS_BACK)
    with runtime().reading() as uow:
        examination = examined(deployment_files(uow.session, _existing(uow, deployment_id).id))
    rules, by = settings().releases, signed_in().account
    if request.form.get("how") == "at_once":
        refusal = carry_out(
            lambda uow: go_back_at_once(uow, deployment_id, rules, by=by, reason=comment(), examination=examination)
        )
        if refusal:
            return _page(deployment_id, refusal), refusal.status
        flash(gettext("The earlier version is in effect again. Your reason is on record."), "success")
        return redirect(url_for("designer.deployments"))
    made: list[Release] = []
    refusal = carry_out(
        lambda uow: made.append(go_back(uow, deployment_id, rules, by=by, comment=comment(), examination=examination))
    )
    if refusal:
        return _page(deployment_id, refusal), refusal.status
    flash(gettext("Going back is proposed. Somebody else looks at it now."), "success")
    return redirect(url_for("designer.release", release_id=made[0].id))


@pages.get("/deployments/<int:deployment_id>/download")
def download_deployment(deployment_id: int) -> FlaskResponse:
    """All files of a version, packed; `lookback definitions deploy` takes them unpacked."""
    with runtime().reading() as uow:
        content = packed(deployment_files(uow.session, _existing(uow, deployment_id).id))
    disposition = f'attachment; filename="deployment-{deployment_id}.zip"'
    return FlaskResponse(content, mimetype="application/zip", headers={"Content-Disposition": disposition})


def packed(files: Files) -> bytes:
    """The files in one archive. No name leads out of the folder into which it is unpacked."""
    packing = BytesIO()
    with ZipFile(packing, "w", ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in {"/", "..", "."}]
            archive.writestr(ZipInfo("/".join(parts), EARLIEST), content, ZIP_DEFLATED)
    return packing.getvalue()


def _page(deployment_id: int, refusal: Refusal | None = None) -> str:
    with runtime().reading() as uow:
        deployment, newest = _existing(uow, deployment_id), newest_deployment(uow.session)
        return render_template(
            "designer/deployments_rollback.html",
            deployment=deployment,
            newest=newest,
            compared=compared(uow, key_of(newest.id if newest else None), key_of(deployment_id)),
            rules=settings().releases,
            refusal=refusal,
            entered=request.form,
        )


def _existing(uow: UnitOfWork, deployment_id: int) -> Deployment:
    deployment = uow.session.get(Deployment, deployment_id)
    if deployment is None:
        raise NotFound("deployment", deployment_id)
    return deployment


def _numbers_of_files(uow: UnitOfWork, deployments: list[int]) -> Mapping[int, int]:
    counted = (
        select(Resource.deployment_id, func.count())
        .where(Resource.deployment_id.in_(deployments))
        .group_by(Resource.deployment_id)
    )
    return dict(uow.session.execute(counted).all())


def _after(last: int) -> str:
    return url_for("designer.deployments", cursor=cursor(LIST, [last]))
