"""People of the office: accounts, roles, axes and organisations."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aumenta.core.text import whole_number
from aumenta.desk.access import DeskRequest, desk_page, edition_or_404, tell_refusal
from aumenta.desk.people.forms import AxesForm, OrganisationForm, PersonForm, RoleForm
from aumenta.people.accounts import (
    add_organisation,
    add_person,
    close_account,
    give_role,
    take_role,
)
from aumenta.people.models import Grant, Organisation, User
from aumenta.people.refusals import RefusedError
from aumenta.people.rules import manages_people
from aumenta.plan.models import Action, AxisEditor
from aumenta.plan.set_charges import set_axes, set_responsibilities


@desk_page(manages_people)
def show_all(request: DeskRequest) -> HttpResponse:
    """Everybody with an account, and a form for a new one."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_person(person=request.user, **form.cleaned_data)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            messages.success(request, _("Account made. Now give %(who)s a role.") % {"who": made})
            return redirect("desk:person", made.pk)
    people = User.objects.prefetch_related("grants__organisation").order_by("-is_active", "full_name", "email")
    organisations = Organisation.objects.all()
    context = {
        "people": people,
        "form": form,
        "organisations": organisations,
        "organisation_form": OrganisationForm(prefix="organisation"),
    }
    return render(request, "desk/people/people.html", context)


@desk_page(manages_people)
def show(request: DeskRequest, number: int) -> HttpResponse:
    """One person: her roles and, for an editor, her axes."""
    person = get_object_or_404(User, pk=number)
    return render(request, "desk/people/person.html", _context(person))


def _context(person: User, **forms_with_errors: Any) -> dict[str, Any]:
    axes = AxisEditor.objects.filter(person=person).values_list("axis", flat=True)
    return {
        "person": person,
        "grants": person.grants.select_related("organisation"),
        "role_form": RoleForm(prefix="role"),
        "axes_form": AxesForm(prefix="axes", initial={"axes": list(axes)}),
        **forms_with_errors,
    }


@require_POST
@desk_page(manages_people)
@reauthentication_required  # type: ignore[untyped-decorator]
def change(request: DeskRequest, number: int) -> HttpResponse:
    """Give or take a role, choose axes, close the account: `verb` says which."""
    person = get_object_or_404(User, pk=number)
    verb = request.POST.get("verb", "")
    role_form, axes_form = RoleForm(request.POST, prefix="role"), AxesForm(request.POST, prefix="axes")
    try:
        if verb == "give" and role_form.is_valid():
            give_role(person=request.user, to=person, **role_form.cleaned_data)
        elif verb == "axes" and axes_form.is_valid():
            set_axes(person=request.user, editor=person, axes=axes_form.cleaned_data["axes"])
        elif verb == "take":
            key = request.POST.get("grant", "")
            take_role(person=request.user, grant=get_object_or_404(Grant, person=person, pk=whole_number(key) or 0))
        elif verb == "close":
            close_account(person=request.user, whose=person)
        else:
            return render(request, "desk/people/person.html", _context(person, role_form=role_form), status=409)
    except RefusedError as refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, _("Done."))
    return redirect("desk:person", number)


@require_POST
@desk_page(manages_people)
def make_organisation(request: DeskRequest) -> HttpResponse:
    """Add an organisation."""
    form = OrganisationForm(request.POST, prefix="organisation")
    if form.is_valid():
        try:
            add_organisation(person=request.user, **form.cleaned_data)
            messages.success(request, _("Organisation added."))
        except RefusedError as refusal:
            tell_refusal(request, refusal)
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("desk:people")


@desk_page(manages_people)
def responsible(request: DeskRequest, label: str, code: str) -> HttpResponse:
    """Which organisations answer for a sheet."""
    edition = edition_or_404(request, label)
    action = get_object_or_404(Action.objects.of(edition).with_code(code))
    if request.method == "POST":
        chosen = [whole_number(key) or 0 for key in request.POST.getlist("organisation")]
        organisations = Organisation.objects.filter(pk__in=chosen)
        set_responsibilities(person=request.user, action=action, organisations=organisations)
        messages.success(request, _("Done."))
        return redirect("desk:versions", label, code)
    held = set(action.responsibilities.values_list("organisation_id", flat=True))
    rows = [(organisation, organisation.pk in held) for organisation in Organisation.objects.all()]
    return render(request, "desk/sheets/responsible.html", {"action": action, "edition": edition, "rows": rows})
