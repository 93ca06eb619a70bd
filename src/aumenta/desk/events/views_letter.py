"""A message to everybody registered: written, read as it will arrive, and only then sent."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aumenta.desk.access import DeskRequest, desk_page
from aumenta.desk.asking import asked_first
from aumenta.desk.events.access import carried_out, event_or_404, tabs_of
from aumenta.desk.events.forms import LetterForm
from aumenta.events.models import Event
from aumenta.events.participants.register import is_over
from aumenta.events.participants.write_to_all import Letter, addressed, letter_to, write_to_all
from aumenta.events.rules import may_prepare


@desk_page(may_prepare)
def write(request: DeskRequest, slug: str) -> HttpResponse:
    """Write to everybody registered; nothing is sent before the e-mail was read as it arrives."""
    event = event_or_404(request, slug)
    # Who goes back from the preview finds her words in the form.
    form = LetterForm(request.POST or None)
    if request.method == "POST" and "correggi" not in request.POST and form.is_valid():
        letter = Letter(**form.cleaned_data)
        if question := _asked(request, event, letter):
            return question
        told: list[int] = []
        sent = carried_out(
            request,
            lambda: told.append(write_to_all(person=request.user, event=event, letter=letter)),
            form,
            say_saved=False,
        )
        if sent:
            words = ngettext("%(n)s e-mail is in the queue.", "%(n)s e-mails are in the queue.", told[0])
            messages.success(request, words % {"n": told[0]})
            return redirect("desk:event_people", slug)
    context = {
        "event": event,
        "form": form,
        "how_many": len(addressed(event)),
        "over": is_over(event),
        "tabs": tabs_of(request, event),
    }
    return render(request, "desk/events/letter.html", context)


def _asked(request: DeskRequest, event: Event, letter: Letter) -> HttpResponse | None:
    """The page that shows the e-mail as its first reader in each language gets it; None once she has said yes, and
    where there is nobody to write to."""
    people = addressed(event)
    if not people or is_over(event):
        return None
    languages = [one for one in ("it", "en") if any(person.language == one for person in people)]
    previews = []
    for language in languages:
        mail = letter_to(next(person for person in people if person.language == language), letter)
        previews.append((str(mail.subject), str(mail.body)))
    count = ngettext("One person gets it.", "%(count)s people get it.", len(people)) % {"count": len(people)}
    return asked_first(
        request,
        title=_("Send the message?"),
        question=_("This is how it arrives. What is sent can't be taken back."),
        says=[count],
        submit=_("Send it to everybody"),
        cancel=reverse("desk:event_letter", args=[event.slug]),
        danger=False,
        mails=previews,
        correct="correggi",
    )
