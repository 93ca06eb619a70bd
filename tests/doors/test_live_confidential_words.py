"""A voice marked as not to be published after its words became a name: proposals are made anew, people are warned."""

import json

import pytest
from django.urls import reverse

from aumenta.core.synthesis import process_encoder
from aumenta.core.synthesis.encoders import HashedStems, Opened
from aumenta.events.models import Observation
from aumenta.live.background import background
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.results.models import Snapshot
from aumenta.results.publish_results import publish_results
from aumenta.results.take_snapshot import take_snapshot
from aumenta.themes import plan_texts
from aumenta.themes.accept_suggested_themes import Wish, accept_suggested_themes
from aumenta.themes.confidential_words import warned_themes
from aumenta.themes.group_themes import rename
from aumenta.themes.models import SuggestedThemes, Theme
from aumenta.themes.refresh_suggested_themes import refresh_suggested_themes
from aumenta.themes.regroup_suggested_themes import accept_differences, suggest_regrouping
from tests.cast import somebody
from tests.events_cast import a_facilitator, an_event
from tests.themes_cast import AtOnce, say

pytestmark = pytest.mark.django_db
SECRET = "Abbruzzini"


@pytest.fixture(autouse=True)
def _words_alone(monkeypatch):
    monkeypatch.setattr(process_encoder, "_opened", [Opened(HashedStems(), ())])
    monkeypatch.setattr(plan_texts, "worker", AtOnce())
    monkeypatch.setattr(background, "worker", AtOnce())


@pytest.fixture
def morning():
    """Two subjects, twelve voices each; all about trains name somebody."""
    event = an_event(strategies=12)
    say(event, [f"{SECRET} aspetta treni e binari, stazione {letter}{letter}" for letter in "abcdefghilmn"], 1)
    say(event, [f"Pascoli e foreste, legname del bosco {letter}{letter}" for letter in "abcdefghilmn"], 4)
    refresh_suggested_themes(event)
    return event


def hide(event):
    """Mark every voice that has the name, as its table would: the latest operation is about it."""
    last = SuggestedThemes.objects.get(event=event).up_to
    Observation.objects.filter(text__contains=SECRET).update(private=True, revision=last + 1)


def proposed(event):
    record = SuggestedThemes.objects.get(event=event)
    groups = [[group["name"], group["keywords"]] for group in record.shown["groups"]]
    return json.dumps([record.names, record.regrouping, groups]).lower()


def test_names_keywords_and_quotations_of_proposals_are_made_anew_at_the_next_refresh(morning):
    assert SECRET.lower() in proposed(morning)
    hide(morning)
    refresh_suggested_themes(morning)
    assert SECRET.lower() not in proposed(morning)
    private = set(Observation.objects.filter(private=True).values_list("pk", flat=True))
    groups = SuggestedThemes.objects.get(event=morning).shown["groups"]
    assert not private & {group["quotation"] for group in groups}
    assert private <= {key for group in groups for key in group["observations"]}


def test_one_voice_that_becomes_private_is_enough_for_a_refresh_by_itself(morning):
    version = SuggestedThemes.objects.get().version
    background.refresh_if_due(morning)
    assert SuggestedThemes.objects.get().version == version
    hide(morning)
    SuggestedThemes.objects.update(up_to=Observation.objects.order_by("-arrival").first().arrival)
    Observation.objects.filter(private=True).update(revision=10**6)
    background.refresh_if_due(morning)
    assert SuggestedThemes.objects.get().version > version
    assert SECRET.lower() not in proposed(morning)


def test_a_regrouping_that_waits_goes_where_its_names_rest_on_a_private_voice(morning):
    suggest_regrouping(person=a_facilitator(), event=morning, groups=4)
    assert SECRET.lower() in json.dumps(SuggestedThemes.objects.get().regrouping).lower()
    hide(morning)
    refresh_suggested_themes(morning)
    assert SECRET.lower() not in proposed(morning)
    assert not SuggestedThemes.objects.get().regrouping


def test_headings_that_people_gave_stay_and_are_shown_with_a_warning(client, morning):
    by = a_facilitator()
    suggest_regrouping(person=by, event=morning, headings=[f"I treni di {SECRET}", "Boschi e foreste"])
    record = SuggestedThemes.objects.get()
    accept_differences(person=by, event=morning, chosen=None, version=record.regrouping["version"])
    hide(morning)
    refresh_suggested_themes(morning)
    assert f"I treni di {SECRET}".lower() in proposed(morning)
    client.force_login(by)
    warned = client.get(reverse("regia-suggested-themes", args=[morning.slug])).json()["warned"]
    assert [SECRET in words for words in warned.values()] == [True]


def test_a_confirmed_name_stays_and_the_operator_is_told_which_words_to_change(client, morning):
    by = a_facilitator()
    record = SuggestedThemes.objects.get()
    group = next(
        group for group in record.shown["groups"] if SECRET.lower() in f"{group['name']} {group['keywords']}".lower()
    )
    wish = Wish(group["id"], f"Treni secondo {SECRET}")
    accept_suggested_themes(person=by, event=morning, wishes=[wish], version=record.version)
    theme = Theme.objects.get()
    assert warned_themes(morning) == {}
    hide(morning)
    refresh_suggested_themes(morning)
    theme.refresh_from_db()
    assert theme.name == f"Treni secondo {SECRET}"
    assert SECRET in warned_themes(morning)[theme.pk]
    client.force_login(by)
    address = reverse("regia-themes-state", args=[morning.slug])
    assert SECRET in client.get(address).json()["warned"][str(theme.pk)]
    body = {"verb": "rename", "theme": theme.pk, "name": "Viaggi", "keywords": "mobilità"}
    client.post(reverse("regia-step", args=[morning.slug]), json.dumps(body), content_type="application/json")
    assert client.get(address).json()["warned"] == {}


def test_a_word_that_others_say_too_is_no_reason_for_a_warning(morning):
    by = a_facilitator()
    record = SuggestedThemes.objects.get()
    group = next(
        group for group in record.shown["groups"] if SECRET.lower() in f"{group['name']} {group['keywords']}".lower()
    )
    accept_suggested_themes(person=by, event=morning, wishes=[Wish(group["id"], SECRET)], version=record.version)
    say(morning, [f"Ha ragione {SECRET}"], 4)
    Observation.objects.filter(text__contains=f"{SECRET} aspetta").update(private=True)
    assert SECRET not in [word for words in warned_themes(morning).values() for word in words]


def test_words_that_only_withdrawn_voices_said_beside_a_private_one_are_private(morning):
    by = a_facilitator()
    theme = named_after_somebody(morning, by)
    assert warned_themes(morning) == {}
    first = Observation.objects.filter(text__contains=SECRET).earliest("arrival")
    Observation.objects.filter(text__contains=SECRET).exclude(pk=first.pk).update(withdrawn=True, revision=10**6)
    Observation.objects.filter(pk=first.pk).update(private=True, revision=10**6 + 1)
    assert SECRET.lower() in str(warned_themes(morning)[theme.pk]).lower(), "what is withdrawn frees no word"
    Observation.objects.filter(pk=first.pk).update(withdrawn=True, revision=10**6 + 2)
    assert SECRET.lower() in str(warned_themes(morning)[theme.pk]).lower(), "nor does withdrawing the private one"


def named_after_somebody(event, by):
    """A confirmed theme with the name, said by voices of which one may be published."""
    record = SuggestedThemes.objects.get()
    group = next(
        group for group in record.shown["groups"] if SECRET.lower() in f"{group['name']} {group['keywords']}".lower()
    )
    accept_suggested_themes(
        person=by, event=event, wishes=[Wish(group["id"], f"Treni di {SECRET}")], version=record.version
    )
    say(event, ["Binari nuovi per tutti"], 4)
    theme = Theme.objects.get()
    theme.sources.create(observation=Observation.objects.get(text="Binari nuovi per tutti"))
    return theme


def test_freezing_is_refused_while_a_theme_has_words_of_private_voices_alone_and_says_which(client, morning):
    by = a_facilitator()
    theme = named_after_somebody(morning, by)
    hide(morning)
    client.force_login(by)
    answer = client.post(f"/it/regia/{morning.slug}/congela", follow=True)
    shown = answer.content.decode()
    assert not Snapshot.objects.exists()
    assert "Non è stato congelato nulla" in shown
    assert f"Treni di {SECRET}" in shown
    assert "dagli un altro nome" in shown
    rename(person=by, theme=theme, name="Viaggi", keywords="binari")
    client.post(f"/it/regia/{morning.slug}/congela")
    assert Snapshot.objects.get().content["themes"][0]["name"] == "Viaggi"


def test_a_state_taken_before_a_voice_was_marked_is_not_published_any_more(morning):
    by = somebody("approver")
    theme = named_after_somebody(morning, by)
    taken = take_snapshot(person=by, event=morning)
    Observation.objects.filter(text="Binari nuovi per tutti").update(private=True)
    with pytest.raises(RefusedError) as refused:
        publish_results(person=by, snapshot=taken)
    assert "un’osservazione di questo stato" in refusal_sentence(refused.value)
    Observation.objects.filter(text="Binari nuovi per tutti").update(private=False)
    hide(morning)
    with pytest.raises(RefusedError) as refused:
        publish_results(person=by, snapshot=taken)
    assert f"Treni di {SECRET}" in refusal_sentence(refused.value)
    assert not Snapshot.objects.exclude(published_at=None).exists()
    rename(person=by, theme=theme, name="Viaggi", keywords="binari")
    assert publish_results(person=by, snapshot=take_snapshot(person=by, event=morning)).published_at
