"""The register of acts at the desk, and the road of one act: what was done, what is open, what is missing."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from aumenta.core.diff.words import diff_words
from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.governance import forms_acts as forms
from aumenta.desk.governance.views_papers import AnnexForm
from aumenta.governance.models import Act
from aumenta.governance.road import before_vote, from_vote, opinions
from aumenta.governance.road.annexes import content_of
from aumenta.governance.road.machine import DO_WORDS, MAIN_ROAD, VERB_WORDS, open_verbs
from aumenta.governance.road.missing import missing
from aumenta.governance.road.texts import readable_words
from aumenta.governance.rules import bodies_kept_by, may_keep_bodies, may_keep_body, may_see_bodies
from aumenta.people.models import User
from aumenta.people.refusals import RefusedError
from aumenta.ui.parts import Stage as RoadStep

ON_A_PAGE = 40
Doing = Callable[[User, Act, dict[str, Any]], object]


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _give(person: User, _act: Act, given: dict[str, Any]) -> object:
    given |= {name: _lines(given[name]) for name in ("conditions", "observations")}
    return opinions.give_opinion(person=person, **given)


def _of_act(verb: Callable[..., object]) -> Doing:
    return lambda person, act, given: verb(person=person, act=act, **given)


def _of_part(verb: Callable[..., object]) -> Doing:
    return lambda person, _act, given: verb(person=person, **given)


VERBS: Final[dict[str, tuple[type[forms.StepForm], Doing]]] = {
    "deposit": (forms.TextForm, _of_act(before_vote.deposit)),
    "send_back": (forms.NoteForm, _of_act(before_vote.send_back)),
    "examine": (forms.NoteForm, _of_act(before_vote.examine)),
    "ask_opinions": (forms.AskForm, _of_act(opinions.ask_opinions)),
    "give_opinion": (forms.GiveForm, _give),
    "observe": (forms.ObserveForm, _of_part(opinions.observe)),
    "answer_condition": (forms.AnswerForm, _of_part(opinions.answer_condition)),
    "depart": (forms.DepartForm, _of_part(opinions.depart)),
    "amend": (forms.AmendForm, _of_act(before_vote.amend)),
    "hear": (forms.HearForm, _of_act(before_vote.hear)),
    "adopt": (forms.DecideForm, _of_act(from_vote.decide)),
    "publish": (forms.PublishForm, _of_act(from_vote.publish)),
    "enforce": (forms.StepForm, _of_act(from_vote.enforce)),
    "put_in_force": (forms.ForceForm, _of_act(from_vote.put_in_force)),
    "supersede": (forms.NoteForm, _of_act(from_vote.supersede)),
    "withdraw": (forms.NoteForm, _of_act(before_vote.withdraw)),
}
"""What each verb asks for and how it is called; rejecting is deciding with a vote that failed."""


@desk_page(may_see_bodies)
def register(request: DeskRequest) -> HttpResponse:
    """All acts, those in preparation too."""
    acts = Act.objects.select_related("body", "edition")
    shown = Paginator(acts, ON_A_PAGE).get_page(request.GET.get("pagina"))
    return render(request, "desk/governance/acts.html", {"page": shown, "keeps": may_keep_bodies(request.user)})


@desk_page(may_keep_bodies)
def new(request: DeskRequest) -> HttpResponse:
    """Begin an act."""
    form = forms.ActForm(request.POST or None, bodies=bodies_kept_by(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            made = before_vote.open_act(person=request.user, **form.cleaned_data)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            messages.success(request, _("Act begun: nobody outside the office sees it before its deposit."))
            return redirect("desk:act", made.slug)
    return render(
        request, "desk/governance/new_act.html", {"form": form}, status=409 if request.method == "POST" else 200
    )


@desk_page(may_see_bodies)
def act(request: DeskRequest, slug: str) -> HttpResponse:
    """The road of an act; `verb` says which step is taken."""
    shown = get_object_or_404(Act.objects.select_related("body", "edition", "follows"), slug=slug)
    verb = request.POST.get("verb", "")
    form: forms.StepForm | None = None
    if request.method == "POST":
        form = _take_step(request, shown, verb)
        if form is None:
            return redirect("desk:act", slug)
    context = _road(shown) | {
        "forms": _forms(request.user, shown, verb, form),
        "keeps": may_keep_body(request.user, shown.body),
        "annex_form": AnnexForm(auto_id="annex_%s"),
    }
    return render(request, "desk/governance/act.html", context, status=409 if form is not None else 200)


def _take_step(request: DeskRequest, shown: Act, verb: str) -> forms.StepForm | None:
    """Take the step that was sent; the form with its faults where it could not be read, None where it is settled."""
    if verb not in VERBS:
        tell_refusal(request, RefusedError("unknown_verb"))
        return None
    kind, do = VERBS[verb]
    form = kind(request.POST, act=shown)
    if not form.is_valid():
        return form
    try:
        do(request.user, shown, dict(form.cleaned_data))
    except RefusedError as refusal:
        tell_refusal(request, refusal)
        return form
    messages.success(request, _("Noted: %(step)s.") % {"step": VERB_WORDS[verb]})
    return None


def _forms(
    person: User, shown: Act, verb: str, sent: forms.StepForm | None
) -> list[tuple[str, object, forms.StepForm]]:
    """The forms of the steps that are open for her: of a body that is only asked, that of its opinion."""
    mine = may_keep_body(person, shown.body)
    asked = shown.opinions.filter(given_on=None, body__in=bodies_kept_by(person)).select_related("body")
    if not mine:
        if "give_opinion" not in open_verbs(shown.state) or not asked:
            return []
        form = sent or forms.GiveForm(act=shown)
        form.offer("opinion", asked)
        return [("give_opinion", DO_WORDS["give_opinion"], form)]
    return [
        (name, DO_WORDS[name], sent if sent is not None and name == verb else VERBS[name][0](act=shown))
        for name in open_verbs(shown.state)
        if name in VERBS
    ]


def _road(shown: Act) -> dict[str, Any]:
    """What the page of an act shows."""
    today = timezone.localdate()
    texts = list(shown.texts.select_related("release", "condition__opinion__body").order_by("number"))
    asked = list(shown.opinions.select_related("body", "text").prefetch_related("conditions__municipality"))
    return {
        "act": shown,
        "steps": _steps(shown),
        "history": [
            (one, VERB_WORDS.get(one.verb, one.verb)) for one in shown.steps.select_related("person", "opinion__body")
        ],
        "opinions": [(one, one.standing(today), one.days_left(today)) for one in asked],
        "texts": texts,
        "words_now": readable_words(texts),
        "changes": [(after, diff_words(before.words, after.words)) for before, after in pairwise(texts)],
        "missing": missing(shown, today) if shown.state == Act.State.OPINIONS else [],
        "hearings": shown.hearings.select_related("event"),
        "polls": shown.polls.select_related("session__body"),
        "annexes": [(one, content_of(one) is not None) for one in shown.annexes.all()],
    }


def _steps(shown: Act) -> list[RoadStep]:
    """The main road as a row of steps: done, now, next."""
    if shown.state not in MAIN_ROAD:
        return []
    here = MAIN_ROAD.index(shown.state)
    return [
        RoadStep(str(Act.State(state).label), "done" if n < here else "now" if n == here else "next")
        for n, state in enumerate(MAIN_ROAD)
    ]
