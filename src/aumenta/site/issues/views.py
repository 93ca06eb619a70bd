"""The issues of an edition: the published matrix, its file, and one issue with its public words."""

from collections.abc import Iterator
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from aumenta.core.tables import MEDIA_TYPES, SheetToWrite, write_table
from aumenta.people.reader import in_language
from aumenta.site.files.writing import check_format, file_of, licence_of, origin_of
from aumenta.site.plan.editions import editions
from aumenta.themes.issues.matrix import WRITTEN
from aumenta.themes.issues.publish_matrix import published_matrix
from aumenta.themes.models import Issue, IssueMatrix
from aumenta.ui.caching import public_page
from aumenta.ui.files import data_file
from aumenta.ui.not_found import NotHereError
from aumenta.voices.models import Passage, Talk

PER_PAGE: Final = 50


def kind_labels() -> dict[str, str]:
    """The kinds of source in the reader's language."""
    return {**{value: str(label) for value, label in Talk.Kind.choices}, WRITTEN: _("written contribution")}


@public_page
def issues(request: HttpRequest, label: str) -> HttpResponse:
    """Headings and issues, with the published counts of sources by zone, or of one kind of source."""
    shown = editions(label)
    used = Issue.objects.in_use().filter(edition=shown.shown).select_related("parent").order_by("position")
    headings = [one for one in used if one.parent is None]
    published = published_matrix(shown.shown)
    kinds = kind_labels()
    asked = request.GET.get("fonte", "")
    kind = asked if published and asked in published.content["kinds"] else ""
    counts = _counts(published, kind) if published else {}
    # An issue that came after the counts were published has none yet.
    none = {"zones": ["–"] * len(published.content["zones"]), "total": "–"} if published else {}
    context = {
        **shown.context,
        "headings": [
            _under(one, [(own, counts.get(own.pk, none)) for own in used if own.parent == one]) for one in headings
        ],
        "published": published,
        "zones": published.content["zones"] if published else [],
        "kinds": [(one, kinds[one]) for one in published.content["kinds"]] if published else [],
        "kind": kind,
        "sources": _sources(published, kinds) if published else [],
        "total": sum(1 for one in used if one.parent is not None),
        "origins": sorted({one.origin for one in used if one.origin}),
    }
    return render(request, "site/issues/issues.html", context)


def _under(heading: Issue, rows: list[tuple[Issue, dict[str, Any]]]) -> tuple[Issue, list[Any], bool, bool]:
    """A heading, its issues with their counts, and whether any total and any count of a zone is shown: columns of
    nothing but counts that are left out say nothing."""
    totals = any(isinstance(counts.get("total"), int) for _issue, counts in rows)
    zones = any(isinstance(count, int) for _issue, counts in rows for count in counts.get("zones", ()))
    return heading, rows, totals, zones


def _counts(published: IssueMatrix, kind: str) -> dict[int, dict[str, Any]]:
    """Issue → its counts by zone and its total; of one kind of source, or of all."""
    place = published.content["kinds"].index(kind) if kind else -1
    found = {}
    for one in published.content["issues"]:
        column = [row[place] for row in one["counts"]]
        found[one["key"]] = {"zones": column[:-1], "total": column[-1]}
    return found


def _sources(published: IssueMatrix, kinds: dict[str, str]) -> list[tuple[str, int | None]]:
    """How many sources of each kind were read; None for a small number."""
    counts = published.content["sources"]
    return [(kinds[one], count) for one, count in zip(published.content["kinds"], counts, strict=False)]


@public_page
def issue(request: HttpRequest, label: str, heading: int, place: int) -> HttpResponse:
    """One issue: what became of it, which actions answer it, and the words that may be read."""
    shown = editions(label)
    every = Issue.objects.filter(edition=shown.shown, parent__active=True).select_related(
        "parent", "merged_into__parent"
    )
    found = get_object_or_404(every, parent__position=heading, position=place)
    if not found.active:
        return _elsewhere(label, found)
    passages = (
        Passage.objects.quotable()
        .filter(codings__issue=found)
        .select_related("statement__talk", "contribution__zone")
        .order_by("pk")
    )
    published = published_matrix(shown.shown)
    rows = published.content["issues"] if published else []
    counted = next((one["counts"] for one in rows if one["key"] == found.pk), None)
    kinds = kind_labels()
    context = {
        **shown.context,
        "issue": found,
        "answers": found.answers.select_related("action__strategy__axis").order_by("action__pk"),
        "page": Paginator(passages, PER_PAGE).get_page(request.GET.get("pagina")),
        "published": published,
        "counted": counted,
        "by_kind": [
            (kinds[kind], count) for kind, count in zip(published.content["kinds"], counted[-1], strict=False) if count
        ]
        if published and counted
        else [],
        "total": counted[-1][-1] if counted else None,
    }
    return render(request, "site/issues/issue.html", context)


def _elsewhere(label: str, gone: Issue) -> HttpResponse:
    """The issue that took the passages of one that is out of use. Http404 where there is none."""
    into = gone.merged_into
    if into is None or not into.active or into.parent is None:
        raise NotHereError(_("This issue is out of use."))
    return redirect("site:issue", label, into.parent.position, into.position)


@data_file
def issues_file(request: HttpRequest, label: str, file_format: str) -> HttpResponse:
    """The published matrix as a file: a row for each issue, zone and kind of source."""
    check_format(file_format)
    shown = editions(label)
    published = published_matrix(shown.shown)
    rows = list(_rows(published)) if published else _without_counts(shown.shown.pk)
    origin = origin_of(shown.shown)
    if published:
        origin |= {"published_on": published.published_at.date().isoformat(), "sha256": published.sha256}
        origin |= {"invented": "1"} if published.content["invented"] else {}
    return file_of(request, rows, origin, name=f"criticita-{label}", what="issues", file_format=file_format)


@data_file
def issues_matrix(request: HttpRequest, label: str) -> HttpResponse:
    """The matrix as offices lay it out: a row for each issue, a column for each zone, all kinds of source together."""
    edition = editions(label).shown
    published = published_matrix(edition)
    zones = published.content["zones"] if published else []
    heads = [_("Issue"), _("Title"), *(f"{number} {name}".strip() or _("no one zone") for number, name in zones)]
    counts = _counts(published, "") if published else {}
    rows = []
    for one in _in_order(edition.pk):
        own = counts.get(one.pk, {"zones": [None] * len(zones), "total": None})
        rows.append([one.code, in_language(one.title_it, one.title_en), *own["zones"], own["total"]])
    about = [("source", edition.source or edition.title_it), *licence_of(edition).items()]
    about += [("sha256", published.sha256)] if published else []
    about += [("invented", "1")] if published and published.content["invented"] else []
    first, *others = about
    sheets = [
        SheetToWrite(_("Issues"), [*heads, _("Sources")], rows, frozen=2, widths=(8, 60)),
        SheetToWrite(_("Source and licence"), first, others, widths=(28, 60)),
    ]
    headers = {"Content-Disposition": f'attachment; filename="criticita-matrice-{edition.label}.ods"'}
    return HttpResponse(write_table(sheets, "ods"), content_type=MEDIA_TYPES["ods"], headers=headers)


def _in_order(edition: int) -> list[Issue]:
    """The issues in use, by heading and place."""
    used = Issue.objects.in_use().issues().filter(edition=edition).select_related("parent")
    return sorted(used, key=lambda one: (one.parent.position if one.parent else 0, one.position))


def _rows(published: IssueMatrix) -> Iterator[dict[str, Any]]:
    """Zone and kind are «all» where the row is a total, zone «none» where a source speaks for none; a count that is
    left out is empty and says so."""
    content = published.content
    zones = [*content["zones"], ["all", ""]]
    kinds = [*content["kinds"], "all"]
    for one in content["issues"]:
        for (zone, name), cells in zip(zones, one["counts"], strict=True):
            for kind, count in zip(kinds, cells, strict=True):
                yield {
                    "issue": one["code"],
                    "heading_it": one["heading_it"],
                    "title_it": one["title_it"],
                    "title_en": one["title_en"],
                    "zone": zone or "none",
                    "zone_name": name,
                    "kind": kind,
                    "sources": count,
                    "left_out": "1" if count is None else "0",
                }


def _without_counts(edition: int) -> list[dict[str, Any]]:
    """The issues alone, while no counts are published."""
    empty = {"zone": "", "zone_name": "", "kind": "", "sources": None, "left_out": ""}
    return [
        {
            "issue": one.code,
            "heading_it": one.parent.title_it if one.parent else "",
            "title_it": one.title_it,
            "title_en": one.title_en,
            **empty,
        }
        for one in _in_order(edition)
    ]
