"""Where an action reaches: proposals from its text decided, places chosen."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from aumenta.desk.access import DeskRequest, desk_page, sheet_or_404, tell_refusal
from aumenta.desk.sheets.forms_places import PlaceForm
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.people.rules import writes_plan
from aumenta.plan.models import Action
from aumenta.plan.places import ties_of
from aumenta.plan.rules import may_set_places
from aumenta.plan.set_places import set_places
from aumenta.territory.models import Territory


@desk_page(writes_plan)
def choose(request: DeskRequest, label: str, code: str) -> HttpResponse:
    """The form; without script a name is added by its own button, and nothing is written before «Save»."""
    action = sheet_or_404(request, label, code)
    check_permission(may_set_places(request.user, action), "places")
    territory = Territory.objects.home()
    if territory is None:
        return _page(request, action, None)
    form = PlaceForm(action, territory)
    if request.method != "POST":
        return _page(request, action, form)
    form.read(request.POST)
    if "aggiungi-luogo" in request.POST or form.problems:
        return _page(request, action, form, 409 if form.problems else 200)
    try:
        set_places(person=request.user, action=action, places=form.chosen(), undecided=form.undecided(), seen=form.seen)
    except RefusedError as refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, _("Saved: this is where the action reaches."))
    return redirect("desk:places", label, code)


def _page(request: DeskRequest, action: Action, form: PlaceForm | None, status: int = 200) -> HttpResponse:
    edition = action.strategy.axis.edition
    ties = ties_of(edition, form.territory) if form else []
    reached = frozenset[str]().union(*(tie.codes for tie in ties if tie.action_pk == action.pk))
    context = {
        "action": action,
        "edition": edition,
        "form": form,
        "reached": len(reached),
        "of": len(form.all_names) if form else 0,
        "may_write": True,
    }
    return render(request, "desk/sheets/places.html", context, status=status)
