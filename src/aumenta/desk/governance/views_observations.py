"""A municipality writes what it observes about the acts it was asked about, by its own referent."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from aumenta.core.text import whole_number
from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.governance.forms_acts import OwnObservationForm
from aumenta.governance.asked_of import asked_of
from aumenta.governance.road.opinions import observe
from aumenta.governance.rules import may_see_observations, municipalities_of
from aumenta.people.refusals import RefusedError


@desk_page(may_see_observations)
def observations(request: DeskRequest) -> HttpResponse:
    """What her municipality was asked and has observed, with the answers; a form to observe for each act."""
    places = municipalities_of(request.user)
    asked = asked_of(places)
    sent: OwnObservationForm | None = None
    number = whole_number(request.POST.get("opinion", ""))
    if request.method == "POST":
        opinion = get_object_or_404(asked, pk=number or 0)
        sent = OwnObservationForm(request.POST, places=places, number=opinion.pk)
        if sent.is_valid():
            try:
                observe(person=request.user, opinion=opinion, day=timezone.localdate(), **sent.cleaned_data)
            except RefusedError as refusal:
                tell_refusal(request, refusal)
            else:
                messages.success(request, _("Observation entered: the answer will stand here and on the act's page."))
                return redirect("desk:observations")
    today = timezone.localdate()
    rows = [(one, one.standing(today), one.days_left(today), _form(one.pk, number, sent, places)) for one in asked]
    context = {"rows": rows, "places": places}
    return render(request, "desk/governance/observations.html", context, status=409 if sent else 200)


def _form(key: int, number: int | None, sent: OwnObservationForm | None, places: object) -> OwnObservationForm:
    return sent if sent is not None and key == number else OwnObservationForm(places=places, number=key)
