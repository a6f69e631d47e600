"""Choosing the language; the choice stays with the session."""

from __future__ import annotations

from flask import Blueprint, redirect, request, session
from werkzeug.wrappers import Response

from web.language import CHOICE
from web.pages.destination import destination
from web.settings import Language

pages = Blueprint("language", __name__)


@pages.post("/language")
def choose() -> Response:
    chosen = request.form.get("language", "")
    if chosen in list(Language):
        session[CHOICE] = chosen
    return redirect(destination())
