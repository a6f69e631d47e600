"""The API's OpenAPI 3.1 document, written from the routes themselves."""

from __future__ import annotations

import http
from collections.abc import Iterable
from typing import Any, cast

from apispec import APISpec
from flask import Flask
from flask_smorest import Api
from flask_smorest.utils import prepare_response

from web.api.event_messages import messages
from web.api.schemas import ProblemSchema
from web.outgoing import EventType

PREFIX = "/api/v1"
PROBLEM_JSON = "application/problem+json"
OPTIONS: dict[str, Any] = {
    "API_TITLE": "Look-Back",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.1.0",
    "OPENAPI_URL_PREFIX": PREFIX,
    "OPENAPI_JSON_PATH": "openapi.json",
    "API_SPEC_OPTIONS": {
        "info": {
            "description": "Hazards, their tasks and the processes they run on. Errors are RFC 9457 problems; lists "
            "are paged by cursor; changes name the version they are based on in If-Match."
        },
        "components": {
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "An API token, limited to its scopes."},
                "session": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "session",
                    "description": "A browser's session; changes also need the X-CSRFToken header.",
                },
            }
        },
        "security": [{"token": []}, {"session": []}],
    },
}


class ProblemApi(Api):
    """An API whose errors are problem+json, answered by the application's one table of errors."""

    ERROR_SCHEMA = ProblemSchema

    def _register_error_handlers(self) -> None:
        """The application answers errors itself."""

    def _register_responses(self) -> None:
        for status in http.HTTPStatus:
            self._describe(status.name, status.phrase, is_error=status >= http.HTTPStatus.BAD_REQUEST)
        self._describe("DEFAULT_ERROR", "Any other problem", is_error=True)

    def _describe(self, name: str, phrase: str, *, is_error: bool) -> None:
        response = {"description": phrase, **({"schema": self.ERROR_SCHEMA} if is_error else {})}
        document = cast("APISpec", self.spec)  # set by init_app before this is called
        prepare_response(response, document, PROBLEM_JSON)
        document.components.response(name, response, lazy=True)


def set_up_api(app: Flask, types: Iterable[EventType]) -> ProblemApi:
    """Register the API's document; the subjects' blueprints are registered on what this returns.

    `types` are the events that endpoints are told of.
    """
    app.config.update(OPTIONS, API_SPEC_OPTIONS={**OPTIONS["API_SPEC_OPTIONS"], "webhooks": messages(types)})
    return ProblemApi(app)
