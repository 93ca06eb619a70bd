"""Pages and news as the public reads them, and the feed of news."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from aumenta.core.tables.writing import clean
from aumenta.pages.models import Page
from aumenta.people.reader import reader_language
from aumenta.plan.models import Plan
from aumenta.ui.caching import public_page
from aumenta.ui.templatetags.media import shared_image
from aumenta.ui.templatetags.words import plain_words

ON_A_PAGE = 20
IN_FEED = 30


def _shown(kind: str, name: str) -> dict[str, Any]:
    pages = Page.objects.public().filter(kind=kind).select_related("image")
    page = get_object_or_404(pages, slug=name)
    context = {"page": page, "documents": [row.document for row in page.attachments.select_related("document")]}
    if page.image:
        context["share_image"] = (shared_image(page.image), plain_words(page.image, "alt"))
    return context


@public_page
def page(request: HttpRequest, name: str) -> HttpResponse:
    """A page the office wrote."""
    return render(request, "site/pages/page.html", _shown(Page.Kind.PAGE, name))


@public_page
def piece(request: HttpRequest, name: str) -> HttpResponse:
    """A piece of news."""
    return render(request, "site/pages/piece.html", _shown(Page.Kind.NEWS, name))


@public_page
def news(request: HttpRequest) -> HttpResponse:
    """All news, the latest first."""
    pages = Page.objects.public().news().select_related("image").defer("body_it", "body_en")
    shown = Paginator(pages, ON_A_PAGE).get_page(request.GET.get("pagina"))
    return render(request, "site/pages/news.html", {"pages": shown})


@public_page
def feed(request: HttpRequest) -> HttpResponse:
    """The latest news as an Atom feed."""
    plan = Plan.objects.order_by("pk").first()
    title = _("News of %(plan)s") % {"plan": plain_words(plan, "name")} if plan else _("News")
    address = settings.PUBLIC_ADDRESS
    made = Atom1Feed(
        title=title,
        link=address + reverse("site:news"),
        description="",
        language=reader_language(),
        feed_url=address + reverse("site:news_feed"),
        author_name=plain_words(plan, "authority") if plan else "Aumenta",
    )
    for one in Page.objects.public().news()[:IN_FEED]:
        # The identity stays when the address changes: readers are not shown the same news twice.
        made.add_item(
            title=clean(plain_words(one, "title")),
            link=address + reverse("site:news_piece", args=[one.slug]),
            description=clean(plain_words(one, "summary")),
            unique_id=f"tag:{urlsplit(address).hostname},{(one.was_public or one.saved_at).year}:news/{one.pk}",
            pubdate=one.from_at,
            updateddate=max(one.saved_at, one.from_at) if one.from_at else one.saved_at,
        )
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
