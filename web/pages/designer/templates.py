"""Element templates for Camunda's desktop modeler, as downloads."""

from __future__ import annotations

from flask import Response as FlaskResponse

from engine.definitions.element_templates import Platform, file_name, templates_for
from engine.errors import NotFound
from web.pages.designer.blueprint import pages
from web.wiring import runtime


@pages.get("/element-templates/<platform>")
def element_templates(platform: str) -> FlaskResponse:
    """The templates of one version, `platform-7` or `platform-8`; to be put into `.camunda/element-templates`."""
    if platform not in set(Platform):
        raise NotFound("platform", platform)
    wanted = Platform(platform)
    return FlaskResponse(
        templates_for(runtime().operators, wanted),
        mimetype="application/json",
        headers={"Content-Disposition": f'attachment; filename="{file_name(wanted)}"'},
    )
