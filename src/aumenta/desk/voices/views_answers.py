"""The office's queue of answers: admitting, taking charge, answering one point or several, reviewing, publishing."""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from aumenta.core.text import whole_number
from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.asking import asked_first
from aumenta.desk.voices.forms import AnswerForm
from aumenta.people.models import User
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.plan.models import Strategy
from aumenta.themes.models import ContributionSource, Theme
from aumenta.ui.parts import Tab
from aumenta.voices import queries
from aumenta.voices.contributions.admit import admit
from aumenta.voices.contributions.points import take_charge
from aumenta.voices.contributions.publish_answers import publish_answers, take_answer_back, to_publish
from aumenta.voices.contributions.write_answer import (
    answer_with,
    change_answer,
    drop_answer,
    review_answer,
    send_answer_back,
    write_answer,
)
from aumenta.voices.models import Answer, Claim, Consultation, Contribution
from aumenta.voices.rules import may_keep_contributions, may_publish_consultations

PER_PAGE: Final = 50
STATES: Final = {
    "da-ammettere": "to_admit",
    "da-rispondere": queries.WAITING,
    "da-rivedere": queries.WRITTEN,
    "pronte": queries.READY,
    "pubblicate": queries.DONE,
}
"""The word of each tab in the address, and what it counts."""


@desk_page(may_keep_contributions)
def queue(request: DeskRequest, number: int) -> HttpResponse:
    """What waits in a consultation: to be admitted, answered, reviewed, published; several at once."""
    consultation = get_object_or_404(Consultation.objects.select_related("edition"), pk=number)
    if request.method == "POST":
        return _take_step(request, consultation)
    counts = queries.counts_of(consultation)
    state = request.GET.get("stato", "")
    if state not in STATES:
        state = "da-ammettere" if counts["to_admit"] else "da-rispondere"
    if state == "da-ammettere":
        rows: QuerySet[Any] = consultation.contributions.filter(admission="received", withdrawn=False).order_by("pk")
    else:
        rows = _narrowed(
            request, queries.points_of(consultation).filter(queries.IN_STANDING[STATES[state]]), consultation
        )
    context = {
        "consultation": consultation,
        "counts": counts,
        "state": state,
        "tabs": _tabs(consultation, counts, state),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina")),
        "filters": {name: request.GET.get(name, "") for name in ("q", "chi", "strategia", "tema")},
        "strategies": [(one.code, one.title_it) for one in Strategy.objects.of(consultation.edition)],
        "themes": _themes_with_letters(consultation),
        "may_publish": may_publish_consultations(request.user),
        "today": timezone.localdate(),
        "soon": timezone.localdate() + queries.SOON,
        "to_erase": consultation.contributions.exclude(erasure_asked_on=None),
    }
    return render(request, "desk/voices/answers.html", context)


def _themes_with_letters(consultation: Consultation) -> QuerySet[Theme]:
    """The themes of events about the edition that somebody put contributions into."""
    return Theme.objects.filter(event__edition=consultation.edition, active=True, written__isnull=False).distinct()


def _tabs(consultation: Consultation, counts: Any, state: str) -> list[Tab]:
    labels = {
        "da-ammettere": _("To admit"),
        "da-rispondere": _("To answer"),
        "da-rivedere": _("To review"),
        "pronte": _("Ready"),
        "pubblicate": _("Published"),
    }
    at = reverse("desk:answers", args=[consultation.pk])
    return [Tab(label, f"{at}?stato={word}", word == state, counts[STATES[word]]) for word, label in labels.items()]


def _narrowed(request: DeskRequest, rows: QuerySet[Claim], consultation: Consultation) -> QuerySet[Claim]:
    asked = request.GET
    if words := asked.get("q", "")[:100]:
        found = Q(contribution__text__icontains=words) | Q(answer__text_it__icontains=words)
        year, number = (whole_number(part) for part in words.partition("/")[::2])
        if year is not None and number is not None:
            found |= Q(contribution__year=year, contribution__number=number)
        rows = rows.filter(found)
    if asked.get("chi") == "io":
        rows = rows.filter(contribution__taken_by=request.user)
    if asked.get("chi") == "nessuno":
        rows = rows.filter(contribution__taken_by=None)
    if strategy := asked.get("strategia", "")[:20]:
        named = Q(contribution__strategy_code="", contribution__asked_strategies__contains=strategy)
        rows = rows.filter(Q(contribution__strategy_code=strategy) | named)
    if (theme := whole_number(asked.get("tema", ""))) is not None:
        inside = ContributionSource.objects.filter(theme=theme, theme__event__edition=consultation.edition)
        rows = rows.filter(contribution__in=inside.values("contribution"))
    return rows


def _ticked(request: DeskRequest) -> list[int]:
    ticked = [*request.POST.getlist("chosen"), *request.POST.get("all", "")[:2000].split()]
    keys = dict.fromkeys(key for one in ticked if (key := whole_number(one)) is not None)
    return list(keys)[: 2 * PER_PAGE]


def _take_step(request: DeskRequest, consultation: Consultation) -> HttpResponse:
    verb, keys = request.POST.get("verb", ""), _ticked(request)
    back = redirect(f"{reverse('desk:answers', args=[consultation.pk])}?{request.GET.urlencode()}")
    if not keys:
        messages.warning(request, _("Tick some of them first."))
        return back
    if verb == "answer":
        at = reverse("desk:new_answer", args=[consultation.pk])
        return redirect(f"{at}?{urlencode([('punto', key) for key in keys])}")
    steps = {"admit": _admit, "take": _take, "let_go": _take, "review": _review}
    if verb in steps:
        steps[verb](request, consultation, keys, verb)
    return back


def _each(request: DeskRequest, rows: QuerySet[Any], act: Callable[[Any], object]) -> int:
    """Do it for each; a refusal is told with its thing and keeps no other one from it."""
    done = 0
    for one in rows:
        try:
            act(one)
            done += 1
        except RefusedError as refusal:
            messages.error(request, f"{one}: {refusal_sentence(refusal)}")
    return done


def _admit(request: DeskRequest, consultation: Consultation, keys: list[int], _verb: str) -> None:
    rows = consultation.contributions.filter(pk__in=keys, admission="received", withdrawn=False)
    done = _each(request, rows, lambda one: admit(person=request.user, contribution=one))
    text = ngettext("%(n)s contribution admitted.", "%(n)s contributions admitted.", done)
    messages.success(request, text % {"n": done})


def _take(request: DeskRequest, consultation: Consultation, keys: list[int], verb: str) -> None:
    rows = list(Contribution.objects.filter(consultation=consultation, claims__in=keys).distinct())
    done = take_charge(person=request.user, contributions=rows, let_go=verb == "let_go")
    if verb == "let_go":
        text = ngettext("You no longer see to %(n)s contribution.", "You no longer see to %(n)s contributions.", done)
    else:
        text = ngettext("You see to %(n)s contribution more.", "You see to %(n)s contributions more.", done)
    messages.success(request, text % {"n": done})


def _review(request: DeskRequest, consultation: Consultation, keys: list[int], _verb: str) -> None:
    shown = {}
    for one in request.POST.getlist("revision"):
        key, _dash, revision = one.partition("-")
        shown[whole_number(key)] = whole_number(revision)
    rows = Answer.objects.filter(claims__in=keys, claims__contribution__consultation=consultation).distinct()

    def act(answer: Answer) -> object:
        return review_answer(person=request.user, answer=answer, revision=shown.get(answer.pk) or 0)

    if not may_publish_consultations(request.user):
        messages.error(request, _("An approver reviews the answers."))
        return
    done = _each(request, rows, act)
    text = ngettext("%(n)s answer reviewed.", "%(n)s answers reviewed.", done)
    messages.success(request, text % {"n": done})


@require_POST
@desk_page(may_publish_consultations)
def publish(request: DeskRequest, number: int) -> HttpResponse:
    """Publish all answers that were reviewed, together; it says first how many and who gets a mail."""
    consultation = get_object_or_404(Consultation, pk=number)
    back = reverse("desk:answers", args=[consultation.pk])
    ready = to_publish(consultation)
    question = None
    if ready.answers:
        answers = ngettext("%(n)s answer is published.", "%(n)s answers are published.", len(ready.answers))
        closed = ngettext("%(n)s contribution is answered.", "%(n)s contributions are answered.", len(ready.closed))
        mails = ngettext("%(n)s e-mail goes out.", "%(n)s e-mails go out.", ready.mails)
        says = [answers % {"n": len(ready.answers)}, closed % {"n": len(ready.closed)}, mails % {"n": ready.mails}]
        if ready.open:
            numbers = ", ".join(one.label for one in ready.open[:10])
            says.append(_("Still open, because a point has no answer: %(numbers)s.") % {"numbers": numbers})
        question = asked_first(
            request,
            title=_("Publish the answers?"),
            question=_("Everybody can read them, as far as who wrote allows it."),
            says=says,
            submit=_("Publish together"),
            cancel=back,
            danger=False,
        )
    if question:
        return question
    try:
        done = publish_answers(person=request.user, consultation=consultation)
    except RefusedError as refusal:
        tell_refusal(request, refusal)
    else:
        text = ngettext("%(n)s answer published.", "%(n)s answers published.", len(done.answers))
        messages.success(request, text % {"n": len(done.answers)})
    return redirect(f"{back}?stato=pubblicate")


def _points(request: DeskRequest, consultation: Consultation) -> list[Claim]:
    keys = [whole_number(one) for one in request.GET.getlist("punto")][: 2 * PER_PAGE]
    return list(queries.points_of(consultation).filter(pk__in=[key for key in keys if key is not None]))


@desk_page(may_keep_contributions)
def new(request: DeskRequest, number: int) -> HttpResponse:
    """Answer the points named in the address, with new words or with an answer that is written already."""
    consultation = get_object_or_404(Consultation.objects.select_related("edition"), pk=number)
    points = _points(request, consultation)
    back = reverse("desk:answers", args=[consultation.pk])
    if not points:
        tell_refusal(request, RefusedError("no_point_chosen"))
        return redirect(back)
    key = whole_number(request.POST.get("same", ""))
    form = AnswerForm((None if key else request.POST) or None, edition=consultation.edition)
    if request.method == "POST" and (key or form.is_valid()):
        try:
            if key:
                given = get_object_or_404(Answer, pk=key, edition=consultation.edition)
                made = answer_with(person=request.user, answer=given, claims=points)
            else:
                made = write_answer(
                    person=request.user, claims=points, said=form.said, with_repeats="with_repeats" in request.POST
                )
        except RefusedError as refusal:
            if key:
                tell_refusal(request, refusal)
                return redirect(back)
            form.add_error(None, refusal_sentence(refusal))
        else:
            n = made.claims.count()
            text = ngettext("Saved: the answer is for %(n)s point.", "Saved: the answer is for %(n)s points.", n)
            messages.success(request, text % {"n": n})
            return redirect(f"{back}?stato=da-rispondere")
    repeats = Contribution.objects.filter(same_as__in=[one.contribution_id for one in points], withdrawn=False)
    context = {
        "consultation": consultation,
        "form": form,
        "points": points,
        "repeats": repeats.exclude(pk__in=[one.contribution_id for one in points]),
        "given": Answer.objects.filter(edition=consultation.edition).exclude(state=Answer.State.PUBLISHED)[:200],
    }
    return render(request, "desk/voices/answer_new.html", context)


@desk_page(may_keep_contributions)
def show(request: DeskRequest, number: int) -> HttpResponse:
    """One answer: its points, its words to change, the second pair of eyes, taking it off the site."""
    rows = Answer.objects.select_related("edition", "version", "written_by", "reviewed_by")
    answer = get_object_or_404(rows, pk=number)
    claims = list(answer.claims.select_related("contribution__consultation").order_by("contribution", "position"))
    consultation = next((one.contribution.consultation for one in claims), None)
    if request.method == "POST" and "verb" in request.POST:
        return _answer_step(request, answer, consultation)
    form = AnswerForm(request.POST or None, edition=answer.edition, initial=_shown(answer))
    if request.method == "POST" and form.is_valid():
        try:
            revision = form.cleaned_data["revision"] or 0
            change_answer(person=request.user, answer=answer, said=form.said, revision=revision)
        except RefusedError as refusal:
            form.add_error(None, refusal_sentence(refusal))
        else:
            messages.success(request, _("Saved. Somebody else has to review it."))
            return redirect("desk:answer", answer.pk)
    context = {
        "answer": answer,
        "claims": claims,
        "consultation": consultation,
        "form": form,
        "public": Answer.objects.shown().filter(pk=answer.pk).exists(),
        "may_review": may_publish_consultations(request.user) and not _wrote(request.user, answer),
        "may_publish": may_publish_consultations(request.user),
    }
    return render(request, "desk/voices/answer.html", context)


def _wrote(person: User, answer: Answer) -> bool:
    return answer.writers.filter(pk=person.pk).exists()


def _shown(answer: Answer) -> dict[str, Any]:
    names = ("outcome", "text_it", "text_en", "words", "passed_to", "revision")
    return {
        **{name: getattr(answer, name) for name in names},
        "sheet": answer.version.action_id if answer.version else None,
    }


def _point_of(request: DeskRequest, answer: Answer) -> Claim | None:
    """The point of this answer that was named; None where none was. Refused where it is no longer one of its points:
    the whole answer would be dropped for it."""
    named = request.POST.get("claim", "")
    found = answer.claims.filter(pk=whole_number(named) or 0).first() if named else None
    if named and found is None:
        raise RefusedError("answer_changed_meanwhile")
    return found


def _answer_step(request: DeskRequest, answer: Answer, consultation: Consultation | None) -> HttpResponse:
    verb, revision = request.POST["verb"], whole_number(request.POST.get("revision", "")) or 0
    back = reverse("desk:answers", args=[consultation.pk]) if consultation else reverse("desk:consultations")
    try:
        if verb == "review":
            review_answer(person=request.user, answer=answer, revision=revision)
            messages.success(request, _("Reviewed: it is published with the others."))
            return redirect(f"{back}?stato=da-rivedere")
        if verb == "send_back":
            remark = request.POST.get("remark", "")
            send_answer_back(person=request.user, answer=answer, revision=revision, remark=remark)
            return redirect(f"{back}?stato=da-rivedere")
        if verb == "take_back":
            take_answer_back(person=request.user, answer=answer)
        elif verb == "drop":
            drop_answer(person=request.user, answer=answer, claim=_point_of(request, answer))
            messages.success(request, _("The point waits for an answer again."))
            if not Answer.objects.filter(pk=answer.pk).exists():
                return redirect(back)
        else:
            raise RefusedError("nothing_chosen")
    except RefusedError as refusal:
        tell_refusal(request, refusal)
    return redirect("desk:answer", answer.pk)
