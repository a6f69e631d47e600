"""Files piece by piece over poor networks: the tus protocol 1.0 with creation, expiration and termination.

Protocol: https://tus.io/protocols/resumable-upload
"""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from email.utils import format_datetime
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

from flask import Blueprint, Response, request, url_for
from flask_login import login_required
from werkzeug.exceptions import HTTPException

from web.errors import UploadRefused
from web.security.identity import signed_in
from web.sentences import spoken
from web.uploads import store_content
from web.wiring import runtime, settings
from workflows.errors import OutOfScope, UnknownRecord
from workflows.uploads import Upload, UploadLimits, begin_upload, finish_upload, give_up, upload_of
from workflows.uploads.beginning import TooLarge
from workflows.uploads.pieces import Busy, append, held, place_of_pieces, received

pages = Blueprint("resumable", __name__, url_prefix="/uploads")
VERSION: Final = "1.0.0"
EXTENSIONS: Final = "creation,expiration,termination"
PIECE: Final = "application/offset+octet-stream"


@pages.before_request
@login_required
def _same_version() -> Response | None:
    if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != VERSION:
        return _answer(HTTPStatus.PRECONDITION_FAILED, {"Tus-Version": VERSION})
    return None


@pages.after_request
def _name_the_version(response: Response) -> Response:
    response.headers["Tus-Resumable"] = VERSION
    return response


@pages.route("", methods=["OPTIONS"])
def abilities() -> Response:
    """What this server can do."""
    told = {"Tus-Version": VERSION, "Tus-Extension": EXTENSIONS, "Tus-Max-Size": str(settings().largest_upload)}
    return _answer(HTTPStatus.NO_CONTENT, told)


@pages.post("")
def begin() -> Response:
    """Announce a file by its length and name."""
    length = request.headers.get("Upload-Length", "")
    if not length.isdecimal():
        return _answer(HTTPStatus.BAD_REQUEST)
    limits = UploadLimits(settings().largest_upload, settings().daily_uploads)
    try:
        with runtime().unit_of_work() as uow:
            account, name = signed_in().account, _metadata("filename")
            begun = begin_upload(uow, account=account, name=name, length=int(length), limits=limits)
    except TooLarge as refused:
        return _answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, said=spoken(refused.said))
    address = url_for("resumable.append_piece", upload_id=begun.id)
    return _answer(HTTPStatus.CREATED, {"Location": address, **_expires(begun.expires_at)})


@pages.route("/<upload_id>", methods=["HEAD"])
def progress(upload_id: str) -> Response:
    """How much of a file is here; whoever hears that all of it is, hears its reference too."""
    if _mine(upload_id) is None:
        return _answer(HTTPStatus.NOT_FOUND)
    here = received(place_of_pieces(settings().uploads, upload_id))
    upload = _mine(upload_id)  # once more, since its pieces go when it is kept
    if upload is None:
        return _answer(HTTPStatus.NOT_FOUND)
    if upload.reference:
        return _told(upload, upload.length)
    return _finish(upload_id) if here == upload.length else _told(upload, here)


@pages.patch("/<upload_id>")
def append_piece(upload_id: str) -> Response:
    """Take the next piece; with the last one the file is kept, and the answer names its reference."""
    if request.mimetype != PIECE:
        return _answer(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    upload = _mine(upload_id)
    if upload is None:
        return _answer(HTTPStatus.NOT_FOUND)
    try:
        return _append(upload.id)
    except Busy:
        return _answer(HTTPStatus.LOCKED)
    except UploadRefused as refused:
        _forget(upload)
        return _answer(HTTPStatus.UNPROCESSABLE_ENTITY, said=spoken(refused.said))


@pages.delete("/<upload_id>")
def end(upload_id: str) -> Response:
    """Give an upload up, with what came of it."""
    upload = _mine(upload_id)
    if upload is None:
        return _answer(HTTPStatus.NOT_FOUND)
    _forget(upload)
    return _answer(HTTPStatus.NO_CONTENT)


def _finish(upload_id: str) -> Response:
    """Keep a file whose every piece is here; the request that brought the last one may be about to, and is awaited."""
    place = place_of_pieces(settings().uploads, upload_id)
    try:
        with held(place, waits=True) as opened:
            upload = _mine(upload_id)
            if upload is not None and upload.reference is None:
                upload.reference = _keep(upload, opened.read())
            place.unlink(missing_ok=True)
        return _answer(HTTPStatus.NOT_FOUND) if upload is None else _told(upload, upload.length)
    except UploadRefused as refused:
        return _answer(HTTPStatus.UNPROCESSABLE_ENTITY, said=spoken(refused.said))


def _told(upload: Upload, here: int) -> Response:
    told = {"Upload-Offset": str(here), "Upload-Length": str(upload.length), "Cache-Control": "no-store"}
    return _answer(HTTPStatus.OK, {**told, **_kept_as(upload.reference)})


def _append(upload_id: str) -> Response:
    place = place_of_pieces(settings().uploads, upload_id)
    with held(place) as opened:
        upload = _mine(upload_id)  # as it is now that nobody else writes to it
        if upload is None or upload.reference is not None:
            place.unlink(missing_ok=True)
            return _answer(HTTPStatus.NOT_FOUND if upload is None else HTTPStatus.CONFLICT)
        here = received(place)
        if request.headers.get("Upload-Offset") != str(here):
            return _answer(HTTPStatus.CONFLICT)
        try:
            here += append(opened, request.stream, upload.length - here)
        except (OSError, HTTPException):  # the connection broke; what came is kept
            here = received(place)
        reference = _keep(upload, place.read_bytes()) if here == upload.length else None
    if reference is not None:
        place.unlink(missing_ok=True)
    told = {"Upload-Offset": str(here), **_expires(upload.expires_at), **_kept_as(reference)}
    return _answer(HTTPStatus.NO_CONTENT, told)


def _keep(upload: Upload, content: bytes) -> str:
    reference = store_content(content, upload.name)
    with runtime().unit_of_work() as uow:
        finish_upload(uow, upload, reference)
    return reference


def _forget(upload: Upload) -> None:
    with runtime().unit_of_work() as uow:
        give_up(uow, upload)
    place_of_pieces(settings().uploads, upload.id).unlink(missing_ok=True)


def _mine(upload_id: str) -> Upload | None:
    """The caller's own upload; somebody else's is not there, as is one whose time is over."""
    with runtime().reading() as uow:
        try:
            found = upload_of(uow.session, upload_id, signed_in().account)
        except (UnknownRecord, OutOfScope):
            return None
        return found if found.expires_at > uow.now else None


def _metadata(name: str) -> str:
    """A value of the header Upload-Metadata: pairs of a name and a text in base64, with commas between."""
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        key, _, coded = pair.strip().partition(" ")
        if key == name:
            try:
                return base64.b64decode(coded, validate=True).decode()
            except (binascii.Error, UnicodeDecodeError):
                return ""
    return ""


def _expires(at: datetime) -> dict[str, str]:
    return {"Upload-Expires": format_datetime(at, usegmt=True)}


def _kept_as(reference: str | None) -> dict[str, str]:
    """Our own header: under which reference the whole file is kept; a name may be Chinese, which no header holds."""
    return {"Upload-Reference": quote(reference)} if reference else {}


def _answer(status: HTTPStatus, headers: dict[str, str] | None = None, said: str = "") -> Response:
    return Response(said, status, headers or {}, mimetype="text/plain")
