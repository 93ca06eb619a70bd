"""Two people on one form of an event: nobody saves over what she has not seen, and nothing typed is lost."""

import pytest
from django.urls import reverse

from aumenta.events.edit_event import set_phases, set_programme
from tests.cast import somebody
from tests.events_cast import an_event
from tests.forms_met import TOKEN, forms_in

pytestmark = pytest.mark.django_db
# The form, the arguments of its address, and a field in which both write.
FORMS = {
    "event_data": ([], "title_it"),
    "event_programme": ([], "righe-0-title_it"),
    "event_questions": ([], "domande-0-text_it"),
    "event_venue": ([1], "access_it"),
    "event_table": ([1], "room"),
    "process": (None, "fasi-0-title_it"),
}


def shown(response, address, field):
    """What a browser would send of the form with this field."""
    found = next(form for form in forms_in(response.content.decode(), address) if field in form.fields)
    buttons = {"togli", "rinnova", "chiudi"}
    kept = {name: value for name, value in found.fields.items() if name != TOKEN and name not in buttons}
    # The words of an empty choice are no value.
    return {name: ["" if one == "---------" else one for one in value] for name, value in kept.items()}


@pytest.mark.parametrize("name", FORMS)
def test_who_saves_second_is_told_reads_what_stands_there_and_keeps_her_words(client, name):
    args, field = FORMS[name]
    by, event = somebody("administrator"), an_event()
    set_programme(person=by, event=event, lines=[{"starts": "09:30", "title_it": "Apertura"}])
    phase = {"title_it": "Ascolto", "starts_on": "2026-01-01", "ends_on": "2026-02-01"}
    set_phases(person=by, process=event.process, phases=[phase])
    client.force_login(by)
    at = [event.process.slug] if args is None else [event.slug, *args]
    address = reverse(f"desk:{name}", args=at)
    one, two = (shown(client.get(address), address, field) for _ in range(2))
    assert client.post(address, {**one, field: "Scritto per primo"}).status_code == 302
    second = client.post(address, {**two, field: "Scritto per secondo"})
    assert second.status_code == 200
    page = second.content.decode()
    assert "Intanto" in page
    assert "Scritto per primo" in page
    # Her words stand in the form, nothing of them was saved, and the next press saves knowingly.
    again = shown(second, address, field)
    assert again[field] == ["Scritto per secondo"]
    assert shown(client.get(address), address, field)[field] == ["Scritto per primo"]
    assert client.post(address, again).status_code == 302
    assert shown(client.get(address), address, field)[field] == ["Scritto per secondo"]
