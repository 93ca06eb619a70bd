"""Hands out what came with a contribution, as a download that no browser opens as a page of this site.

Nothing is asked of cookies: the address itself is the key, signed, and made anew for each page that shows it.
"""

from typing import Final

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from aumenta.voices.contributions.attachments import attachment_behind, stored_as

SAFE: Final = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex",
}


@require_safe
def download(request: HttpRequest, token: str) -> HttpResponse:
    """A file that came with a contribution, for whoever was shown its address within the hour."""
    found = attachment_behind(token)
    if found is None:
        raise Http404
    try:
        with default_storage.open(stored_as(found.key)) as file:
            content = file.read()
    except FileNotFoundError as error:
        raise Http404 from error
    label = found.contribution.label.replace("/", "-")
    name = f"contributo-{label}-allegato-{found.position}.{found.kind}"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/octet-stream", headers={**SAFE, **disposition})
