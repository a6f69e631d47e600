"""What the ledger's pages share."""

from __future__ import annotations

from flask import Blueprint, request
from flask_babel import gettext

from engine.runtime import UnitOfWork
from web.security.identity import signed_in
from web.wiring import settings
from workflows.ledger.appearance import Appearance
from workflows.ledger.keeping import LedgerFiles
from workflows.ledger.models import ExportJob, ImportJob
from workflows.ledger.selection import Selection
from workflows.organisations.people import person_by_account
from workflows.permissions import Scope, scope_of

pages = Blueprint("ledger", __name__, url_prefix="/ledger")


@pages.before_request
def admit() -> None:
    """Nobody enters without being signed in. Raises NotSignedIn."""
    signed_in()


def account() -> str:
    """The account of the visitor."""
    return signed_in().account


def scope(uow: UnitOfWork) -> Scope:
    """What the visitor may read."""
    person = person_by_account(uow.session, account())
    return scope_of(uow.session, person) if person is not None else Scope()


def asked() -> tuple[Selection, Appearance]:
    """The selection of this request's address, and how it is to be shown."""
    pairs = list(request.args.items(multi=True))
    return Selection.from_query(pairs), Appearance.from_query(pairs)


@pages.app_template_global("said_of_job")
def said_of(job: ImportJob | ExportJob) -> str:
    """Why a job ended as it did: in the language of the request, or as the examination of the file said it."""
    return gettext(job.said)


def files() -> LedgerFiles:
    """Where the ledger's files lie."""
    return LedgerFiles(settings().ledger_files)
