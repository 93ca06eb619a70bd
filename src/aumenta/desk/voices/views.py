"""Written contributions at the desk: enter one or a table of them, with suggestions and similar voices while typing."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from aumenta.core.synthesis.process_encoder import encoder_here, encoder_is_open
from aumenta.core.text import whole_number
from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.voices.steps import take_step
from aumenta.events.models import Event
from aumenta.events.rules import may_publish
from aumenta.people.organisation_kinds import OrganisationKind
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.plan.models import Edition, Strategy
from aumenta.territory.models import Zone
from aumenta.themes.encoder_faults import faults_in_words
from aumenta.themes.models import ContributionSource
from aumenta.themes.strategy_matches import (
    likely_theme,
    matches_for_contribution,
    said_at_tables,
    similar_contributions,
)
from aumenta.themes.voices_of_themes import in_use
from aumenta.voices.contributions_table import (
    NAMES,
    ContributionRow,
    ContributionRows,
    given_back,
    rows_of_file,
    rows_of_text,
)
from aumenta.voices.models import Consultation, Contribution, ContributionSender
from aumenta.voices.record_contributions import (
    record_contribution,
    record_rows,
)
from aumenta.voices.rules import may_keep_contributions

PER_PAGE = 50
LARGEST = 3_000_000
MOST_NOTES = 10
"""Rows of which it is said how they were read: more would hide the rest of the page."""


class ContributionForm(forms.Form):
    """One text and what is known about it."""

    edition = forms.ModelChoiceField(Edition.objects.order_by("-first_year"), label=gettext_lazy("Edition"))
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 8, "class": "form-control"}),
    )
    zone = forms.ModelChoiceField(
        Zone.objects.order_by("number"),
        label=gettext_lazy("Zone"),
        required=False,
        empty_label=gettext_lazy("not known"),
    )
    organisation_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of organisation"),
        required=False,
        choices=[("", gettext_lazy("not known")), *OrganisationKind.choices],
    )
    received_on = forms.DateField(
        label=gettext_lazy("Received on"),
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
    )
    source = forms.CharField(
        label=gettext_lazy("How it came"), max_length=200, help_text=gettext_lazy("For example: e-mail, letter, form.")
    )
    consultation = forms.ModelChoiceField(
        Consultation.objects.exclude(published_at=None).select_related("edition"),
        label=gettext_lazy("To which consultation"),
        required=False,
        empty_label=gettext_lazy("none"),
        help_text=gettext_lazy("By letter or e-mail: it is answered like what came by the form, and by the same day."),
    )
    asked_publication = forms.BooleanField(
        label=gettext_lazy("Who wrote asked for publication"),
        required=False,
        help_text=gettext_lazy("Of a consultation only: without it nobody reads the text, with it without a name."),
    )
    private = forms.BooleanField(
        label=gettext_lazy("Not to be published"),
        required=False,
        help_text=gettext_lazy("It counts for the strategies, but stands in no words and in no matrix of themes."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A browser would cut what is pasted without a word: the text is refused with a sentence instead.
        self.fields["text"].widget.attrs.pop("maxlength", None)


def _edition(label: str) -> Edition | None:
    editions = Edition.objects.order_by("-first_year")
    return editions.filter(label=label).first() or editions.first()


@desk_page(may_keep_contributions)
def show_all(request: DeskRequest) -> HttpResponse:
    """All contributions about an edition, newest first; narrowed by words, zone and whether somebody has looked."""
    edition = _edition(request.GET.get("edizione", ""))
    rows = Contribution.objects.filter(edition=edition).select_related("zone", "same_as")
    words, zone, state = (request.GET.get(name, "") for name in ("q", "zona", "stato"))
    if words:
        rows = rows.filter(text__icontains=words[:100])
    if (zone_number := whole_number(zone[:4])) is not None:
        rows = rows.filter(zone__number=zone_number)
    rows = rows.filter(withdrawn=state == "ritirati")
    if state == "da-ammettere":
        rows = rows.filter(admission=Contribution.Admission.RECEIVED)
    if state == "da-guardare":
        rows = rows.filter(decided_by=None, strategy_code="", outside=False)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina")),
        "edition": edition,
        "editions": Edition.objects.order_by("-first_year"),
        "zones": Zone.objects.order_by("number"),
        "filters": {"q": words, "zona": zone, "stato": state},
    }
    return render(request, "desk/voices/contributions.html", context)


@desk_page(may_keep_contributions)
def add(request: DeskRequest) -> HttpResponse:
    """Enter one contribution; suggestions and similar voices appear while the text is typed."""
    start = {"received_on": timezone.localdate(), "edition": _edition("")}
    form = ContributionForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            made = record_contribution(person=request.user, **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, refusal_sentence(refusal))
        else:
            messages.success(request, _("The contribution is kept. Confirm the strategy it concerns."))
            return redirect("desk:contribution", made.pk)
    return render(request, "desk/voices/contribution_add.html", {"form": form})


@require_POST
@desk_page(may_keep_contributions)
def strategy_matches(request: DeskRequest) -> HttpResponse:
    """What is suggested for the text as typed so far: a piece of page."""
    edition = Edition.objects.filter(pk=whole_number(request.POST.get("edition", "")) or 0).first()
    text = request.POST.get("text", "")[:100_000]
    return render(
        request, "desk/voices/strategy_matches.html", _matches(edition, text, None) if edition and text.strip() else {}
    )


def _matches(edition: Edition, text: str, own: Contribution | None) -> dict[str, Any]:
    found = matches_for_contribution(edition, text)
    near = [] if found.preparing else similar_contributions(edition, text, but=own.pk if own else None)
    rows = Contribution.objects.select_related("zone").in_bulk([one.key for one in near])
    return {
        "matches": found,
        "similar": [(rows[one.key], one.same) for one in near if one.key in rows],
        "at_tables": [] if found.preparing else said_at_tables(edition, text),
        "own": own,
        "weaker": faults_in_words(encoder_here().skipped) if encoder_is_open() else "",
    }


@desk_page(may_keep_contributions)
def show(request: DeskRequest, number: int) -> HttpResponse:
    """One contribution: its text, the strategies it may concern with a confirmation, the voices like it."""
    beside = ("edition", "zone", "same_as", "consultation", "municipality", "taken_by")
    own = get_object_or_404(Contribution.objects.select_related(*beside), pk=number)
    if request.method == "POST":
        return take_step(request, own)
    strategies = [(strategy.code, strategy.title_it) for strategy in Strategy.objects.of(own.edition)]
    context = {
        "contribution": own,
        "strategies": strategies,
        "may_erase": may_publish(request.user),
        "sender": ContributionSender.objects.filter(contribution=own).first(),
        "files": own.attachments.all(),
        **_points_of(own),
        **_matches(own.edition, own.text, own),
    }
    context["events"] = [] if own.private or own.withdrawn else _themes_of_events(own, context["matches"].preparing)
    return render(request, "desk/voices/contribution.html", context)


def _points_of(own: Contribution) -> dict[str, Any]:
    """What is to be answered of it, how it may be divided, and the mails about it."""
    claims = list(own.claims.select_related("answer", "contribution"))
    divided = [one.text for one in claims if one.text] or [own.text]
    return {
        "claims": claims,
        "divisible": not any(one.answer_id for one in claims),
        "divided": "\n\n".join(divided),
        "attempts": own.attempts.all(),
    }


def _themes_of_events(own: Contribution, preparing: bool) -> list[dict[str, Any]]:
    """For each event about the edition that has themes: they, the one it is in, and the likeliest by its voices."""
    chosen = dict(ContributionSource.objects.filter(contribution=own).values_list("theme__event_id", "theme_id"))
    found = []
    for event in Event.objects.filter(edition=own.edition, themes__active=True).distinct().order_by("-starts_at"):
        themes = {theme.pk: theme for theme in event.themes.all()}
        now = in_use(themes, chosen[event.pk]) if event.pk in chosen else None
        likely = None if preparing or now else likely_theme(event, own.text)
        active = sorted((theme for theme in themes.values() if theme.active), key=lambda theme: theme.name.casefold())
        found.append({"event": event, "themes": active, "now": now, "likely": likely})
    return found


@desk_page(may_keep_contributions)
def add_many(request: DeskRequest) -> HttpResponse:
    """A pasted table or a file: the good rows are kept, the others given back with what is wrong with each."""
    edition = _edition(request.POST.get("edizione", ""))
    context: dict[str, Any] = {
        "edition": edition,
        "editions": Edition.objects.order_by("-first_year"),
        "pasted": request.POST.get("table", ""),
        "zones": Zone.objects.order_by("number"),
        "kinds": OrganisationKind.choices,
        "columns": list(NAMES.values()),
    }
    if request.method == "POST" and edition:
        try:
            found = _table_of(request, edition)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            context["bad"] = _keep(request, edition, found)
            if not context["bad"]:
                return redirect("desk:contributions")
            context["pasted"] = given_back(context["bad"])
    return render(request, "desk/voices/contributions_add.html", context)


def _table_of(request: DeskRequest, edition: Edition) -> ContributionRows:
    file = request.FILES.get("file")
    if file and (file.size or 0) > LARGEST:
        raise RefusedError("file_too_large", most=LARGEST // 1_000_000)
    repeated = "repeated" in request.POST
    if file:
        return rows_of_file(file.read(), edition=edition, repeated=repeated)
    return rows_of_text(request.POST.get("table", ""), edition=edition, repeated=repeated)


def _keep(request: DeskRequest, edition: Edition, found: ContributionRows) -> list[ContributionRow]:
    """Keep the good rows, say what was done, and return the others."""
    good = [row for row in found.rows if not row.problems]
    bad = [row for row in found.rows if row.problems]
    made = record_rows(person=request.user, edition=edition, rows=[row.values for row in good])
    if made or not bad:
        text = ngettext("%(n)s contribution is kept.", "%(n)s contributions are kept.", len(made))
        messages.success(request, text % {"n": len(made)})
    elif all(row.repeats for row in bad):
        messages.error(request, _("This table was entered already: nothing was kept."))
    read = [
        _("Row %(row)s: %(sentence)s") % {"row": row.number, "sentence": note} for row in good for note in row.notes
    ]
    for note in (*found.notes, *read[:MOST_NOTES]):
        messages.info(request, note)
    return bad
