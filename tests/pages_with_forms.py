"""The pages with forms, outside and inside, and what they are about."""

from collections.abc import Iterator

from django.db import transaction
from django.test import Client
from django.utils import timezone

from aumenta.events.models import Event, Registration
from aumenta.events.participants.links import link_of
from aumenta.plan.models import Action
from tests.cast import a_small_plan, somebody
from tests.desk_things import ROUTES, Things, a_proposal
from tests.events_cast import a_participant
from tests.forms_met import Form, forms_in

ENTRANCE = ["/it/accesso/login/", "/it/accesso/password/reset/", "/it/accesso/reauthenticate/"]


def addresses(things: Things) -> Iterator[str]:
    """Pages with forms, outside and inside."""
    registration = a_participant(things.event)
    Registration.objects.filter(pk=registration.pk).update(state="confirmed")
    yield f"/it/eventi/{things.event}/iscrizione/"
    yield f"/it/eventi/{things.event}/la-mia-iscrizione/{link_of(registration)}/"
    yield f"/it/eventi/{things.event}/bollini/"
    for name in ROUTES:
        yield things.address(name)
    for part in ("", "temi/", "matrice/", "parole/"):
        yield f"/it/regia/{things.event}/{part}"


def public_things() -> Things:
    """A sheet with a proposal of a colleague, an event that is public, and what else the desk's addresses are about."""
    a_small_plan()
    action = Action.objects.with_code("1.1.1").get()
    made = Things(action, a_proposal(somebody("approver"), action), somebody("reader"))
    Event.objects.filter(slug=made.event).update(published_at=timezone.now(), votes_by_phone=True)
    return made


def pages_forms(client: Client, address: str) -> list[Form]:
    """The forms of the page at an address; none where it is not a page."""
    with transaction.atomic():
        answer = client.get(address)
        transaction.set_rollback(True)
    if answer.status_code != 200 or answer.streaming or "html" not in answer.headers.get("Content-Type", ""):
        return []
    return list(forms_in(answer.content.decode(), address))
