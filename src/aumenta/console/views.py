"""The table console: one page that works offline, and the four addresses it talks to when there is a network.

No session and no account: a device proves itself with the secret it got for the table's QR code and PIN.
"""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from aumenta.console.shell import shell_files, version
from aumenta.console.sync import Batch, desk
from aumenta.console.words import words
from aumenta.listening.keep_operations import MOST_AT_ONCE
from aumenta.listening.keep_photo import PhotoNotKeptError, keep_photo
from aumenta.listening.models import TableDevice
from aumenta.listening.open_table import TableNotOpenedError, digest, open_table
from aumenta.listening.queries import console_settings

UNKNOWN_DEVICE = {"code": "unknown-device"}


@require_GET
def shell(request: HttpRequest) -> HttpResponse:
    """The page itself. It is the same for every table: which one is in the part of the address that stays local."""
    addresses = {
        "worker": reverse("console-worker"),
        "open": reverse("console-open"),
        "settings": reverse("console-settings"),
        "exchange": reverse("console-exchange"),
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
        "language": get_language(),
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
    try:
        device = UUID(str(body.get("device")))
        opened = open_table(code=str(body.get("code")), pin=str(body.get("pin")), device=device, now=timezone.now())
    except ValueError:
        return JsonResponse({"code": "bad-request"}, status=400)
    except TableNotOpenedError as refusal:
        return JsonResponse({"code": refusal.code}, status=403)
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
    """Operations in, what is kept and what is new out."""
    body = _body(request)
    records = body.get("operations", [])
    cursor, waiting = body.get("cursor", 0), body.get("waiting", 0)
    if not isinstance(records, list) or not _count(cursor) or not _count(waiting):
        return JsonResponse({"code": "bad-request"}, status=400)
    if len(records) > MOST_AT_ONCE:
        return JsonResponse({"code": "too-many", "most": MOST_AT_ONCE}, status=413)
    answer = await desk.submit(Batch(secret=_secret(request), cursor=cursor, records=records, waiting=waiting))
    if not answer.recognised:
        return JsonResponse(UNKNOWN_DEVICE, status=401)
    return JsonResponse(answer.as_json())


@csrf_exempt
@require_http_methods(["PUT"])
def photo(request: HttpRequest, photo: UUID) -> JsonResponse:
    """The file of a photo that the log has announced. Sending it twice changes nothing."""
    device = _device(request)
    if device is None:
        return JsonResponse(UNKNOWN_DEVICE, status=401)
    try:
        keep_photo(table=device.table, public_id=photo, content=request.body)
    except PhotoNotKeptError as refusal:
        return JsonResponse({"code": refusal.code}, status=409 if refusal.code == "not-announced" else 400)
    return JsonResponse({"kept": str(photo)})


def _body(request: HttpRequest) -> dict[str, Any]:
    try:
        body = json.loads(request.body or b"{}")
    except (ValueError, RecursionError):
        return {"operations": None}
    return body if isinstance(body, dict) else {"operations": None}


def _count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53


def _language(body: dict[str, Any]) -> str:
    return "en" if body.get("language") == "en" else "it"


def _secret(request: HttpRequest) -> str:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret if scheme == "Bearer" else ""


def _device(request: HttpRequest) -> TableDevice | None:
    found = TableDevice.objects.filter(secret_digest=digest(_secret(request)), shut_at=None)
    return found.select_related("table__event", "table__venue").first()
