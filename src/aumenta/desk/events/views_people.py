"""Who is registered for an event: the list, and one person to seat elsewhere or to withdraw."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.events.access import carried_out, event_or_404, tabs_of
from aumenta.desk.events.asking import ask_to_tell_all, ask_to_withdraw
from aumenta.desk.events.crowded import crowded
from aumenta.desk.events.forms import SeatForm
from aumenta.events.models import Registration
from aumenta.events.participants import register
from aumenta.events.rules import may_prepare
from aumenta.mailing.pulse import silent_since
from aumenta.people.refusals import RefusedError

ON_A_PAGE = 50


@desk_page(may_prepare)
def show_all(request: DeskRequest, slug: str) -> HttpResponse:
    """Everybody registered, those who wait marked; a button gives free seats to them."""
    event = event_or_404(request, slug)
    if request.method == "POST" and "avvisa" in request.POST:
        refused = register.is_over(event) or event.cancelled_at
        if not refused and (question := ask_to_tell_all(request, event)):
            return question
        try:
            told = register.tell_all(person=request.user, event=event)
        except RefusedError as refusal:
            tell_refusal(request, refusal)
            return redirect("desk:event_people", slug)
        words = ngettext("%(n)s e-mail is in the queue.", "%(n)s e-mails are in the queue.", told)
        messages.success(request, words % {"n": told})
        return redirect("desk:event_people", slug)
    if request.method == "POST":
        seated = register.fill_seats(person=request.user, event=event)
        words = ngettext("%(n)s person got a seat.", "%(n)s people got a seat.", seated)
        messages.success(request, words % {"n": seated})
        return redirect("desk:event_people", slug)
    people = Registration.objects.filter(event=event).exclude(state="withdrawn")
    # Whose link was not opened yet come last: they hold no seat.
    last = Case(When(state="asked", then=1), default=0)
    shown = people.select_related("zone", "table__venue", "municipality").order_by(last, "state", "registered_at", "pk")
    context = {
        "event": event,
        "page": Paginator(shown, ON_A_PAGE).get_page(request.GET.get("pagina")),
        "waiting": people.filter(state="waiting").count(),
        "worker_silent": silent_since(),
        "offer": "avvisa" in request.GET and not register.is_over(event) and not event.cancelled_at,
        "over": register.is_over(event),
        "unsent": people.exclude(mail_failure="").count(),
        "tabs": tabs_of(request, event),
    }
    return render(request, "desk/events/people.html", context)


@desk_page(may_prepare)
def show(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """One registration: another table, the mail once more, or withdrawn for somebody who asked by telephone."""
    event = event_or_404(request, slug)
    people = event.registrations.exclude(state="withdrawn").select_related("zone", "table__venue", "municipality")
    person = get_object_or_404(people, pk=number)
    form = SeatForm(request.POST or None, event=event, initial={"table": person.table_id})
    if request.method == "POST" and "ritira" in request.POST:
        if question := ask_to_withdraw(request, event, person):
            return question
        register.withdraw_for(person=request.user, registration=person)
        messages.success(request, _("Withdrawn: what the person told us is erased."))
        return redirect("desk:event_people", slug)
    if request.method == "POST" and "scrivi" in request.POST:
        register.write_again(person=request.user, registration=person)
        messages.success(request, _("The e-mail is in the queue."))
        return redirect("desk:event_person", slug, number)
    if request.method == "POST" and form.is_valid():
        table = form.cleaned_data["table"]
        if carried_out(request, lambda: register.seat_at(person=request.user, registration=person, table=table)):
            for sentence in crowded(table):
                messages.warning(request, sentence)
        return redirect("desk:event_people", slug)
    tried = list(person.mail_attempts.all())
    context = {"event": event, "person": person, "form": form, "tried": tried, "last": tried[-1] if tried else None}
    return render(request, "desk/events/person.html", context)
