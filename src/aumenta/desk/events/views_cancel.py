"""Whether an event takes place: cancel it with a reason, or say that it takes place after all."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.events.access import event_or_404, tabs_of
from aumenta.events.cancel_event import cancel_event, hold_event
from aumenta.events.models import Event
from aumenta.events.rules import may_publish
from aumenta.people.refusals import RefusedError


class CancelForm(forms.Form):
    """Why an event does not take place."""

    why_it = forms.CharField(
        label=gettext_lazy("Why it does not take place (Italian)"),
        max_length=500,
        help_text=gettext_lazy("Stands on the page and in every e-mail, such as “Spostato per allerta meteo”."),
    )
    why_en = forms.CharField(label=gettext_lazy("Why it does not take place (English)"), max_length=500, required=False)


@desk_page(may_publish)
def cancel(request: DeskRequest, slug: str) -> HttpResponse:
    """Cancel an event, or take the cancellation back: the page says beforehand who is written to."""
    event = event_or_404(request, slug)
    cancels = request.POST.get("verb") == "cancel"
    form = CancelForm(request.POST if cancels else None)
    if request.method == "POST" and (form.is_valid() or not cancels):
        try:
            if cancels:
                told = cancel_event(person=request.user, event=event, **form.cleaned_data)
            elif request.POST.get("verb") == "hold":
                told = hold_event(person=request.user, event=event)
            else:
                raise RefusedError("unknown_verb")
        except RefusedError as refusal:
            tell_refusal(request, refusal)
        else:
            done = _("The event is cancelled.") if cancels else _("The event takes place.")
            words = ngettext("%(n)s e-mail is in the queue.", "%(n)s e-mails are in the queue.", told)
            messages.success(request, f"{done} {words % {'n': told}}")
        return redirect("desk:event", slug)
    context = {"event": event, "form": form, "says": _says(event), "tabs": tabs_of(request, event)}
    return render(request, "desk/events/cancel.html", context)


def _says(event: Event) -> list[str]:
    """What will happen, in figures."""
    people = event.registrations.exclude(state__in=["withdrawn", "asked"])
    written, silent = people.exclude(email="").count(), people.filter(email="").count()
    says = [
        ngettext(
            "One registered person gets an e-mail with the reason.",
            "%(count)d registered people get an e-mail with the reason.",
            written,
        )
        if event.cancelled_at is None
        else ngettext("One registered person gets an e-mail.", "%(count)d registered people get an e-mail.", written)
    ]
    says = [says[0] % {"count": written}]
    if silent:
        words = ngettext(
            "One person has given no address: telephone her.",
            "%(count)d people have given no address: telephone them.",
            silent,
        )
        says.append(words % {"count": silent})
    if event.cancelled_at:
        return [*says, _("Seats, waiting list and codes are those of before; registration opens again.")]
    return [
        *says,
        _("The page stays, says that the event does not take place and why; nobody registers any more."),
        _("Registrations stay, and you can take the cancellation back until the event would have ended."),
    ]
