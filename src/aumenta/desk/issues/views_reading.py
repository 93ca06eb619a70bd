"""Reading what was said and written: passages marked and given to issues, a second time without seeing the first."""

from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aumenta.core.text import whole_number
from aumenta.core.text.anchors import Span, from_line_ends, words_at
from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.asking import asked_for_good
from aumenta.desk.issues.forms import PassageForm
from aumenta.desk.issues.marked_text import marked_text
from aumenta.desk.issues.views import chosen_edition
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.themes.issues.code_passages import code_passage, take_from_issue
from aumenta.themes.models import Coding, Issue
from aumenta.voices.models import Contribution, Passage, SecondReading, Statement, Talk
from aumenta.voices.passages.second_reading import (
    begin_second_reading,
    finish_second_reading,
    passages_of,
    reading_of,
)
from aumenta.voices.rules import may_keep_contributions

PER_PAGE: Final = 25


@desk_page(may_keep_contributions)
def show_all(request: DeskRequest) -> HttpResponse:
    """The talks and contributions of an edition that can be read, with how many passages each has."""
    edition, editions = chosen_edition(request)
    first = Q(statements__passages__blind=False)
    talks = Talk.objects.filter(edition=edition, state=Talk.State.HELD).annotate(
        marked=Count("statements__passages", filter=first, distinct=True), said=Count("statements", distinct=True)
    )
    talks = talks.order_by("-held_on", "-pk")
    written = Contribution.objects.filter(
        edition=edition, withdrawn=False, admission=Contribution.Admission.ADMITTED
    ).annotate(marked=Count("passages", filter=Q(passages__blind=False)))
    written = written.order_by("-received_on", "-pk")
    context = {
        "edition": edition,
        "editions": editions,
        "talks": Paginator(talks, PER_PAGE).get_page(request.GET.get("voci")),
        "page": Paginator(written, PER_PAGE).get_page(request.GET.get("pagina")),
        "lost": Passage.objects.filter(statement__talk__edition=edition, lost=True).select_related("statement__talk")[
            :20
        ],
    }
    return render(request, "desk/issues/readings.html", context)


@desk_page(may_keep_contributions)
def read_talk(request: DeskRequest, number: int) -> HttpResponse:
    """The statements of a talk with their passages; one of them is open to be marked."""
    talk = get_object_or_404(Talk.objects.select_related("edition", "zone"), pk=number)
    return _read(request, talk)


@desk_page(may_keep_contributions)
def read_contribution(request: DeskRequest, number: int) -> HttpResponse:
    """A contribution with its passages, to be marked."""
    contribution = get_object_or_404(Contribution.objects.select_related("edition", "zone"), pk=number)
    return _read(request, contribution)


@dataclass(frozen=True)
class Shown:
    """A text that is read: itself, its words with the passages marked, and these with their issues."""

    text: Statement | Contribution
    marked: SafeString
    passages: list[Passage]


def _read(request: DeskRequest, source: Talk | Contribution) -> HttpResponse:
    reading = reading_of(request.user, source)
    texts: list[Statement] | list[Contribution]
    page = None
    if isinstance(source, Talk):
        page = Paginator(source.statements.select_related("speaker"), PER_PAGE).get_page(request.GET.get("pagina"))
        texts = list(page.object_list)
    else:
        texts = [source]
    open_ = _open(request, texts)
    issues = list(
        Issue.objects.in_use()
        .filter(edition=source.edition, parent__active=True)
        .select_related("parent")
        .order_by("position")
    )
    form = PassageForm(issues=issues)
    status = 200
    if request.method == "POST":
        if question := _ask_to_finish(request, source):
            return question
        done, form = _step(request, source, open_, issues)
        if done:
            return _again(request, source, open_)
        status = 400
    context: dict[str, Any] = {
        "source": source,
        "talk": source if isinstance(source, Talk) else None,
        "page": page,
        "texts": _shown(source, texts, reading),
        "open": open_,
        "form": form,
        "issues": issues,
        "reading": reading,
        "may_read_second": reading is None and _only_others_read(request, source),
    }
    return render(request, "desk/issues/read.html", context, status=status)


def _ask_to_finish(request: DeskRequest, source: Talk | Contribution) -> HttpResponse | None:
    """A second reading that is finished is compared and never opened again: asked first, with how much she marked."""
    if request.POST.get("verb") != "finish":
        return None
    n = passages_of(source).filter(blind=True, marked_by=request.user).count()
    name = "desk:read_talk" if isinstance(source, Talk) else "desk:read_contribution"
    return asked_for_good(
        request,
        title=_("Finish the second reading?"),
        says=[
            ngettext(
                "You marked %(n)s passage: it does not change any more.",
                "You marked %(n)s passages: they don't change any more.",
                n,
            )
            % {"n": n}
        ],
        submit=_("Finish and compare"),
        cancel=reverse(name, args=[source.pk]),
    )


def _only_others_read(request: DeskRequest, source: Talk | Contribution) -> bool:
    """Whether others marked something there and she did not: then she may read it a second time."""
    marked_by = set(passages_of(source).filter(blind=False).order_by().values_list("marked_by", flat=True).distinct())
    return bool(marked_by) and request.user.pk not in marked_by


def _open(request: DeskRequest, texts: list[Statement] | list[Contribution]) -> Statement | Contribution | None:
    """The text that is open to be marked: the one asked for, else the first."""
    asked = whole_number(request.POST.get("text", "") or request.GET.get("testo", ""))
    return next((one for one in texts if one.pk == asked), texts[0] if texts else None)


def _shown(
    source: Talk | Contribution, texts: list[Statement] | list[Contribution], reading: SecondReading | None
) -> list[Shown]:
    """The texts with the passages that she may see: her own alone while she reads without seeing the others."""
    # One query for all codings, and none for passages of statements on other pages of the talk.
    codings = Prefetch("codings", Coding.objects.select_related("issue__parent"))
    rows = passages_of(source).prefetch_related(codings)
    if isinstance(source, Talk):
        rows = rows.filter(statement__in=[one.pk for one in texts])
    rows = rows.filter(blind=True, marked_by=reading.reader) if reading else rows.filter(blind=False)
    by_text: dict[int, list[Passage]] = {}
    for passage in rows.select_related("statement", "contribution"):
        by_text.setdefault(passage.statement_id or passage.contribution_id or 0, []).append(passage)
    return [
        Shown(
            one,
            marked_text(one.text, [(p.start, p.end) for p in by_text.get(one.pk, []) if not p.lost]),
            by_text.get(one.pk, []),
        )
        for one in texts
    ]


def _step(
    request: DeskRequest, source: Talk | Contribution, text: Statement | Contribution | None, issues: list[Issue]
) -> tuple[bool, PassageForm]:
    """Do what the button says; whether the page is to be shown again, and the form as it was sent."""
    form = PassageForm(request.POST, issues=issues)
    verb = request.POST.get("verb", "")
    try:
        if verb == "mark":
            return _marked(request, text, form), form
        if verb == "take":
            coding = get_object_or_404(
                Coding.objects.select_related("passage"),
                pk=whole_number(request.POST.get("coding", "")),
                passage__in=passages_of(source),
            )
            take_from_issue(person=request.user, coding=coding)
        elif verb == "second":
            begin_second_reading(person=request.user, source=source)
        elif verb == "finish":
            finish_second_reading(person=request.user, source=source)
        else:
            raise RefusedError("unknown_verb")
    except RefusedError as refusal:
        tell_refusal(request, refusal)
    return True, form


def _marked(request: DeskRequest, text: Statement | Contribution | None, form: PassageForm) -> bool:
    if text is None or not form.is_valid():
        return False
    facts = form.cleaned_data
    span = _span(text.text, facts["words"], facts["start"], facts["end"])
    if span is None:
        form.add_error("words", _("These words do not stand in the text: copy them as they are written."))
        return False
    chosen = Issue.objects.filter(pk__in=facts["issues"])
    try:
        code_passage(person=request.user, text=text, span=span, issues=list(chosen), memo=facts["memo"])
    except RefusedError as refusal:
        form.add_error(None, refusal_sentence(refusal))
        return False
    messages.success(request, _("Marked."))
    return True


def _span(text: str, words: str, start: int | None, end: int | None) -> Span | None:
    """The passage: what was selected, where the words say the same; else the words, wherever they stand; else all."""
    if not words.strip():
        return Span(0, len(text))
    if start is not None and end is not None:
        span = Span(from_line_ends(text, start), from_line_ends(text, end))
        if text[span.start : span.end].split() == words.split():
            return span
    return words_at(text, words, near=start or 0)


def _again(request: DeskRequest, source: Talk | Contribution, text: Statement | Contribution | None) -> HttpResponse:
    name = "desk:read_talk" if isinstance(source, Talk) else "desk:read_contribution"
    response = redirect(name, source.pk)
    page = whole_number(request.GET.get("pagina", "")) or 1
    response["Location"] += f"?pagina={page}&testo={text.pk}#testo-{text.pk}" if text else ""
    return response
