"""The addresses of the side processes, all below their hazard's."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import format_decimal

pages = Blueprint("side_processes", __name__, url_prefix="/hazards/<number>")
pages.add_app_template_filter(format_decimal, "amount")
