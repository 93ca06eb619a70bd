"""Position papers on the site: which there are, a version with its sources, what changed since the one before."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from aumenta.results.models import Snapshot
from aumenta.site.plan.editions import editions
from aumenta.surveys.models import Questionnaire
from aumenta.themes.models import PaperVersion
from aumenta.themes.papers.read import changes_between, read_content
from aumenta.themes.papers.versions import public_versions
from aumenta.ui.caching import public_page
from aumenta.ui.not_found import NotHereError


@public_page
def papers(request: HttpRequest, label: str) -> HttpResponse:
    """The papers of an edition, each with its published versions."""
    shown = editions(label)
    found: dict[int, list[PaperVersion]] = {}
    for one in public_versions().filter(paper__edition=shown.shown).order_by("-paper", "-number"):
        found.setdefault(one.paper_id, []).append(one)
    return render(request, "site/papers/papers.html", {**shown.context, "papers": list(found.values())})


def _version(label: str, paper: int, number: int) -> PaperVersion:
    found = public_versions().filter(paper__edition__label=label, paper=paper, number=number).first()
    if found is None:
        raise NotHereError(_("This version is not on the site."))
    return found


@public_page
def version(request: HttpRequest, label: str, paper: int, number: int) -> HttpResponse:
    """A version: its parts under their axes, each with what it rests on."""
    shown, found = editions(label), _version(label, paper, number)
    others = list(public_versions().filter(paper=paper).exclude(pk=found.pk))
    context = {
        **shown.context,
        "version": found,
        "sections": read_content(found.content),
        "others": others,
        "before": next((one for one in others if one.number < number), None),
        **_pages(shown.shown.pk),
    }
    return render(request, "site/papers/paper.html", context)


def _pages(edition: int) -> dict[str, Any]:
    """The themes and questionnaires that have a page of their own."""
    public = Snapshot.objects.filter(event__edition=edition, event__results_published_at__isnull=False)
    shown = public.exclude(published_at=None).exclude(event__published_at=None)
    asked = Questionnaire.objects.public().filter(edition=edition).exclude(results_published_at=None)
    return {
        "theme_pages": {theme.id for snapshot in shown for theme in snapshot.read().themes},
        "questionnaire_pages": set(asked.values_list("slug", flat=True)),
    }


@public_page
def changes(request: HttpRequest, label: str, paper: int, number: int) -> HttpResponse:
    """What is not as it was in the published version before."""
    shown, found = editions(label), _version(label, paper, number)
    before = public_versions().filter(paper=paper, number__lt=number).first()
    if before is None:
        raise NotHereError(_("There is no published version before this one."))
    context = {**shown.context, "version": found, "before": before, "changes": changes_between(before, found)}
    return render(request, "site/papers/changes.html", context)
