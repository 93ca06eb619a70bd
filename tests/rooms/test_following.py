"""Following by e-mail: nobody is written to without the button, each piece of news once, and one press erases all."""

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.core import mail
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from aumenta.events.models import Event
from aumenta.following.confirming_mail import send_confirming_mail
from aumenta.following.follow import MOST_PER_ADDRESS, ask_to_follow, confirm_following
from aumenta.following.follow_codes import follow_codes
from aumenta.following.forget import forget_subscriptions
from aumenta.following.links import link_of, page_of
from aumenta.following.models import HELD_FOR, KEPT_FOR, FollowingMail, Subscription
from aumenta.following.subjects import SUBJECTS, subject_of
from aumenta.following.tell import send_news_mail, tell_followers
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, ActionPlace, Edition, Involvement
from aumenta.plan.sheet_content import read_content
from aumenta.review.approve import approve
from aumenta.review.propose import propose
from aumenta.review.record import record_import
from aumenta.review.submit import submit
from aumenta.territory.models import Municipality
from tests.cast import a_small_plan, somebody
from tests.events_cast import a_small_event, zones

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def place() -> Municipality:
    """A municipality in the first zone of a territory of our own, and a public plan."""
    a_small_plan()
    zone = zones()[0]
    return Municipality.objects.create(
        territory=zone.territory, zone=zone, istat_code="999001", name="Prova", zone_confidence="official"
    )


def follow(kind: str, key: str, rhythm: str = "at_once", email: str = "ada@esempio.it") -> Subscription:
    """A confirmed subscription, made as people make it."""
    ask_to_follow(email=email, kind=kind, key=key, rhythm=rhythm, language="it", now=NOW)
    made = Subscription.objects.get(email=email, kind=kind, key=key)
    confirm_following(subscription=made, now=NOW)
    return made


def an_event_here(place: Municipality, slug: str = "prova-9") -> Event:
    event = a_small_event(slug)
    event.venues.update(municipality=place)
    Event.objects.filter(pk=event.pk).update(published_at=NOW - timedelta(days=300))
    return event


@pytest.mark.parametrize("kind", SUBJECTS)
def test_every_kind_has_a_name_a_page_that_is_there_and_news(kind: str, place: Municipality, client) -> None:
    keys = {
        "comune": place.istat_code,
        "zona": "1",
        "azione": "2021-2023/1.1.1",
        "strategia": "2021-2023/1.1",
        "attore": "2021-2023/universita",
        "ricerca": "2021-2023/rete ciclabile",
        "filtri": "2021-2023/q=rete&asse=1&attore=universita",
    }
    subject = subject_of(kind, keys[kind])
    assert subject is not None
    assert subject.name
    assert all(one.mark == again.mark for one, again in zip(subject.news(), subject.news(), strict=True))
    other_spelling = {"strategia": "2021-2023/01.1", "ricerca": "2021-2023/ rete  ciclabile"}
    other_spelling["filtri"] = "2021-2023/attore=universita&asse=1&q=rete"
    for odd in ("", "x", "0", "9" * 300, "2021-2023/", "1999-2001/1.1.1", "\x00", other_spelling.get(kind, "01.1.1")):
        assert subject_of(kind, odd) is None
    assert subject_of("persona", "1") is None


def test_nobody_is_written_to_before_the_button_and_opening_the_link_is_not_the_button(
    place: Municipality, client
) -> None:
    form = client.get(reverse("site:follow"), {"cosa": f"comune-{place.istat_code}"})
    assert form.status_code == 200
    ask_to_follow(email="ada@esempio.it", kind="comune", key=place.istat_code, rhythm="at_once", language="it", now=NOW)
    made = Subscription.objects.get()
    send_confirming_mail.call(made.pk)
    (asked,) = mail.outbox
    assert page_of(made) in asked.body
    page = reverse("site:my_following", args=[link_of(made)])
    assert client.get(page).status_code == 200
    an_event_here(place)
    assert tell_followers(now=NOW) == 0
    assert Subscription.objects.get().confirmed_at is None
    client.post(page, {"conferma": "1"})
    assert Subscription.objects.get().confirmed_at is not None


def test_what_was_public_at_the_button_is_known_and_what_comes_after_is_told_once(
    place: Municipality,
) -> None:
    an_event_here(place, "prova-8")
    made = follow("comune", place.istat_code)
    assert tell_followers(now=NOW + timedelta(hours=1)) == 0
    # Its date is long past: an event or an edition may be prepared for months before it is public.
    event = an_event_here(place, "prova-9")
    assert tell_followers(now=NOW + timedelta(hours=2)) == 1
    send_news_mail.call(FollowingMail.objects.get().pk)
    assert tell_followers(now=NOW + timedelta(hours=3)) == 0
    written = mail.outbox[-1]
    assert written.to == ["ada@esempio.it"]
    assert f"/it/eventi/{event.slug}/" in written.body
    assert written.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    # The link is signed with the second in which it was written.
    signed, _second, ending = written.extra_headers["List-Unsubscribe"].rsplit(":", 2)
    assert signed == f"<{page_of(made)}".rsplit(":", 2)[0]
    assert ending.endswith("/stop/>")
    before = len(mail.outbox)
    send_news_mail.call(FollowingMail.objects.get().pk)
    assert len(mail.outbox) == before, "a worker that begins again sends nothing twice"


def test_an_action_is_news_of_a_place_when_the_office_confirms_it_and_no_guess_is(place: Municipality) -> None:
    made = follow("zona", "1")
    action = Action.objects.with_code("1.1.1").get()
    tie = ActionPlace.objects.create(action=action, reach="municipality", municipality=place)
    marks = [one.key for one in subject_of(made.kind, made.key).news()]
    assert f"action/{action.pk}" not in marks
    ActionPlace.objects.filter(pk=tie.pk).update(state=ActionPlace.State.CONFIRMED)
    assert tell_followers(now=NOW + timedelta(hours=1)) in {0, 1}  # a plan of tests may have no version recorded


@pytest.mark.parametrize(("rhythm", "too_early", "due"), [("daily", 22, 24), ("weekly", 6 * 24, 7 * 24)])
def test_whoever_asked_for_less_is_written_to_less(place: Municipality, rhythm: str, too_early: int, due: int) -> None:
    follow("comune", place.istat_code, rhythm)
    an_event_here(place)
    assert tell_followers(now=NOW + timedelta(hours=too_early)) == 0
    assert tell_followers(now=NOW + timedelta(hours=due)) == 1


def test_one_press_in_a_mail_program_erases_everything_and_needs_neither_cookie_nor_form(
    place: Municipality, client
) -> None:
    from django.test import Client

    made = follow("comune", place.istat_code)
    address = reverse("site:stop_following", args=[link_of(made)])
    assert client.get(address).status_code == 302, "opening it asks first"
    assert Subscription.objects.exists()
    strict = Client(enforce_csrf_checks=True)
    for _again in range(2):
        assert strict.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscription.objects.exists()
    assert strict.post(reverse("site:stop_following", args=["x"])).status_code == 404


def test_the_time_of_everything_ends(place: Municipality) -> None:
    ask_to_follow(email="b@esempio.it", kind="zona", key="1", rhythm="daily", language="it", now=NOW)
    follow("comune", place.istat_code)
    assert forget_subscriptions(NOW + HELD_FOR - timedelta(minutes=1)) == 0
    forget_subscriptions(NOW + HELD_FOR)
    assert [one.email for one in Subscription.objects.all()] == ["ada@esempio.it"]
    forget_subscriptions(NOW + KEPT_FOR)
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("attore", "2021-2023/universita"),
        ("ricerca", "2021-2023/pediatra"),
        ("filtri", "2021-2023/q=pediatra&asse=2"),
        ("filtri", "2021-2023/asse=2&attore=universita"),
    ],
)
def test_an_action_that_joins_an_actor_or_a_search_is_told_and_links_to_its_sheet(
    kind: str, key: str, place: Municipality, client
) -> None:
    edition = Edition.objects.get()
    record_import(edition=edition, at=NOW - timedelta(days=2))
    mine = follow(kind, key)
    tell_followers(now=NOW + timedelta(hours=1))
    assert not FollowingMail.objects.exists(), "what was public at the button is known"
    action = Action.objects.of(edition).with_code("2.1.2").get()
    content = {**read_content(action), "summary_it": "Il pediatra in ogni valle."}
    content["actors"] = [{"actor": "universita", "printed": ""}]
    editor = somebody("administrator")
    proposal = propose(person=editor, action=action, content=content)
    proposal = submit(person=editor, proposal_id=proposal.pk, revision=proposal.revision)
    approve(person=somebody("approver"), proposal_id=proposal.pk, revision=proposal.revision)
    assert tell_followers(now=NOW + timedelta(hours=2)) == 1
    send_news_mail.call(FollowingMail.objects.get(subscription=mine).pk)
    written = mail.outbox[-1].body
    assert "/it/2021-2023/azioni/2.1.2/" in written
    assert "Il pediatra in ogni valle." in written
    followed = subject_of(kind, key)
    assert followed is not None
    assert followed.path in written
    assert client.get(f"/it/{followed.path}").status_code == 200


def test_a_search_that_nothing_answers_has_no_news_and_keeps_what_was_typed_out_of_addresses_of_others(
    place: Municipality, client
) -> None:
    subject = subject_of("ricerca", "2021-2023/xyzzy & co")
    assert subject is not None
    assert list(subject.news()) == []
    assert "xyzzy%20%26%20co" in subject.path
    assert client.get("/it/segui/?cosa=ricerca-2021-2023/xyzzy+%26+co").status_code == 200


@pytest.mark.parametrize(
    ("address", "followed"),
    [
        ("/it/2021-2023/azioni/?q=rete+ciclabile", "ricerca-2021-2023/rete ciclabile"),
        ("/it/2021-2023/azioni/?attore=universita", "attore-2021-2023/universita"),
        ("/it/cerca/?q=rete+ciclabile", "ricerca-2021-2023/rete ciclabile"),
        ("/it/2021-2023/azioni/?attore=universita&q=rete&vista=tabella", "filtri-2021-2023/q=rete&attore=universita"),
        ("/it/2021-2023/azioni/?attore=imprese&attore=universita", "filtri-2021-2023/attore=imprese&attore=universita"),
    ],
)
def test_a_reader_of_a_search_or_of_an_actor_finds_where_to_follow_it(
    address: str, followed: str, place: Municipality, client
) -> None:
    page = client.get(address).content.decode()
    links = [unquote(one) for one in re.findall(r'href="/it/segui/\?cosa=([^"]+)"', page)]
    assert links == [followed]
    assert client.get("/it/segui/", {"cosa": links[0]}).status_code == 200


def test_a_question_that_asks_nothing_or_too_much_is_not_offered_and_one_that_lost_a_filter_has_no_news(
    place: Municipality, client
) -> None:
    long = "&".join(f"comune={'x' * 90}{n}" for n in range(8))
    for query in ("", "?vista=tabella", f"?{long}", "?attore=mai-sentito"):
        assert "/it/segui/" not in client.get(f"/it/2021-2023/azioni/{query}").content.decode(), query
    key = "2021-2023/q=rete&attore=universita"
    assert subject_of("filtri", key) is not None
    # Without its actor it would be every action with «rete»: whoever follows it never asked for those.
    Involvement.objects.filter(actor__slug="universita").delete()
    Edition.objects.update(revision=F("revision") + 1)
    assert subject_of("filtri", key) is None


def test_a_question_is_said_with_its_conditions_and_follows_codes_that_change(place: Municipality) -> None:
    followed = subject_of("filtri", "2021-2023/q=rete&asse=1&strategia=1.1&strategia=2.1")
    assert followed is not None
    for condition in ("2021-2023", "Parole: rete", "Asse: 1", "Strategia: 1.1"):
        assert condition in followed.name
    mine = follow("filtri", "2021-2023/q=1.1&strategia=1.1&strategia=2.1")
    follow_codes(Edition.objects.get(), {"1.1": "2.9", "2.1": "1.1"})
    mine.refresh_from_db()
    assert mine.key == "2021-2023/q=1.1&strategia=1.1&strategia=2.9", "words are no codes"


def test_limits_hold_and_a_thing_that_is_not_public_cannot_be_followed(place: Municipality, client) -> None:
    with pytest.raises(RefusedError):
        ask_to_follow(email="a@esempio.it", kind="comune", key="999999", rhythm="daily", language="it", now=NOW)
    Subscription.objects.bulk_create(
        Subscription(email="a@esempio.it", kind="azione", key=str(n)) for n in range(MOST_PER_ADDRESS)
    )
    ask_to_follow(email="a@esempio.it", kind="zona", key="1", rhythm="daily", language="it", now=NOW)
    assert Subscription.objects.count() == MOST_PER_ADDRESS
    assert client.get("/it/segui/?cosa=comune-999999").status_code == 404
    assert client.get("/it/segui/").status_code == 404
    assert client.post(f"/it/segui/?cosa=comune-{place.istat_code}", {}).status_code == 400
