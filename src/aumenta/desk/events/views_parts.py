"""The lines of a process and of an event: phases, programme, sessions and questions."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from aumenta.desk.access import DeskRequest, desk_page
from aumenta.desk.events.access import carried_out, event_or_404, tabs_of
from aumenta.desk.events.forms import (
    PhaseForm,
    ProcessForm,
    ProgrammeLineForm,
    QuestionForm,
    SessionForm,
    as_asked,
    kept,
    lines,
    short_name,
)
from aumenta.desk.events.meanwhile import Meanwhile
from aumenta.events.create_event import create_process
from aumenta.events.edit_event import change_process, has_begun, set_phases, set_programme, set_questions
from aumenta.events.models import Event, Process, Question
from aumenta.events.rules import may_prepare


@desk_page(may_prepare)
def new_process(request: DeskRequest) -> HttpResponse:
    """Begin a process of listening."""
    form = ProcessForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = short_name(form.cleaned_data["title_it"], Process)
        if carried_out(request, lambda: create_process(person=request.user, slug=name, **form.cleaned_data), form):
            return redirect("desk:process", name)
    return render(request, "desk/events/process.html", {"form": form})


@desk_page(may_prepare)
def process(request: DeskRequest, slug: str) -> HttpResponse:
    """A process: its titles, and its phases with their dates."""
    found = get_object_or_404(Process, slug=slug)
    form = ProcessForm(request.POST or None, instance=get_object_or_404(Process, slug=slug))
    rows = list(found.phases.values("title_it", "title_en", "starts_on", "ends_on"))
    phases = lines(PhaseForm, rows, request.POST or None, "fasi")
    meanwhile = Meanwhile(request, form, [(phases, rows)])
    if request.method == "POST" and form.is_valid() and phases.is_valid() and not meanwhile.moved:

        def write() -> None:
            change_process(person=request.user, process=found, **form.cleaned_data)
            set_phases(person=request.user, process=found, phases=kept(phases))

        if carried_out(request, write, form):
            return redirect("desk:process", slug)
    context = {"process": found, "form": form, "phases": phases, "events": found.events.all()}
    context["meanwhile"] = meanwhile
    return render(request, "desk/events/process.html", context)


@desk_page(may_prepare)
def programme(request: DeskRequest, slug: str) -> HttpResponse:
    """The programme, line by line."""
    event = event_or_404(request, slug)
    rows = list(event.programme.values("starts", "title_it", "title_en", "speakers"))
    formset = lines(ProgrammeLineForm, rows, request.POST or None, "righe")
    meanwhile = Meanwhile(request, lines=[(formset, rows)])
    if (
        request.method == "POST"
        and formset.is_valid()
        and not meanwhile.moved
        and carried_out(request, lambda: set_programme(person=request.user, event=event, lines=kept(formset)))
    ):
        return redirect("desk:event_programme", slug)
    context = {"event": event, "formset": formset, "meanwhile": meanwhile, "tabs": tabs_of(request, event)}
    return render(request, "desk/events/programme.html", context)


@desk_page(may_prepare)
def questions(request: DeskRequest, slug: str) -> HttpResponse:
    """Sessions, sticker rules and questions; only shown once the tables have begun."""
    event = event_or_404(request, slug)
    given = request.POST or None
    fields = ("kind", "title_it", "title_en", "question_it", "question_en", "stickers_each", "most_chosen")
    rows, asked = list(event.sessions.values(*fields)), _question_rows(event)
    sessions, formset = lines(SessionForm, rows, given, "sessioni"), lines(QuestionForm, asked, given, "domande")
    meanwhile = Meanwhile(request, lines=[(sessions, rows), (formset, asked)])
    fault = ""
    if request.method == "POST" and sessions.is_valid() and formset.is_valid() and not meanwhile.moved:
        try:
            wanted = as_asked(kept(sessions), kept(formset))
        except forms.ValidationError as error:
            fault = " ".join(error.messages)
        else:
            if carried_out(request, lambda: set_questions(person=request.user, event=event, sessions=wanted)):
                return redirect("desk:event_questions", slug)
    context = {
        "event": event,
        "sessions": sessions,
        "questions": formset,
        "fault": fault,
        "meanwhile": meanwhile,
        "begun": has_begun(event),
        "strategies": event.strategies.all(),
        "tabs": tabs_of(request, event),
    }
    return render(request, "desk/events/questions.html", context)


def _question_rows(event: Event) -> list[dict[str, Any]]:
    """The questions of an event as the form has them, each with the number of its session."""
    asked = Question.objects.filter(session__event=event).order_by("session__position", "position")
    texts = ("text_it", "text_en", "short_it", "short_en")
    return [
        {"session_number": question.pop("session__position"), **question}
        for question in asked.values("session__position", *texts)
    ]
