"""Organisations and one's own account are verbs; continuations are said by those who have the axis in charge."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from aumenta.activity.models import ActivityEntry
from aumenta.people.accounts import add_organisation, change_own_account
from aumenta.people.models import Organisation
from aumenta.people.permission import NotAllowedError
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, ActionContinuation, Edition, Strategy, StrategyContinuation
from aumenta.review.editions.continuations import continue_action, continue_strategy, end_continuation
from aumenta.review.editions.open_edition import open_edition
from aumenta.review.rules import axes_continued_by
from tests.cast import a_small_plan, somebody

pytestmark = pytest.mark.django_db


def two_editions() -> tuple[Edition, Edition]:
    old = a_small_plan()
    return old, open_edition(person=somebody("administrator"), source=old, label="2024-2026", title_it="Nuova")


def test_an_organisation_is_added_once_with_a_right_code_and_logged() -> None:
    administrator = somebody("administrator")
    made = add_organisation(person=administrator, name_it="  Comune di  None ", municipality_code="001168")
    assert (made.slug, made.name_it) == ("comune-di-none", "Comune di None")
    assert ActivityEntry.objects.get(code="people.organisation").subject == "«Comune di None»"
    for named, code in (
        ({"name_it": "Comune di None"}, "organisation_taken"),
        ({"name_it": " "}, "name_required"),
        ({"name_it": "Altro", "municipality_code": "12"}, "bad_municipality_code"),
    ):
        with pytest.raises(RefusedError) as refused:
            add_organisation(person=administrator, **named)
        assert refused.value.code == code
    with pytest.raises(NotAllowedError):
        add_organisation(person=somebody("approver"), name_it="Altro")
    assert Organisation.objects.count() == 1


def test_everybody_changes_her_own_account_and_nobody_a_stranger_s() -> None:
    reader = somebody("reader")
    change_own_account(person=reader, full_name=" Franca  Villa ", language="en")
    reader.refresh_from_db()
    assert (reader.full_name, reader.language) == ("Franca Villa", "en")
    with pytest.raises(RefusedError):
        change_own_account(person=reader, full_name="x", language="xx")
    with pytest.raises(NotAllowedError):
        change_own_account(person=AnonymousUser(), full_name="x", language="it")  # type: ignore[arg-type]


def test_the_pages_use_the_same_verbs() -> None:
    client = Client()
    client.force_login(somebody("administrator"))
    client.post("/it/scrivania/persone/organizzazioni/", {"organisation-name_it": "Comune di Esempia"})
    text = client.post(
        "/it/scrivania/persone/organizzazioni/", {"organisation-name_it": "Comune di Esempia"}, follow=True
    ).content.decode()
    assert "Comune di Esempia" in text
    assert Organisation.objects.count() == 1
    client.post("/it/scrivania/io/", {"full_name": "Ada", "language": "en"})
    assert "Ada" in client.get("/it/scrivania/io/").content.decode()


@pytest.mark.parametrize("role", ["administrator", "approver"])
def test_approvers_say_how_anything_goes_on(role: str) -> None:
    old, new = two_editions()
    person = somebody(role)
    assert axes_continued_by(person, new) == set(new.axes.values_list("pk", flat=True))
    older, newer = (Action.objects.of(edition).with_code("1.1.1").get() for edition in (old, new))
    continue_action(person=person, older=older, newer=newer, kind="reworded")
    assert ActionContinuation.objects.get(older=older, newer=newer).kind == "reworded"


def test_an_editor_says_it_of_her_axes_and_of_no_other() -> None:
    old, new = two_editions()
    editor = somebody("editor", axes=(new.axes.get(number=1),))
    for number, allowed in ((1, True), (2, False)):
        older, newer = (Strategy.objects.of(edition).with_code(f"{number}.1").get() for edition in (old, new))
        # Its action comes from the other axis: what counts is where it goes on.
        from_elsewhere = Action.objects.of(old).with_code(f"{3 - number}.1.1").get()
        heir = Action.objects.of(new).with_code(f"{number}.1.1").get()
        attempts = (
            lambda o=older, n=newer: continue_strategy(person=editor, older=o, newer=n, kind="reworded"),
            lambda o=from_elsewhere, h=heir: continue_action(person=editor, older=o, newer=h, kind="merged"),
            lambda n=newer: end_continuation(person=editor, tie=StrategyContinuation.objects.get(newer=n)),
        )
        for attempt in attempts:
            if allowed:
                attempt()
            else:
                with pytest.raises(NotAllowedError):
                    attempt()
    assert StrategyContinuation.objects.get().newer.code == "2.1"


@pytest.mark.parametrize("role", ["referent", "facilitator", "reader"])
def test_nobody_else_says_how_things_go_on(role: str) -> None:
    old, new = two_editions()
    older, newer = (Action.objects.of(edition).with_code("1.1.1").get() for edition in (old, new))
    with pytest.raises(NotAllowedError):
        continue_action(person=somebody(role), older=older, newer=newer, kind="reworded")


def test_the_page_of_an_edition_shows_each_what_she_may_do() -> None:
    _old, new = two_editions()
    shown = {}
    for role in ("administrator", "approver", "editor"):
        client = Client()
        client.force_login(somebody(role, axes=(new.axes.get(number=1),) if role == "editor" else ()))
        text = client.get("/it/scrivania/edizioni/2024-2026/").content.decode()
        shown[role] = (text.count("continuita/togli/"), "/congela/" in text, "/apri/" in text, "/anteprima/" in text)
    assert shown == {
        "administrator": (6, True, True, True),
        "approver": (6, False, False, False),
        "editor": (3, False, False, False),
    }


def test_an_editor_confirms_what_the_texts_proposed_with_one_press() -> None:
    _old, new = two_editions()
    StrategyContinuation.objects.update(confirmed=False)
    client = Client()
    client.force_login(somebody("editor", axes=(new.axes.get(number=1),)))
    posted = {"tie-older": "1.1", "tie-newer": "1.1", "tie-kind": "kept", "tie-reason": ""}
    assert client.post("/it/scrivania/edizioni/2024-2026/continuita/", posted).status_code == 302
    assert [tie.newer.code for tie in StrategyContinuation.objects.filter(confirmed=True)] == ["1.1"]
    posted = {"tie-older": "2.1", "tie-newer": "2.1", "tie-kind": "kept"}
    assert client.post("/it/scrivania/edizioni/2024-2026/continuita/", posted).status_code == 403
