"""The texts of an edition outside its axes and sheets: foreword, reader's guide, analysis, process, vision, essays."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from aumenta.site.plan.editions import editions
from aumenta.ui.caching import public_page
from aumenta.ui.not_found import NotHereError


@public_page
def chapters(request: HttpRequest, label: str) -> HttpResponse:
    """The texts of an edition outside its sheets, in their order."""
    shown = editions(label)
    held = list(shown.shown.chapters.defer("text_it", "text_en"))
    return render(request, "site/plan/chapters.html", {**shown.context, "chapters": held})


@public_page
def chapter(request: HttpRequest, label: str, number: int) -> HttpResponse:
    """One text of an edition, with the one before and the one after."""
    shown = editions(label)
    held = list(shown.shown.chapters.defer("text_it", "text_en"))
    at = next((place for place, one in enumerate(held) if one.position == number), None)
    if at is None:
        raise NotHereError(_("This edition has no text number %(number)s.") % {"number": number})
    context = {
        **shown.context,
        "chapter": shown.shown.chapters.get(pk=held[at].pk),
        "before": held[at - 1] if at else None,
        "after": held[at + 1] if at + 1 < len(held) else None,
    }
    return render(request, "site/plan/chapter.html", context)
