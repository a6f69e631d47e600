"""Security headers of every answer: nothing from elsewhere is loaded, nothing of ours is framed or kept."""

from __future__ import annotations

import secrets

from flask import Flask, Response, g, request

from web.settings import WebSettings

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; {styles}; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)
STYLES = "style-src 'self'"
STYLES_OF_EDITORS = "style-src-elem 'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'"
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
A_YEAR = 365 * 24 * 3600


def set_up_headers(app: Flask, settings: WebSettings) -> None:
    """Add the headers to every answer; pages are never stored, static files carry their hash and are kept."""

    @app.after_request
    def add(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", policy())
        response.headers.update(FIXED)
        if settings.secure_cookies:
            response.headers["Strict-Transport-Security"] = f"max-age={A_YEAR}; includeSubDomains"
        if request.endpoint != "static":
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    app.add_template_global(nonce)


def policy() -> str:
    """The content security policy of this request's answer."""
    styles = STYLES_OF_EDITORS if g.get("allows_inline_styles") else STYLES
    return POLICY.format(styles=styles.format(nonce=nonce()), nonce=nonce())


def allow_inline_styles() -> None:
    """Let this page's elements carry styles of their own: the modelers of bpmn.io write some. Scripts stay strict."""
    g.allows_inline_styles = True


def nonce() -> str:
    """The script nonce of this request, the same wherever it is asked for."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)
