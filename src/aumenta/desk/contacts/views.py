"""Messages to the office, ratings of pages, the authority's addresses."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aumenta.contacts.answer_message import delete_message, mark_answered
from aumenta.contacts.models import Message, PageRating
from aumenta.contacts.queries import office, rated_pages
from aumenta.contacts.rules import may_read_messages, may_set_office
from aumenta.contacts.set_office import set_office
from aumenta.desk.access import DeskRequest, desk_page
from aumenta.desk.asking import asked_for_good
from aumenta.desk.contacts.forms import OfficeForm

ON_A_PAGE = 30
LATEST_NOTES = 50


@desk_page(may_read_messages)
def messages_page(request: DeskRequest) -> HttpResponse:
    """All messages, those that wait for an answer first."""
    rows = Message.objects.select_related("answered_by").order_by("answered_at", "-sent_at", "-pk")
    rows = rows.prefetch_related("attempts")
    shown = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("pagina"))
    waiting = Message.objects.filter(answered_at=None).count()
    context = {"page": shown, "waiting": waiting, "office": office(), "sets_office": may_set_office(request.user)}
    return render(request, "desk/contacts/messages.html", context)


@require_POST
@desk_page(may_read_messages)
def act(request: DeskRequest, number: int) -> HttpResponse:
    """Mark a message as answered, or with `verb` delete, delete it."""
    message = get_object_or_404(Message, pk=number)
    if request.POST.get("verb") == "delete":
        question = asked_for_good(
            request,
            title=_("Delete message %(number)s?") % {"number": message.reference},
            says=[_("What was written and the address to answer are gone; the number stays in the log.")],
            submit=_("Delete the message"),
            cancel=reverse("desk:messages"),
        )
        if question:
            return question
        delete_message(person=request.user, message=message)
        messages.success(request, _("Message %(number)s deleted.") % {"number": message.reference})
    else:
        mark_answered(person=request.user, message=message)
        messages.success(request, _("Message %(number)s is answered.") % {"number": message.reference})
    return redirect("desk:messages")


@desk_page(may_read_messages)
def ratings(request: DeskRequest) -> HttpResponse:
    """How pages are rated, and what people added."""
    notes = PageRating.objects.exclude(reason="", note="")[:LATEST_NOTES]
    return render(request, "desk/contacts/ratings.html", {"pages": rated_pages(), "notes": notes})


@desk_page(may_set_office)
def office_page(request: DeskRequest) -> HttpResponse:
    """How the authority is reached, to read and change."""
    form = OfficeForm(request.POST or None, instance=office())
    if request.method == "POST" and form.is_valid():
        facts = {field.name: form.cleaned_data[field.name] for field in form}
        set_office(person=request.user, facts=facts)
        messages.success(request, _("Saved: the site says it from now on."))
        return redirect("desk:office")
    return render(request, "desk/contacts/office.html", {"form": form}, status=409 if form.errors else 200)
