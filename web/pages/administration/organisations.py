"""Organisations: the list by place, one organisation with its people, and the form to found or change one."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from web.pages.administration import reading
from web.pages.administration.blueprint import NOT_REFUSED, Refusal, carry_out, mandate, pages, require
from web.paging import position
from web.places import place_in_words
from web.wiring import runtime, settings
from workflows.geography.divisions import HENAN, Division, divisions, path_of
from workflows.organisations.changing import (
    OrganisationFacts,
    change_organisation,
    close_organisation,
    found_organisation,
    reopen_organisation,
)
from workflows.organisations.directory import OrganisationFilter, PersonFilter
from workflows.organisations.directory import organisations as organisations_of
from workflows.organisations.directory import people as people_of
from workflows.organisations.mandates import ADMINISTERS, Mandate, ensure_looks_after
from workflows.organisations.models import Organisation, OrganisationKind
from workflows.organisations.sectors import Sector
from workflows.organisations.tree import COMMITTEES, organisation, superiors

PEOPLE_SHOWN = 100

FILTERS = ("q", "region", "kind", "sector", "state")


@pages.get("/organisations")
def organisations() -> str:
    require(ADMINISTERS)
    asked = _asked()
    with runtime().reading() as uow:
        mine = mandate(uow)
        after = position("organisations", request.args.get("after"))
        listed = organisations_of(uow.session, mine, asked, after=after, limit=settings().page_size)
        return render_template(
            "administration/organisations.html",
            listed=listed.rows,
            asked=asked,
            next=reading.next_page("administration.organisations", FILTERS, "organisations", listed.next),
            above=_above(asked.region_code, mine),
            below=_below(asked.region_code, mine),
            place_of=place_in_words,
            may_found=bool(mine.territories),
        )


@pages.get("/organisations/new")
def new_organisation() -> str:
    require(ADMINISTERS)
    return _form(None)


@pages.post("/organisations/new")
def add_organisation() -> Response | tuple[str, int]:
    require(ADMINISTERS)
    founded: list[Organisation] = []
    refusal = carry_out(lambda uow, mine: founded.append(found_organisation(uow, mine, _facts())))
    if refusal is not NOT_REFUSED:
        return _form(None, refusal), refusal.status
    flash(gettext("%(name)s was added.", name=founded[0].name), "success")
    return redirect(url_for("administration.organisation_page", organisation_id=founded[0].id))


@pages.get("/organisations/<int:organisation_id>")
def organisation_page(organisation_id: int) -> str:
    require(ADMINISTERS)
    return _page(organisation_id)


@pages.get("/organisations/<int:organisation_id>/edit")
def edit_organisation(organisation_id: int) -> str:
    require(ADMINISTERS)
    return _form(organisation_id)


@pages.post("/organisations/<int:organisation_id>/edit")
def save_organisation(organisation_id: int) -> Response | tuple[str, int]:
    require(ADMINISTERS)
    refusal = carry_out(
        lambda uow, mine: change_organisation(uow, mine, organisation_id, _facts(), expected_version=reading.version())
    )
    if refusal is not NOT_REFUSED:
        return _form(organisation_id, refusal), refusal.status
    flash(gettext("The change was saved."), "success")
    return redirect(url_for("administration.organisation_page", organisation_id=organisation_id))


@pages.post("/organisations/<int:organisation_id>/<any(close, reopen):how>")
def close_or_reopen(organisation_id: int, how: str) -> Response | tuple[str, int]:
    require(ADMINISTERS)
    act = close_organisation if how == "close" else reopen_organisation
    refusal = carry_out(
        lambda uow, mine: act(
            uow, mine, organisation_id, reason=reading.text("reason"), expected_version=reading.version()
        )
    )
    if refusal is not NOT_REFUSED:
        return _page(organisation_id, refusal), refusal.status
    said = gettext("The organisation was closed.") if how == "close" else gettext("The organisation is open again.")
    flash(said, "success")
    return redirect(url_for("administration.organisation_page", organisation_id=organisation_id))


def _page(organisation_id: int, refusal: Refusal = NOT_REFUSED) -> str:
    with runtime().reading() as uow:
        mine, found = mandate(uow), organisation(uow.session, organisation_id)
        ensure_looks_after(mine, found)
        asked = PersonFilter(organisation_id=found.id)
        staff = people_of(uow.session, mine, asked, after=None, limit=PEOPLE_SHOWN)
        return render_template(
            "administration/organisation.html",
            found=found,
            staff=staff,
            superiors=superiors(uow.session, found.id),
            below=_open_below(uow.session, found.id),
            may_shape=mine.shapes(found),
            place_of=place_in_words,
            refusal=refusal,
        )


def _form(organisation_id: int | None, refusal: Refusal = NOT_REFUSED) -> str:
    with runtime().reading() as uow:
        mine = mandate(uow)
        known = organisation(uow.session, organisation_id) if organisation_id is not None else None
        if known is not None:
            ensure_looks_after(mine, known)
        return render_template(
            "administration/organisation_form.html",
            known=known,
            entered=request.form if refusal is not NOT_REFUSED else _as_entered(known),
            kinds=list(OrganisationKind),
            regions=reading.regions_within(mine),
            possible_superiors=_possible_superiors(uow.session, known) if known else [],
            refusal=refusal,
        )


def _as_entered(known: Organisation | None) -> dict[str, object]:
    if known is None:
        return {"region": reading.text("region"), "kind": "", "name": "", "uscc": "", "sector": "", "parent": ""}
    return {
        "name": known.name,
        "kind": known.kind.value,
        "region": f"{known.region_code} {place_in_words(known.region_code)}",
        "sector": known.sector.value if known.sector else "",
        "uscc": known.uscc or "",
        "parent": known.parent_id or "",
    }


def _facts() -> OrganisationFacts:
    return OrganisationFacts(
        name=reading.text("name"),
        kind=reading.member(OrganisationKind, "kind"),
        region_code=reading.region_code("region"),
        sector=reading.member(Sector, "sector"),
        uscc=reading.text("uscc"),
        parent_id=reading.number("parent"),
    )


def _asked() -> OrganisationFilter:
    return OrganisationFilter(
        words=reading.text("q"),
        region_code=reading.text("region"),
        kind=reading.member(OrganisationKind, "kind"),
        sector=reading.member(Sector, "sector"),
        is_closed=reading.text("state") == "closed",
    )


def _above(code: str, mine: Mandate) -> list[Division]:
    """The regions that hold this one, itself last, as far up as the mandate reaches."""
    if code not in divisions():
        return []
    codes = path_of(code).strip("/").split("/")
    paths = [territory.region_path for territory in mine.territories]
    return [divisions()[each] for each in codes if any(path_of(each).startswith(path) for path in paths)]


def _below(code: str, mine: Mandate) -> list[Division]:
    """The regions directly below the one that is looked at, or those where the mandate begins."""
    if code in divisions():
        return [each for each in divisions().values() if each.parent_code == code]
    starts = {territory.region_path.strip("/").split("/")[-1] or HENAN for territory in mine.territories}
    return [divisions()[each] for each in sorted(starts)]


def _open_below(session: Session, organisation_id: int) -> Sequence[Organisation]:
    below = select(Organisation).where(Organisation.parent_id == organisation_id, Organisation.closed_at.is_(None))
    rows = below.order_by(Organisation.region_path, Organisation.id)
    return session.scalars(rows.limit(PEOPLE_SHOWN)).all()


def _possible_superiors(session: Session, known: Organisation) -> Sequence[Organisation]:
    """The committees over the organisation's place, and the departments of its sector there."""
    above = [path_of(code) for code in known.region_path.strip("/").split("/")]
    is_superior = Organisation.kind.in_(COMMITTEES)
    if known.sector is not None:
        is_superior |= (Organisation.kind == OrganisationKind.DEPARTMENT) & (Organisation.sector == known.sector)
    rows = select(Organisation).where(
        Organisation.region_path.in_(above), is_superior, Organisation.id != known.id, Organisation.closed_at.is_(None)
    )
    return session.scalars(rows.order_by(Organisation.region_path, Organisation.id)).all()
