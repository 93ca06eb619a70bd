"""The table console: one page that works offline, and the four addresses it talks to when there is a network.

No session and no account: a device proves itself with the secret it got for the table's QR code and PIN.
"""

import json
import re
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aumenta.console.exchange import UNKNOWN_DEVICE, answer_exchange, bearer, read_body
from aumenta.console.messages import words
from aumenta.console.shell import shell_files, version
from aumenta.core.text import can_be_kept
from aumenta.events.models import TableDevice
from aumenta.events.queries import console_settings
from aumenta.events.tables.keep_photo import keep_photo
from aumenta.events.tables.keep_photo_piece import LARGEST_PIECE, keep_photo_piece, received
from aumenta.events.tables.open_table import digest, leave_table, open_table
from aumenta.people.reader import reader_language
from aumenta.people.refusals import RefusedError
from aumenta.ui.client import client_network

_RANGE = re.compile(r"bytes (\d{1,8})-\d{1,8}/(\d{1,8})\Z")


@require_GET
def shell(request: HttpRequest) -> HttpResponse:
    """The page itself. It is the same for every table: which one is in the part of the address that stays local."""
    addresses = {
        "worker": reverse("console-worker"),
        "open": reverse("console-open"),
        "settings": reverse("console-settings"),
        "exchange": reverse("console-exchange"),
        "leave": reverse("console-leave"),
        "photo": reverse("console-photo", args=[UUID(int=0)]).removesuffix(str(UUID(int=0))),
    }
    return render(
        request, "console/shell.html", {"version": version(), "given": {"words": words(), "addresses": addresses}}
    )


@require_GET
@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, with the list of files that make the page work offline."""
    context = {
        "version": version(),
        "language": reader_language(),
        "page": reverse("console"),
        "files_json": json.dumps(shell_files()),
    }
    return render(request, "console/worker.js", context, content_type="text/javascript")


@require_GET
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to install the page."""
    return render(request, "console/manifest.webmanifest", content_type="application/manifest+json")


@csrf_exempt
@require_POST
def open_from_device(request: HttpRequest) -> JsonResponse:
    """QR code and PIN → the device's secret and everything it needs offline."""
    body = _body(request)
    code, pin = str(body.get("code")), str(body.get("pin"))
    try:
        device = UUID(str(body.get("device")))
    except ValueError:
        return JsonResponse({"code": "bad-request"}, status=400)
    if not can_be_kept(code + pin):
        return JsonResponse({"code": "bad-request"}, status=400)
    try:
        opened = open_table(
            code=code,
            pin=pin,
            device=device,
            now=timezone.now(),
            network=client_network(request),
        )
    except RefusedError as refusal:
        return JsonResponse(_as_told(refusal), status=403)
    with translation.override(_language(body)):
        return JsonResponse({"secret": opened.secret, "settings": console_settings(opened.table)})


@csrf_exempt
@require_POST
def settings_for_device(request: HttpRequest) -> JsonResponse:
    """The table's settings again: people register and badges are handed out until the last minute."""
    device = _device(request)
    if device is None:
        return JsonResponse(UNKNOWN_DEVICE, status=401)
    with translation.override(_language(_body(request))):
        return JsonResponse({"settings": console_settings(device.table)})


@csrf_exempt
@require_POST
async def exchange(request: HttpRequest) -> JsonResponse:
    """Operations in, what is kept and what is new out. The ASGI server answers this address in `console.asgi`."""
    status, answer = await answer_exchange(request.body, request.headers.get("Authorization", ""))
    return JsonResponse(answer, status=status)


@csrf_exempt
@require_POST
def leave(request: HttpRequest) -> JsonResponse:
    """The device leaves its table: its secret opens nothing any more. The QR code and the PIN open the table again."""
    device = _device(request)
    if device is None:
        return JsonResponse(UNKNOWN_DEVICE, status=401)
    leave_table(device=device, now=timezone.now())
    return JsonResponse({"left": str(device.public_id)})


@csrf_exempt
@require_http_methods(["GET", "PUT"])
def photo(request: HttpRequest, photo: UUID) -> JsonResponse:
    """The file of a photo that the log has announced, whole or in pieces (Content-Range); GET says how much is here.

    Sending it twice changes nothing.
    """
    device = _device(request)
    if device is None:
        return JsonResponse(UNKNOWN_DEVICE, status=401)
    table = device.table
    try:
        if request.method == "GET":
            here, whole = received(table=table, public_id=photo)
        elif "Content-Range" in request.headers:
            part = _RANGE.match(request.headers["Content-Range"])
            if part is None or len(request.body) > LARGEST_PIECE:
                return JsonResponse({"code": "bad-request"}, status=400)
            start, total = int(part[1]), int(part[2])
            here, whole = keep_photo_piece(table=table, public_id=photo, start=start, total=total, content=request.body)
        else:
            keep_photo(table=table, public_id=photo, content=request.body)
            here, whole = len(request.body), True
    except RefusedError as refusal:
        return JsonResponse(_as_told(refusal), status=409 if refusal.code == "not_announced" else 400)
    return JsonResponse({"received": here, "kept": str(photo) if whole else ""})


def _as_told(refusal: RefusedError) -> dict[str, str]:
    """The code alone, as the protocol of the tables writes its words: a device has the sentences with it."""
    return {"code": refusal.code.replace("_", "-")}


def _body(request: HttpRequest) -> dict[str, Any]:
    return read_body(request.body)


def _language(body: dict[str, Any]) -> str:
    return "en" if body.get("language") == "en" else "it"


def _device(request: HttpRequest) -> TableDevice | None:
    found = TableDevice.objects.that_are_open(timezone.now()).filter(
        secret_digest=digest(bearer(request.headers.get("Authorization", "")))
    )
    return found.select_related("table__event", "table__venue").first()
