"""Consultations at the desk: which there are, preparing one, showing it to the public."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.asking import asked_for_good
from aumenta.desk.voices.forms import ConsultationForm
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.voices.contributions.consultations import (
    change_consultation,
    drop_consultation,
    hide_consultation,
    prepare_consultation,
    publish_consultation,
)
from aumenta.voices.models import Consultation
from aumenta.voices.rules import may_keep_contributions, may_publish_consultations


@desk_page(may_keep_contributions)
def show_all(request: DeskRequest) -> HttpResponse:
    """The consultations, with how many contributions came and how many wait to be admitted."""
    waiting = Count("contributions", filter=Q(contributions__admission="received", contributions__withdrawn=False))
    answered = Count("contributions", filter=Q(contributions__closed_at__isnull=False, contributions__withdrawn=False))
    rows = Consultation.objects.select_related("edition")
    rows = rows.annotate(came=Count("contributions"), waiting=waiting, answered=answered)
    return render(request, "desk/voices/consultations.html", {"consultations": rows})


@desk_page(may_keep_contributions)
def new(request: DeskRequest) -> HttpResponse:
    """Prepare a consultation; nobody sees it before it is published."""
    form = ConsultationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = prepare_consultation(person=request.user, facts=form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, refusal_sentence(refusal))
        else:
            messages.success(request, _("The consultation is prepared. Nobody sees it before you publish it."))
            return redirect("desk:consultation", made.pk)
    return render(request, "desk/voices/consultation.html", {"form": form})


@desk_page(may_keep_contributions)
def show(request: DeskRequest, number: int) -> HttpResponse:
    """One consultation: its facts to change, and the buttons that show it to the public or hide it."""
    consultation = get_object_or_404(Consultation, pk=number)
    verb = request.POST.get("verb", "")
    if verb in {"publish", "hide"}:
        try:
            act = publish_consultation if verb == "publish" else hide_consultation
            act(person=request.user, consultation=consultation)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        return redirect("desk:consultation", consultation.pk)
    if verb == "drop":
        return _drop(request, consultation)
    form = ConsultationForm(request.POST or None, instance=consultation)
    if request.method == "POST" and form.is_valid():
        try:
            kept = get_object_or_404(Consultation, pk=number)
            change_consultation(person=request.user, consultation=kept, facts=form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, refusal_sentence(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:consultation", consultation.pk)
    context = {
        "form": form,
        "consultation": get_object_or_404(Consultation, pk=number),
        "may_publish": may_publish_consultations(request.user),
        "droppable": consultation.published_at is None and not consultation.contributions.exists(),
    }
    return render(request, "desk/voices/consultation.html", context)


def _drop(request: DeskRequest, consultation: Consultation) -> HttpResponse:
    question = asked_for_good(
        request,
        title=_("Delete “%(name)s”?") % {"name": consultation.title_it},
        says=[_("Nobody has written to it; its texts go, in both languages.")],
        submit=_("Delete it"),
        cancel=reverse("desk:consultation", args=[consultation.pk]),
    )
    if question:
        return question
    try:
        drop_consultation(person=request.user, consultation=consultation)
    except RefusedError as refusal:
        tell_refusal(request, refusal)
        return redirect("desk:consultation", consultation.pk)
    messages.success(request, _("The consultation is deleted."))
    return redirect("desk:consultations")
