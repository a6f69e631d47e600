"""What can be compared: a deployment, a draft, a release, or nothing; each under a key that stands in addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Response
from flask_babel import gettext

from engine.definitions.files import Files
from engine.errors import NotFound
from engine.modelling import draft_files, draft_of
from engine.releasing import deployment_files, release_files, release_of
from engine.runtime import UnitOfWork
from engine.storage.models import Deployment
from web.pages.designer.blueprint import pages
from web.wiring import runtime

NOTHING = "nothing"
_KEY = re.compile(r"(?:(deployment|draft|release)-)?([1-9]\d{0,17})")
_PLAIN = {"Content-Security-Policy": "default-src 'none'; sandbox", "Content-Disposition": "attachment"}
"""A file is handed out as text to be read by the viewer, never as a document that a browser would run."""


@dataclass(frozen=True)
class Version:
    """A set of files with its key and what it is called; `at` and `by` tell of a deployment when and whose it was."""

    key: str
    name: str
    files: Files
    at: datetime | None = None
    by: str = ""


def version_of(uow: UnitOfWork, key: str) -> Version:
    """The version of a key such as `deployment-3`, `draft-7`, `release-5`; a number alone is a deployment's.

    Raises NotFound.
    """
    if key == NOTHING:
        return Version(NOTHING, gettext("Nothing"), {})
    found = _KEY.fullmatch(key)
    if found is None:
        raise NotFound("version", key)
    kind, number = found[1] or "deployment", int(found[2])
    return {"deployment": _deployment, "draft": _draft, "release": _release}[kind](uow, number)


def key_of(deployment_id: int | None) -> str:
    """The key of a deployment, or that of nothing."""
    return NOTHING if deployment_id is None else f"deployment-{deployment_id}"


@pages.get("/versions/<key>/<path:name>")
def version_file(key: str, name: str) -> Response:
    """One file of a version, as plain text."""
    with runtime().reading() as uow:
        files: Mapping[str, bytes] = version_of(uow, key).files
    if name not in files:
        raise NotFound("file", name)
    return Response(files[name], mimetype="text/plain", headers=_PLAIN)


def _deployment(uow: UnitOfWork, number: int) -> Version:
    deployment = uow.session.get(Deployment, number)
    if deployment is None:
        raise NotFound("deployment", number)
    return Version(
        f"deployment-{number}",
        gettext("Deployment %(number)s", number=str(number)),
        deployment_files(uow.session, number),
        deployment.deployed_at,
        deployment.deployed_by,
    )


def _draft(uow: UnitOfWork, number: int) -> Version:
    draft = draft_of(uow.session, number)
    return Version(f"draft-{number}", gettext("Draft “%(name)s”", name=draft.name), draft_files(uow.session, number))


def _release(uow: UnitOfWork, number: int) -> Version:
    release = release_of(uow.session, number)
    return Version(
        f"release-{number}",
        gettext("Release %(number)s", number=str(number)),
        release_files(uow.session, number),
        release.proposed_at,
        release.proposed_by,
    )
