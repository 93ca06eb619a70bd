"""Each one's own account: name, language, roles, how to sign in, and under which address."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.people.forms import AddressForm, MyAccountForm
from aumenta.people.accounts import change_own_account
from aumenta.people.change_address import ask_new_address, confirm_new_address
from aumenta.people.refusals import RefusedError
from aumenta.people.rules import is_signed_in


@desk_page(is_signed_in)
def me(request: DeskRequest) -> HttpResponse:
    """One's own account: name, language of the e-mails, roles, how to sign in more safely."""
    mine = {"full_name": request.user.full_name, "language": request.user.language}
    form = MyAccountForm(request.POST or None, initial=mine)
    if request.method == "POST" and form.is_valid():
        change_own_account(person=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("desk:me")
    return render(
        request, "desk/people/me.html", {"form": form, "grants": request.user.grants.select_related("organisation")}
    )


@desk_page(is_signed_in)
def change_address(request: DeskRequest) -> HttpResponse:
    """Ask for another e-mail address: with the password, and by a link sent there."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_new_address(person=request.user, **form.cleaned_data)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            new = form.cleaned_data["email"]
            messages.success(request, _("Open the link we sent to %(email)s within a day.") % {"email": new})
            return redirect("desk:me")
    return render(request, "desk/people/change_address.html", {"form": form})


@desk_page(is_signed_in)
def confirm_address(request: DeskRequest, mark: str) -> HttpResponse:
    """The link from the new mailbox: one button takes the address."""
    if request.method == "POST":
        try:
            confirm_new_address(person=request.user, mark=mark)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            messages.success(request, _("Your address has been changed."))
        return redirect("desk:me")
    return render(request, "desk/people/confirm_address.html")
