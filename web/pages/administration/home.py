"""Where administration begins: its sections."""

from __future__ import annotations

from flask import render_template

from web.pages.administration.blueprint import pages


@pages.get("/")
def home() -> str:
    return render_template("administration/home.html")
