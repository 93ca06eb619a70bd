"""The calendar of duties at the desk: what is due when, whose it is; duties the office writes itself; the iCal file."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.asking import asked_for_good
from aumenta.desk.governance.forms import day_field
from aumenta.governance.duties.calendar_file import duties_calendar
from aumenta.governance.duties.find_duties import Duty, find_duties
from aumenta.governance.duties.keep_duties import drop_duty, settle_duty, write_duty
from aumenta.governance.duties.links import address_of
from aumenta.governance.models import OwnDuty
from aumenta.governance.rules import keeps_all_bodies, may_see_duties
from aumenta.people.models import User
from aumenta.people.refusals import RefusedError
from aumenta.people.rules import DESK_ROLES


def _colleagues() -> QuerySet[User]:
    return User.objects.filter(is_active=True, grants__role__in=DESK_ROLES).distinct()


class DutyForm(forms.Form):
    """A duty of the office."""

    title = forms.CharField(
        label=gettext_lazy("What is to be done"),
        max_length=200,
        help_text=gettext_lazy("Such as: objectives of the DUP, PIAO, update of the metropolitan agenda."),
    )
    due_on = day_field(gettext_lazy("To be done by"))
    person = forms.ModelChoiceField(
        label=gettext_lazy("Whose it is"),
        queryset=User.objects.none(),
        required=False,
        empty_label=gettext_lazy("the whole office"),
    )
    every_year = forms.BooleanField(label=gettext_lazy("Every year again"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person: Any = self.fields["person"]
        person.queryset = _colleagues()


@desk_page(may_see_duties)
def duties(request: DeskRequest) -> HttpResponse:
    """What is due when, late first; write a duty, settle one, take one away."""
    form = DutyForm(request.POST if request.POST.get("verb") == "write" else None)
    if request.method == "POST":
        if request.POST.get("verb") == "drop" and (question := _asked(request)):
            return question
        try:
            if _did(request, form):
                return redirect("desk:duties")
        except RefusedError as refusal:
            tell_refusal(request, refusal)
    today, mine = timezone.localdate(), "mie" in request.GET
    found = [one for one in find_duties(today) if not mine or request.user in one.people]
    context = {
        "late": [_row(one, request.user) for one in found if one.day < today],
        "months": _months([one for one in found if one.day >= today], request.user),
        "mine": mine,
        "address": address_of(request.user),
        "form": form if keeps_all_bodies(request.user) else None,
    }
    return render(request, "desk/governance/duties.html", context, status=409 if request.method == "POST" else 200)


_Row = tuple[Duty, int, bool]


def _row(duty: Duty, person: User) -> _Row:
    """A duty, the number of the office's own one (0 for all others), whether she may settle it."""
    number = int(duty.key.partition(":")[2]) if duty.kind == "own" else 0
    return duty, number, bool(number) and (keeps_all_bodies(person) or person in duty.people)


def _months(found: list[Duty], person: User) -> list[tuple[object, list[_Row]]]:
    months: dict[object, list[_Row]] = {}
    for one in found:
        months.setdefault(one.day.replace(day=1), []).append(_row(one, person))
    return list(months.items())


def _duty(request: DeskRequest) -> OwnDuty:
    number = request.POST.get("duty", "")
    return get_object_or_404(OwnDuty, pk=int(number) if number.isascii() and number.isdigit() else 0)


def _asked(request: DeskRequest) -> HttpResponse | None:
    title = _("Take “%(title)s” off the calendar?") % {"title": _duty(request).title}
    says = [_("Nobody is reminded of it any more, this year or later.")]
    return asked_for_good(request, title=title, says=says, submit=_("Take it off"), cancel=reverse("desk:duties"))


def _did(request: DeskRequest, form: DutyForm) -> bool:
    """Do what was sent; False where the form would not have it."""
    verb = request.POST.get("verb")
    if verb == "write":
        if not form.is_valid():
            return False
        write_duty(person=request.user, facts=form.cleaned_data)
        messages.success(request, _("On the calendar."))
    elif verb == "settle":
        again = settle_duty(person=request.user, duty=_duty(request))
        messages.success(request, _("Done; it is due again next year.") if again else _("Done."))
    elif verb == "drop":
        drop_duty(person=request.user, duty=_duty(request))
        messages.success(request, _("Off the calendar."))
    else:
        raise RefusedError("unknown_verb")
    return True


@desk_page(may_see_duties)
def calendar(request: DeskRequest) -> HttpResponse:
    """The duties as an iCal file."""
    content = duties_calendar(find_duties(timezone.localdate()))
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    response["Content-Disposition"] = 'attachment; filename="scadenze.ics"'
    return response
