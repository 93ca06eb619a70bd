"""No form of the desk writes over what its author has not seen, and none cuts what she wrote."""

import re

import pytest
from django.test import Client

from aumenta.people.models import User
from aumenta.plan.models import Action
from aumenta.plan.write_sheet import write_sheet
from aumenta.review.models import Proposal, Version
from aumenta.review.record import current_content, record_version
from tests.cast import a_small_plan, somebody
from tests.desk_cast import address, fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def action() -> Action:
    return Action.objects.of(a_small_plan()).with_code("1.1.1").get()


@pytest.fixture
def editor(action: Action) -> User:
    return somebody("editor", axes=(action.strategy.axis,))


def test_a_form_that_comes_back_refused_never_saves_over_what_its_author_has_not_seen(
    client: Client, editor: User, action: Action
) -> None:
    """The second presses «Save the draft»: she sees both texts, and only her own choice writes over the other."""
    other = somebody("approver")
    client.force_login(other)
    drawn = fields_of(client, action)
    client.force_login(editor)
    first = client.post(address("autosave", action), {**drawn, "summary_it": "Uno."}).json()
    client.force_login(other)
    answer = client.post(address("sheet", action), {**drawn, "summary_it": "Due.", "save": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "«Uno.»" in page
    assert "«Due.»" in page
    assert re.search(r'id="status"[^>]*>\s*Non salvato:', page)
    found = {name: re.search(f'name="{name}" value="([^"]*)"', page) for name in ("proposal", "revision", "base")}
    again = {name: match[1] for name, match in found.items() if match}
    assert len(again) == 3
    assert again == {name: str(drawn[name]) for name in again}, "the form still says what its author had seen"
    for name in ("autosave", "sheet"):
        assert client.post(address(name, action), {**drawn, **again, "summary_it": "Due, e poi."}).status_code == 409
    assert Proposal.objects.get().content["summary_it"] == "Uno."
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    assert seen is not None
    assert seen[1].startswith(f"{first['proposal']},{first['revision']},{drawn['base']},")
    client.post(address("sheet", action), {**drawn, "summary_it": "Due, e poi.", "seen": seen[1]})
    assert Proposal.objects.get().content["summary_it"] == "Due, e poi."


def test_a_draft_goes_on_where_the_sheet_moved_on_under_it_once_its_author_has_seen_what_changed(
    client: Client, editor: User, action: Action
) -> None:
    """The office gives the sheet an alignment, say: sending is refused once, with both texts, and not for ever."""
    client.force_login(editor)
    drawn = fields_of(client, action)
    drawn |= client.post(address("autosave", action), {**drawn, "summary_it": "Mio."}).json()
    given = write_sheet(action=action, content={**current_content(action), "title_it": "Dato dall'ufficio"})
    record_version(action=action, content=given, origin=Version.Origin.IMPORTED)
    refused = client.post(address("sheet", action), {**drawn, "summary_it": "Mio.", "submit": "1"})
    assert refused.status_code == 409
    seen = re.search(r'name="seen" value="([^"]+)"', refused.content.decode())
    assert seen is not None
    assert Proposal.objects.get().base.number == 1
    client.post(address("sheet", action), {**drawn, "summary_it": "Mio.", "seen": seen[1]})
    assert Proposal.objects.get().base.content["title_it"] == "Dato dall'ufficio"
    sent = client.post(address("sheet", action), {**fields_of(client, action), "summary_it": "Mio.", "submit": "1"})
    assert sent.status_code == 302
    assert Proposal.objects.get().state == Proposal.State.SUBMITTED


def test_two_people_in_different_fields_are_both_in_the_draft_and_told_so(
    client: Client, editor: User, action: Action
) -> None:
    """She who comes second is told what the other changed; she sends nothing she has not read."""
    other = somebody("approver")
    client.force_login(other)
    drawn = fields_of(client, action)
    client.force_login(editor)
    client.post(address("autosave", action), {**drawn, "title_it": "Titolo nuovo."})
    client.force_login(other)
    saved = client.post(address("autosave", action), {**drawn, "summary_it": "Sintesi nuova."}).json()
    assert str(editor) in saved["merged"]
    assert "il titolo in italiano" in saved["merged"]
    draft = Proposal.objects.get()
    assert (draft.content["title_it"], draft.content["summary_it"]) == ("Titolo nuovo.", "Sintesi nuova.")
    known = {name: saved[name] for name in ("proposal", "revision", "base", "marks")}
    again = client.post(address("autosave", action), {**drawn, **known, "summary_it": "Sintesi, e poi."}).json()
    assert again["merged"], "as long as she does not see it she is told"
    known = {name: again[name] for name in known}
    posted = {**drawn, **known, "summary_it": "Sintesi.", "submit": "1"}
    sent = client.post(address("sheet", action), posted, follow=True)
    page = sent.content.decode()
    assert "Non è stata inviata" in page
    assert "Titolo nuovo." in page
    draft = Proposal.objects.get()
    assert draft.state == "draft"
    assert (draft.content["title_it"], draft.content["summary_it"]) == ("Titolo nuovo.", "Sintesi.")
    now = fields_of(client, action)
    client.post(address("sheet", action), {**now, "submit": "1"})
    assert Proposal.objects.get().state == "submitted"


def test_where_both_changed_one_field_only_that_one_is_asked_about(
    client: Client, editor: User, action: Action
) -> None:
    other = somebody("approver")
    client.force_login(other)
    drawn = fields_of(client, action)
    client.force_login(editor)
    client.post(address("autosave", action), {**drawn, "title_it": "Di uno.", "summary_it": "Di uno solo."})
    client.force_login(other)
    refused = client.post(address("autosave", action), {**drawn, "title_it": "Dell'altra."})
    assert refused.status_code == 409
    told = refused.json()
    assert len(told["changes"]) == 1
    assert "Di uno." in told["changes"][0]
    kept = {name: told.get(name, drawn[name]) for name in ("proposal", "revision", "base", "marks")}
    client.post(address("autosave", action), {**drawn, **kept, "title_it": "Dell'altra."})
    draft = Proposal.objects.get()
    assert (draft.content["title_it"], draft.content["summary_it"]) == ("Dell'altra.", "Di uno solo.")


def test_a_reason_that_is_too_long_is_refused_and_never_cut(client: Client, editor: User, action: Action) -> None:
    client.force_login(editor)
    posted = {**fields_of(client, action), "summary_it": "Uno.", "reason": "à" * 501}
    answer = client.post(address("autosave", action), posted)
    assert answer.status_code == 409
    assert "501" in answer.json()["message"]
    assert not Proposal.objects.exists()
    assert client.post(address("autosave", action), {**posted, "reason": "à" * 500}).status_code == 200
    assert len(Proposal.objects.get().reason) == 500


def test_no_field_of_the_sheet_cuts_what_is_pasted(client: Client, editor: User, action: Action) -> None:
    client.force_login(editor)
    # The search of the site, above, is no field of the sheet.
    page = client.get(address("sheet", action)).content.decode().split("<main", 1)[1]
    assert "maxlength" not in page
    assert 'data-longest="300"' in page
