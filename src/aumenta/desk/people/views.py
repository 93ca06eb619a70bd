"""People of the office: accounts, roles, axes and organisations."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from aumenta.core.text import whole_number
from aumenta.desk.access import DeskRequest, desk_page, edition_or_404, tell_refusal
from aumenta.desk.asking import asked_first
from aumenta.desk.people.forms import AxesForm, BodiesForm, OrganisationForm, PersonForm, RoleForm
from aumenta.governance.models import BodySecretary
from aumenta.governance.set_secretaries import set_secretaries
from aumenta.people.accounts import (
    add_organisation,
    add_person,
    close_account,
    give_role,
    take_role,
)
from aumenta.people.correct_account import correct_account, invite_again, reopen_account
from aumenta.people.last_administrator import can_open
from aumenta.people.models import Grant, Organisation, User
from aumenta.people.refusals import RefusedError
from aumenta.people.rules import manages_people
from aumenta.plan.models import Action, AxisEditor
from aumenta.plan.set_charges import set_axes, set_responsibilities
from aumenta.review.models import Proposal


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
            words = _("Account made: the invitation is on its way to %(email)s. Now choose the role of %(who)s.")
            messages.success(request, words % {"who": made, "email": made.email})
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
    """One person: her roles, the axes of an editor, the bodies of a secretary."""
    person = get_object_or_404(User, pk=number)
    return render(request, "desk/people/person.html", _context(person))


def _context(person: User, **forms_with_errors: Any) -> dict[str, Any]:
    axes = AxisEditor.objects.filter(person=person).values_list("axis", flat=True)
    bodies = BodySecretary.objects.filter(person=person).values_list("body", flat=True)
    return {
        "person": person,
        "grants": person.grants.select_related("organisation"),
        "account_form": PersonForm(prefix="account", initial=vars(person)),
        "role_form": RoleForm(prefix="role"),
        "axes_form": AxesForm(prefix="axes", initial={"axes": list(axes)}),
        "bodies_form": BodiesForm(prefix="bodies", initial={"bodies": list(bodies)}),
        **forms_with_errors,
    }


@require_POST
@desk_page(manages_people)
@reauthentication_required  # type: ignore[untyped-decorator]
def change(request: DeskRequest, number: int) -> HttpResponse:
    """Put the account right, give or take a role, choose axes or bodies, invite, close or reopen: `verb` says which."""
    person = get_object_or_404(User, pk=number)
    forms_by_verb = {
        "correct": PersonForm(request.POST, prefix="account"),
        "give": RoleForm(request.POST, prefix="role"),
        "axes": AxesForm(request.POST, prefix="axes"),
        "bodies": BodiesForm(request.POST, prefix="bodies"),
    }
    verb = request.POST.get("verb", "")
    form = forms_by_verb.get(verb)
    if form is not None and not form.is_valid():
        name = {"correct": "account_form", "give": "role_form", "axes": "axes_form", "bodies": "bodies_form"}[verb]
        return render(request, "desk/people/person.html", _context(person, **{name: form}), status=409)
    if verb == "close" and (question := _ask_to_close(request, person)):
        return question
    if verb == "take" and (question := _ask_to_take(request, person)):
        return question
    try:
        done = _do(request, verb, person, form.cleaned_data if form else {})
    except RefusedError as refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, done)
    return redirect("desk:person", number)


def _do(request: DeskRequest, verb: str, person: User, data: dict[str, Any]) -> str:
    """Call the verb; says what happened."""
    me = request.user
    if verb == "correct":
        right = correct_account(person=me, whose=person, **data)
        if right.email != person.email and right.is_active and not can_open(right):
            words = _(
                "The account is put right. A new invitation is on its way to %(email)s: the link sent before is void."
            )
            return words % {"email": right.email}
        return _("The account is put right.")
    if verb == "give":
        grant = give_role(person=me, to=person, **data)
        return _("%(who)s has the role: %(role)s.") % {"who": person, "role": grant.get_role_display()}
    if verb == "axes":
        set_axes(person=me, editor=person, axes=data["axes"])
        return _("The axes of %(who)s are saved.") % {"who": person}
    if verb == "bodies":
        set_secretaries(person=me, secretary=person, bodies=data["bodies"])
        return _("The bodies of %(who)s are saved.") % {"who": person}
    if verb == "take":
        grant = get_object_or_404(Grant, person=person, pk=whole_number(request.POST.get("grant", "")) or 0)
        take_role(person=me, grant=grant)
        return _("%(who)s no longer has the role: %(role)s.") % {"who": person, "role": grant.get_role_display()}
    if verb == "invite":
        invite_again(person=me, whose=person)
        return _("The invitation is on its way to %(email)s.") % {"email": person.email}
    if verb == "close":
        close_account(person=me, whose=person)
        return _("The account of %(who)s is closed. You can open it again here.") % {"who": person}
    if verb == "reopen":
        reopen_account(person=me, whose=person)
        return _("The account of %(who)s is open again.") % {"who": person}
    raise RefusedError("unknown_verb", verb=verb)


def _ask_to_take(request: DeskRequest, person: User) -> HttpResponse | None:
    """Which role is taken from whom, and what stays."""
    grant = get_object_or_404(Grant, person=person, pk=whole_number(request.POST.get("grant", "")) or 0)
    role = grant.get_role_display()
    left = person.grants.exclude(pk=grant.pk).count()
    stays = ngettext("%(count)d other role stays.", "%(count)d other roles stay.", left) % {"count": left}
    return asked_first(
        request,
        title=_("Take the role “%(role)s” from %(who)s?") % {"role": role, "who": person},
        question=_("You can give it again. An e-mail tells the person that the roles have changed."),
        says=[stays if left else _("No role is left: the desk stays closed for this account.")],
        submit=_("Take the role away"),
        cancel=reverse("desk:person", args=[person.pk]),
    )


def _ask_to_close(request: DeskRequest, person: User) -> HttpResponse | None:
    """What closing takes from whom, in figures."""
    opened = Proposal.objects.open().filter(author=person)
    drafts, waiting = opened.exclude(state="submitted").count(), opened.filter(state="submitted").count()
    says = [
        ngettext(
            "%(count)d role stays written, without effect.", "%(count)d roles stay written, without effect.", count
        )
        % {"count": count}
        for count in [person.grants.count()]
        if count
    ]
    if drafts or waiting:
        says.append(
            _("Open proposals: %(drafts)d drafts that others can go on with, %(waiting)d that wait for a decision.")
            % {"drafts": drafts, "waiting": waiting}
        )
    says.append(_("All that was written and decided stays under the same name."))
    return asked_first(
        request,
        title=_("Close the account of %(who)s?") % {"who": person},
        question=_("Nobody signs in with it any more. You can open it again."),
        says=says,
        submit=_("Close the account"),
        cancel=reverse("desk:person", args=[person.pk]),
    )


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
        messages.success(request, _("Saved: who answers for sheet %(code)s.") % {"code": action.code})
        return redirect("desk:versions", label, code)
    held = set(action.responsibilities.values_list("organisation_id", flat=True))
    rows = [(organisation, organisation.pk in held) for organisation in Organisation.objects.all()]
    return render(request, "desk/sheets/responsible.html", {"action": action, "edition": edition, "rows": rows})
