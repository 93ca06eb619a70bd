"""Coherence at the desk: instruments and their items, and sheet by sheet how the plan stands to them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aumenta.core.text import whole_number
from aumenta.desk.access import DeskRequest, desk_page, edition_or_404, sheet_or_404, tell_refusal
from aumenta.desk.governance.forms import day_field
from aumenta.desk.governance.post_instrument import post_instrument
from aumenta.governance.coherence.grid import grid, legend, proposals_of
from aumenta.governance.coherence.keep import add_version, judge, settle
from aumenta.governance.coherence.matrix import edition_with_sheets, matrix, since
from aumenta.governance.models import Act, Instrument, InstrumentVersion, Tie
from aumenta.governance.rules import keeps_all_bodies, may_judge, may_see_coherence
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Edition, FrameworkItem
from aumenta.review.rules import axes_continued_by
from aumenta.territory.models import Territory


class VersionForm(forms.Form):
    """A version of an instrument."""

    territory = forms.ModelChoiceField(label=gettext_lazy("Territory"), queryset=Territory.objects.all())
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Instrument.Kind.choices)
    name_it = forms.CharField(label=gettext_lazy("Name in Italian"), max_length=200)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=200, required=False)
    label = forms.CharField(label=gettext_lazy("Version, such as 2023-2025"), max_length=40)
    act = forms.ModelChoiceField(
        label=gettext_lazy("Act that approved it"),
        queryset=Act.objects.none(),
        required=False,
        empty_label=gettext_lazy("none"),
    )
    from_day = day_field(gettext_lazy("In force since"), required=False)
    horizon = forms.IntegerField(
        label=gettext_lazy("Last year it looks at"), min_value=1990, max_value=2200, required=False
    )
    printed_as = forms.ModelChoiceField(
        label=gettext_lazy("How the sheets name it"),
        queryset=FrameworkItem.objects.none(),
        required=False,
        empty_label=gettext_lazy("they do not"),
    )
    whole = forms.BooleanField(label=gettext_lazy("All its items will be here"), required=False)
    source = forms.CharField(label=gettext_lazy("Source"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (
            ("act", Act.objects.select_related("body")),
            ("printed_as", FrameworkItem.objects.filter(framework__code__in=["own_instrument", "higher_instrument"])),
        ):
            field: Any = self.fields[name]
            field.queryset = rows


@desk_page(may_see_coherence)
def instruments(request: DeskRequest) -> HttpResponse:
    """Every instrument with its versions, and a form for another."""
    form = VersionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_version(person=request.user, **form.cleaned_data)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            messages.success(request, _("Version entered: now load its items."))
            return redirect("desk:instrument", made.pk)
    shown = InstrumentVersion.objects.select_related("instrument", "act").order_by("instrument__position", "-label")
    context = {"versions": shown, "form": form if keeps_all_bodies(request.user) else None}
    return render(request, "desk/governance/instruments.html", context, status=409 if request.method == "POST" else 200)


@desk_page(may_see_coherence)
def instrument(request: DeskRequest, number: int) -> HttpResponse:
    """An instrument against an edition (`?edizione=`): the matrix by sheet, gaps, conflicts; a file of items in."""
    version = get_object_or_404(InstrumentVersion.objects.select_related("instrument__printed_as", "act"), pk=number)
    label = request.GET.get("edizione", "")
    chosen = edition_or_404(request, label) if label else edition_with_sheets(Edition.objects.all())
    if request.method == "POST":
        return post_instrument(request, version, chosen)
    found = matrix(chosen, version) if chosen else None
    asked = (request.GET.get("asse", "")[:10], request.GET.get("colonne", "")[:10])
    context = {
        "version": version,
        "editions": Edition.objects.order_by("-first_year"),
        "edition": chosen,
        "matrix": found,
        "grid": grid(found, axis=asked[0], part=asked[1], with_proposals=True) if found and found.items else None,
        "legend": legend(),
        "since": since(chosen, version) if chosen else None,
        "keeps": keeps_all_bodies(request.user),
        "judges": bool(chosen and axes_continued_by(request.user, chosen)),
        "kinds": Tie.Kind.choices,
    }
    return render(request, "desk/governance/instrument.html", context)


@desk_page(may_see_coherence)
def judged(request: DeskRequest, number: int, label: str, code: str) -> HttpResponse:
    """One sheet against every item of an instrument: what each tie is, and why."""
    version = get_object_or_404(InstrumentVersion.objects.select_related("instrument"), pk=number)
    action = sheet_or_404(request, label, code)
    if request.method == "POST":
        if not may_judge(request.user, action):
            raise PermissionDenied
        if _judge(request, version, action):
            return redirect(f"{reverse('desk:instrument', args=[number])}?edizione={label}")
    ties = {tie.item_id: tie for tie in Tie.objects.filter(action=action, item__version=version)}
    proposed = proposals_of(action, version)
    context = {
        "version": version,
        "action": action,
        "edition": action.strategy.axis.edition,
        "rows": [
            (item, _shown(request, item.pk, ties.get(item.pk)), None if item.pk in ties else proposed.get(item.pk))
            for item in version.items.all()
        ],
        "kinds": Tie.Kind.choices,
        "may": may_judge(request.user, action),
        "seen": _seen(version, ties),
    }
    return render(request, "desk/governance/judged.html", context, status=409 if request.method == "POST" else 200)


def _seen(version: InstrumentVersion, ties: dict[int, Tie]) -> str:
    return ",".join(f"{pk}:{tie.kind}" for pk, tie in sorted(ties.items()))


def _shown(request: DeskRequest, item: int, tie: Tie | None) -> dict[str, Any]:
    """What the form shows of an item: what was sent, where something was refused; else what is kept."""
    kept = (
        {"kind": tie.kind, "reason": tie.reason, "owner": tie.owner, "due": tie.due_on and f"{tie.due_on:%Y-%m-%d}"}
        if tie
        else {}
    )
    sent = {
        name: request.POST[f"{name}-{item}"]
        for name in ("kind", "reason", "owner", "due")
        if f"{name}-{item}" in request.POST
    }
    return {**kept, **sent, "tie": tie}


def _judge(request: DeskRequest, version: InstrumentVersion, action: Any) -> bool:
    """Write what changed on the page, all of it or nothing; False where something was refused."""
    ties = {tie.item_id: tie for tie in Tie.objects.filter(action=action, item__version=version)}
    try:
        if request.POST.get("verb") == "settle":
            tie = get_object_or_404(Tie, action=action, pk=whole_number(request.POST.get("tie", "")) or 0)
            settle(person=request.user, tie=tie, how=request.POST.get("how", ""))
            messages.success(request, _("Conflict settled."))
            return True
        if request.POST.get("seen", "") != _seen(version, ties):
            raise RefusedError("ties_changed_meanwhile")
        with transaction.atomic():
            for item in version.items.all():
                given = {
                    name: request.POST.get(f"{name}-{item.pk}", "").strip()
                    for name in ("kind", "reason", "owner", "due")
                }
                if given != _kept(ties.get(item.pk)):
                    judge(
                        person=request.user,
                        action=action,
                        item=item,
                        kind=given["kind"],
                        reason=given["reason"],
                        owner=given["owner"],
                        due_on=_day(given["due"]),
                    )
        messages.success(request, _("Ties of %(code)s saved.") % {"code": action.code})
    except RefusedError as refusal:
        tell_refusal(request, refusal)
        return False
    return True


def _kept(tie: Tie | None) -> dict[str, str]:
    if tie is None:
        return dict.fromkeys(("kind", "reason", "owner", "due"), "")
    return {
        "kind": tie.kind,
        "reason": tie.reason,
        "owner": tie.owner,
        "due": f"{tie.due_on:%Y-%m-%d}" if tie.due_on else "",
    }


def _day(written: str) -> Any:
    try:
        return parse_date(written)
    except ValueError:
        return None
