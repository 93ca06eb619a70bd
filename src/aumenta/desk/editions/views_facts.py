"""What the office says of an edition: whether it is in force, its source, the licence of its texts."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from aumenta.desk.access import DeskRequest, desk_page
from aumenta.desk.editions.forms import FactsForm
from aumenta.plan.describe_edition import EditionFacts, describe_edition
from aumenta.plan.models import Edition
from aumenta.review.rules import may_manage_editions


@desk_page(may_manage_editions)
def facts(request: DeskRequest, label: str) -> HttpResponse:
    """Show the facts of an edition, and save them."""
    edition = get_object_or_404(Edition, label=label)
    now = {name: getattr(edition, name) for name in vars(EditionFacts())}
    form = FactsForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            describe_edition(person=request.user, edition=edition, facts=EditionFacts(**form.cleaned_data))
        except ValidationError as problem:
            form.add_error(None, [one for said in problem.message_dict.values() for one in said])
        else:
            messages.success(request, _("Saved: the site says it from now on."))
            return redirect("desk:edition", label)
    context = {"edition": edition, "form": form}
    return render(request, "desk/editions/facts.html", context, status=409 if form.errors else 200)
