"""Bodies, who sits in them on a day, who stands for a municipality, and the rules by which they decide."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.governance.forms import EndForm, MandateForm, MunicipalOfficeForm, NoticeForm, RuleForm
from aumenta.governance.composition import composition, seats_by_zone
from aumenta.governance.keep_mandates import add_mandate, end_mandate
from aumenta.governance.keep_notice import set_notice
from aumenta.governance.keep_offices import add_office, end_office
from aumenta.governance.keep_rules import change_rule, confirm_rule
from aumenta.governance.models import Body, BodyRule, Mandate, MunicipalOffice
from aumenta.governance.rule_words import rule_words
from aumenta.governance.rules import keeps_all_bodies, may_keep_bodies, may_keep_body, may_keep_offices, may_see_bodies
from aumenta.people.refusals import RefusedError
from aumenta.territory.models import Municipality


def asked_day(request: DeskRequest) -> date:
    """The day in `?giorno=`; today where there is none, or none that is a day."""
    try:
        return parse_date(request.GET.get("giorno", "")) or timezone.localdate()
    except ValueError:
        return timezone.localdate()


@desk_page(may_see_bodies)
def show_all(request: DeskRequest) -> HttpResponse:
    """All bodies with their rules, those that the office has not confirmed marked."""
    bodies = Body.objects.select_related("zone").prefetch_related("rules")
    waiting = BodyRule.objects.filter(confirmed_on=None).count()
    return render(request, "desk/governance/bodies.html", {"bodies": bodies, "waiting": waiting})


@desk_page(may_see_bodies)
def body(request: DeskRequest, slug: str) -> HttpResponse:
    """Who sits in a body on a day (`?giorno=`), its rules, and a form for a new mandate."""
    shown = get_object_or_404(Body.objects.select_related("territory", "zone"), slug=slug)
    keeps = may_keep_body(request.user, shown)
    if request.method == "POST" and request.POST.get("verb") == "notice":
        return _notice(request, shown)
    form = MandateForm(request.POST or None, body=shown)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_mandate(person=request.user, body=shown, **form.cleaned_data)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            messages.success(request, _("Mandate of %(who)s entered.") % {"who": made.holder})
            return redirect("desk:body", slug)
    day = asked_day(request)
    found = composition(shown, day)
    context = {
        "body": shown,
        "day": day,
        "composition": found,
        "zones": seats_by_zone(found),
        "rules": [(one, rule_words(one.rule)) for one in shown.rules.select_related("confirmed_by", "body")],
        "past": shown.mandates.filter(to_day__lt=day).select_related("holder", "replaced_by__holder"),
        "form": form if keeps else None,
        "end_form": EndForm(),
        "notice_form": NoticeForm(initial={"days": shown.notice_days}) if keeps else None,
    }
    return render(request, "desk/governance/body.html", context, status=409 if request.method == "POST" else 200)


def _notice(request: DeskRequest, shown: Body) -> HttpResponse:
    """How many days before a session its notice goes out."""
    form = NoticeForm(request.POST)
    if form.is_valid():
        set_notice(person=request.user, body=shown, days=form.cleaned_data["days"])
        messages.success(request, _("Days of notice saved."))
    else:
        messages.error(request, " ".join(str(one) for found in form.errors.values() for one in found))
    return redirect("desk:body", shown.slug)


@require_POST
@desk_page(may_keep_bodies)
def end(request: DeskRequest, number: int) -> HttpResponse:
    """A mandate ends with the day that is sent."""
    mandate = get_object_or_404(Mandate.objects.select_related("body", "holder"), pk=number)
    if not may_keep_body(request.user, mandate.body):
        raise PermissionDenied
    back = redirect("desk:body", mandate.body.slug)
    return _ended(request, mandate, back, lambda day: end_mandate(person=request.user, mandate=mandate, to_day=day))


def _ended(
    request: DeskRequest, seat: Mandate | MunicipalOffice, back: HttpResponse, end_on: Callable[[date], object]
) -> HttpResponse:
    """End what somebody holds with the day that is sent, and say what became of it on the page it is read on."""
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write the last day of the mandate of %(who)s.") % {"who": seat.holder})
        return back
    try:
        end_on(form.cleaned_data["to_day"])
    except RefusedError as refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, _("Mandate of %(who)s ended.") % {"who": seat.holder})
    return back


@desk_page(may_see_bodies)
def municipality(request: DeskRequest, code: str) -> HttpResponse:
    """Who stood and stands for a municipality, and a form for who comes next."""
    place = get_object_or_404(Municipality.objects.with_places(), istat_code=code)
    form = MunicipalOfficeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_office(person=request.user, municipality=place, **form.cleaned_data)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            messages.success(request, _("%(who)s entered.") % {"who": made.holder})
            return redirect("desk:municipal_offices", code)
    context = {
        "place": place,
        "offices": place.offices.select_related("holder"),
        "form": form if may_keep_offices(request.user, place) else None,
        "end_form": EndForm(),
    }
    status = 409 if request.method == "POST" else 200
    return render(request, "desk/governance/municipality.html", context, status=status)


@require_POST
@desk_page(may_keep_bodies)
def end_municipal(request: DeskRequest, number: int) -> HttpResponse:
    """Somebody stands for a municipality until the day that is sent."""
    office = get_object_or_404(MunicipalOffice.objects.select_related("municipality", "holder"), pk=number)
    if not may_keep_offices(request.user, office.municipality):
        raise PermissionDenied
    back = redirect("desk:municipal_offices", office.municipality.istat_code)
    return _ended(request, office, back, lambda day: end_office(person=request.user, office=office, to_day=day))


@desk_page(may_keep_bodies)
def rule(request: DeskRequest, number: int) -> HttpResponse:
    """The rule of a body: put right, or (`verb` confirm) confirmed as written where its citation says."""
    kept = get_object_or_404(BodyRule.objects.select_related("body", "confirmed_by"), pk=number)
    if not may_keep_body(request.user, kept.body):
        raise PermissionDenied
    if request.method == "POST" and request.POST.get("verb") == "confirm":
        confirm_rule(person=request.user, rule=kept)
        messages.success(request, _("Rule confirmed."))
        return redirect("desk:body", kept.body.slug)
    form = RuleForm(request.POST or None, initial=RuleForm.of(kept))
    if request.method == "POST" and form.is_valid():
        dated = {name: form.cleaned_data[name] for name in ("citation", "doubt", "from_day", "to_day")}
        try:
            change_rule(person=request.user, rule=kept, record=form.record(), **dated)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            messages.success(request, _("Rule saved: it waits to be confirmed."))
            return redirect("desk:body", kept.body.slug)
    context = {
        "rule": kept,
        "form": form,
        "words": rule_words(kept.rule),
        "confirms": keeps_all_bodies(request.user),
    }
    return render(request, "desk/governance/rule.html", context, status=409 if request.method == "POST" else 200)
