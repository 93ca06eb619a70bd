"""What machines ask for: robots.txt, the site map, where to report a weakness, and whether the site is well."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache

from aumenta.mailing.health import health, worst
from aumenta.site.machines.sitemap import entries
from aumenta.ui.caching import public_page

VALID_FOR = timedelta(days=180)


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """All public pages may be read by machines; the desk, the tables and the regia ask for an account or a table."""
    private = [
        f"/{language}/{door}/" for language, _name in settings.LANGUAGES for door in ("scrivania", "accesso", "tavolo")
    ]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in private),
        f"Sitemap: {settings.PUBLIC_ADDRESS}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page, in each language, with its sisters in the others and when it last changed."""
    pages = []
    for entry in entries():
        addresses = []
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                path = reverse(f"site:{entry.route}", args=entry.arguments)
                addresses.append((language, settings.PUBLIC_ADDRESS + path))
        pages += [(address, addresses, entry.changed) for _language, address in addresses]
    return render(request, "site/sitemap.xml", {"pages": pages}, content_type="application/xml")


@public_page
def security(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116): the contact form, in whose first choice it stands."""
    until = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + VALID_FOR
    lines = [
        f"Contact: {settings.PUBLIC_ADDRESS}{reverse('site:contact')}",
        f"Expires: {until.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: it, en",
        f"Canonical: {settings.PUBLIC_ADDRESS}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """This process answers: for whoever starts it again where it does not. Asks nothing else."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """How database, data folder, worker, queue and mail are; status 503 where the site can't serve or keep anything."""
    parts = health()
    state = worst(parts)
    told = {part.name: {"state": part.state, "reason": part.reason} for part in parts}
    return JsonResponse({"state": state, "parts": told}, status=503 if state == "down" else 200)
