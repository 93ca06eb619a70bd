"""The questions of a questionnaire: in their order, one added, changed, moved, taken out."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from aumenta.core.survey.questions import Question
from aumenta.core.text import whole_number
from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.asking import asked_for_good
from aumenta.desk.surveys.forms import QuestionForm
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.surveys.models import Questionnaire
from aumenta.surveys.rules import may_keep_questionnaires
from aumenta.surveys.shown import shown_questions, words_of
from aumenta.surveys.write_questionnaire import write_questions


def _questions(questionnaire: Questionnaire) -> tuple[list[Question], int]:
    """Those that are being written, else those in use; and the revision of what is written."""
    written = questionnaire.written
    version = written or questionnaire.in_use
    return list(version.questions) if version else [], written.revision if written else 0


@desk_page(may_keep_questionnaires)
def show(request: DeskRequest, number: int) -> HttpResponse:
    """The questions in their order, as they will be asked; add one, move one, take one out."""
    questionnaire = get_object_or_404(Questionnaire, pk=number)
    questions, revision = _questions(questionnaire)
    form = QuestionForm(initial={"seen": revision})
    status = 200
    if request.method == "POST" and request.POST.get("verb") == "add":
        form, status = QuestionForm(request.POST), 400
        if form.is_valid() and _kept(request, questionnaire, [*questions, form.question], form):
            return redirect("desk:questionnaire_questions", number)
    elif request.method == "POST":
        if question := _ask_to_drop(request, questionnaire, questions):
            return question
        _arrange(request, questionnaire, questions)
        return redirect("desk:questionnaire_questions", number)
    context = {
        "questionnaire": questionnaire,
        "questions": shown_questions(questions, {}, {}),
        "revision": revision,
        "form": form,
        "written": questionnaire.written,
    }
    return render(request, "desk/surveys/questions.html", context, status=status)


def _ask_to_drop(request: DeskRequest, questionnaire: Questionnaire, questions: list[Question]) -> HttpResponse | None:
    """A question with all its answers and translations is written anew by hand: asked before it goes."""
    place = whole_number(request.POST.get("place", ""))
    if request.POST.get("verb") != "drop" or place is None or not 1 <= place <= len(questions):
        return None
    one = questions[place - 1]
    return asked_for_good(
        request,
        title=_("Take out “%(text)s”?") % {"text": words_of(one)},
        says=[
            _("The question goes with its answers to choose from, in both languages."),
            _("Replies that came keep what they said; what is asked changes once somebody opens the new version."),
        ],
        submit=_("Take it out"),
        cancel=reverse("desk:questionnaire_questions", args=[questionnaire.pk]),
    )


def _arrange(request: DeskRequest, questionnaire: Questionnaire, questions: list[Question]) -> None:
    verb, place = request.POST.get("verb", ""), whole_number(request.POST.get("place", ""))
    seen = whole_number(request.POST.get("seen", "")) or 0
    try:
        if place is None or not 1 <= place <= len(questions) or verb not in {"up", "down", "drop"}:
            raise RefusedError("unknown_verb")
        one = questions.pop(place - 1)
        if verb != "drop":
            questions.insert(max(0, place - 2) if verb == "up" else place, one)
        write_questions(person=request.user, questionnaire=questionnaire, questions=questions, seen=seen)
    except RefusedError as refusal:
        tell_refusal(request, refusal)


@desk_page(may_keep_questionnaires)
def change(request: DeskRequest, number: int, position: int) -> HttpResponse:
    """One question, to be changed."""
    questionnaire = get_object_or_404(Questionnaire, pk=number)
    questions, revision = _questions(questionnaire)
    if not 1 <= position <= len(questions):
        raise Http404(_("There is no such question."))
    form = QuestionForm(request.POST or None, initial={**QuestionForm.of(questions[position - 1]), "seen": revision})
    if request.method == "POST" and form.is_valid():
        questions[position - 1] = form.question
        if _kept(request, questionnaire, questions, form):
            return redirect("desk:questionnaire_questions", number)
    status = 400 if form.is_bound else 200
    context = {"questionnaire": questionnaire, "form": form, "position": position}
    return render(request, "desk/surveys/question.html", context, status=status)


def _kept(request: DeskRequest, questionnaire: Questionnaire, questions: list[Question], form: QuestionForm) -> bool:
    try:
        write_questions(
            person=request.user,
            questionnaire=questionnaire,
            questions=questions,
            seen=form.cleaned_data["seen"] or 0,
        )
    except RefusedError as refusal:
        form.add_error(None, refusal_sentence(refusal))
        return False
    messages.success(request, _("Saved."))
    return True
