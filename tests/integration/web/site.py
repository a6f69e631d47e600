"""Visits a site as people do with a browser and programs do with a token."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from engine.clock import ReplayClock
from engine.runtime import Runtime
from engine.storage.models import TaskStatus, UserTask
from lookback.gate import IncomingGate
from lookback.places import places_of
from lookback.post_office import Outgoing
from web.application import create_application
from web.security.identity import SignedIn
from web.settings import WebSettings
from web.wiring import KEY
from webhooks.channels.wording import Wording
from webhooks.policy import Policy
from webhooks.sealing import Vault
from workflows.campaigns.content_areas import ContentArea, Source
from workflows.campaigns.opening import HENAN_2022, campaign_by_code
from workflows.cast.sign_ins import DEMO_COUNTY, DEMO_SECTOR
from workflows.hazards.models import Hazard
from workflows.hazards.register import Registration, register
from workflows.hazards.words import Severity
from workflows.organisations.api_tokens import TokenScope, issue
from workflows.organisations.models import Organisation, OrganisationKind, Person, RoleAssignment
from workflows.organisations.people import person_by_account
from workflows.organisations.roles import Role

VAULT = Vault(("a key of the tests",))
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 64
LARGEST_UPLOAD = 100_000
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def created(runtime: Runtime, settings: WebSettings) -> Flask:
    """The application with what the composition root gives it; it sends nothing anywhere."""
    zone = settings.calendar.zone
    return create_application(
        runtime,
        settings,
        IncomingGate(VAULT),
        Outgoing(Policy(), Wording("https://lookback.example", zone), {}, VAULT, places_of, zone),
    )


def body(response: TestResponse) -> Any:
    """The JSON that a response brought."""
    assert response.json is not None
    return response.json


@dataclass
class Browser:
    """One person's browser; it sends the CSRF token of the page that it saw last."""

    client: FlaskClient
    page: str = ""

    def get(self, path: str) -> TestResponse:
        response = self.client.get(path)
        self.page = response.text if response.mimetype == "text/html" else self.page
        return response

    def post(self, path: str, **fields: Any) -> TestResponse:
        token = TOKEN.search(self.page)
        response = self.client.post(path, data={"csrf_token": token[1] if token else "", **fields})
        self.page = response.text
        return response

    def hidden(self, name: str) -> str:
        """The value of a hidden field of the page's main form, which is its last."""
        found = re.findall(rf'name="{name}" value="([^"]*)"', self.page)
        assert found, f"no hidden field {name}"
        return found[-1]

    def complete(self, task_id: int, **answers: Any) -> TestResponse:
        """Send the form of the task's page that was seen last."""
        carried = {name: self.hidden(name) for name in ("expected_version", "request_key")}
        return self.post(f"/tasks/{task_id}/complete", **{**carried, **answers})


@dataclass
class Program:
    """A program that calls the API with a person's token."""

    client: FlaskClient
    token: str

    def get(self, path: str) -> TestResponse:
        return self.client.get(f"/api/v1{path}", headers=self._headers({}))

    def post(self, path: str, body: Any = None, *, data: Any = None, **headers: str) -> TestResponse:
        return self.client.post(f"/api/v1{path}", json=body, data=data, headers=self._headers(headers))

    def put(self, path: str, body: Any = None, **headers: str) -> TestResponse:
        return self.client.put(f"/api/v1{path}", json=body, headers=self._headers(headers))

    def _headers(self, more: Mapping[str, str]) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} | {k.replace("_", "-"): v for k, v in more.items()}


@dataclass
class Site:
    """The application with its engine and its clock, which stands still."""

    app: Flask
    runtime: Runtime
    clock: ReplayClock

    @property
    def uploads(self) -> Path:
        """The folder of uploaded files."""
        return self.app.extensions[KEY].settings.uploads

    def visitor(self) -> Browser:
        """A browser in which nobody is signed in."""
        return Browser(self.app.test_client())

    def browser(self, account: str) -> Browser:
        """A browser in which a person is signed in."""
        visitor = self.visitor()
        with self.runtime.reading() as uow, visitor.client.session_transaction() as session:
            person = person_by_account(uow.session, account)
            assert person is not None
            session["_user_id"], session["_fresh"] = SignedIn.of(person).get_id(), True
        return visitor

    def program(self, account: str, *scopes: TokenScope) -> Program:
        """A program with a person's token, by default for everything."""
        with self.runtime.unit_of_work() as uow:
            person = person_by_account(uow.session, account)
            assert person is not None
            issued = issue(uow, person, "test", scopes or tuple(TokenScope))
        return Program(self.app.test_client(), issued.secret)

    def register(self, **overrides: Any) -> Hazard:
        """A hazard of the demo's enterprise; its responsible person has the task of rectifying it."""
        with self.runtime.unit_of_work() as uow:
            return register(uow, Registration(**{**self.facts(), **overrides}), by="anweiban")

    def facts(self) -> dict[str, Any]:
        """What a registration of the demo's enterprise says."""
        with self.runtime.reading() as uow:
            person = person_by_account(uow.session, "zeren")
            assert person is not None
            unit = person.organisation
            campaign = campaign_by_code(uow.session, HENAN_2022.code)
        return {
            "campaign_id": campaign.id,
            "title": "燃气软管老化",
            "description": "后厨燃气软管老化开裂，未装自闭阀",
            "region_code": unit.region_code,
            "sector": DEMO_SECTOR,
            "severity": Severity.GENERAL,
            "content_area": ContentArea.SECTOR_CAMPAIGN,
            "source": Source.SECTOR_CAMPAIGN,
            "unit_name": unit.name,
            "unit_id": unit.id,
            "found_on": date(2022, 11, 8),
        }

    def task(self, hazard: Hazard, element_id: str = "rectify") -> UserTask:
        """The hazard's open task at an element."""
        with self.runtime.reading() as uow:
            found = select(UserTask).where(UserTask.business_key == hazard.number, UserTask.status == TaskStatus.OPEN)
            return uow.session.scalars(found.where(UserTask.element_id == element_id)).one()

    def stranger(self) -> str:
        """The account of a committee officer in another county than the demo's."""
        with self.runtime.reading() as uow:
            found = (
                select(Person.account)
                .join(RoleAssignment, RoleAssignment.person_id == Person.id)
                .join(Organisation, Organisation.id == RoleAssignment.organisation_id)
                .where(
                    RoleAssignment.role == Role.COMMITTEE_OFFICE,
                    Organisation.kind == OrganisationKind.COMMITTEE,
                    Organisation.region_code.like("______"),
                    Organisation.region_code != DEMO_COUNTY,
                )
            )
            return uow.session.scalars(found.order_by(Person.id)).all()[0]
