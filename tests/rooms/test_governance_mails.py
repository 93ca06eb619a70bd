"""Who is written to about sessions and opinions, when, in which language; and what waits at the desk."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aumenta.governance.deadlines import deadlines_of
from aumenta.governance.models import Body, Condition, Opinion
from aumenta.governance.notify import MailNotSentError, readers_of, send_body_mail, tell_asked
from aumenta.governance.polls.hold import convene
from aumenta.governance.road import before_vote, opinions
from aumenta.people.models import User
from aumenta.people.permission import NotAllowedError
from tests.cast import somebody
from tests.governance_cast import (
    a_body,
    a_referent,
    a_seat,
    a_secretary,
    a_session,
    a_vote,
    an_act,
    an_act_asked_about,
    an_opinion,
    chief,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_2029")]


def test_a_zone_writes_to_its_secretary_and_its_municipalities_and_to_nobody_else() -> None:
    zone = a_body(Body.Kind.ZONE_ASSEMBLY, zone=1)
    secretary, inside = a_secretary(zone), a_referent("997001")
    a_referent("997003", "altro@esempio.it")
    somebody("reader")
    assert readers_of(zone) == sorted([secretary.pk, inside.pk])
    User.objects.filter(pk=inside.pk).update(is_active=False)
    assert readers_of(zone) == [secretary.pk]


def test_a_mail_of_a_session_has_day_hour_place_and_order_of_the_day_in_the_readers_language() -> None:
    secretary = a_secretary()
    session = a_session(timezone.localdate() + timedelta(10))
    type(session).objects.filter(pk=session.pk).update(
        place="Torino, sala & aula", agenda="Primo\nSecondo", begins="15:30"
    )
    send_body_mail.func("convened", session.pk, secretary.pk)
    User.objects.filter(pk=secretary.pk).update(language="en")
    send_body_mail.func("convened", session.pk, secretary.pk)
    italian, english = mail.outbox
    assert italian.subject.startswith("Convocazione:")
    for words in ("15:30", "Torino, sala & aula", "1. Primo", "2. Secondo", f"/it/scrivania/sedute/{session.pk}/"):
        assert words in italian.body
    assert english.subject.startswith("Convened:")
    assert italian.to == [secretary.email]


def test_nobody_is_reminded_of_an_opinion_that_was_given() -> None:
    secretary, opinion = a_secretary(a_body(Body.Kind.CONFERENCE)), an_opinion()
    send_body_mail.func("due_soon", opinion.pk, secretary.pk)
    assert len(mail.outbox) == 1
    Opinion.objects.filter(pk=opinion.pk).update(given_on="2026-03-10", outcome="favourable")
    send_body_mail.func("due_soon", opinion.pk, secretary.pk)
    assert len(mail.outbox) == 1


def test_a_server_that_refuses_is_asked_again_and_at_last_the_fault_has_no_address(monkeypatch) -> None:
    secretary, opinion = a_secretary(a_body(Body.Kind.CONFERENCE)), an_opinion()

    def refuse(*_args: object) -> None:
        raise OSError(secretary.email)

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    send_body_mail.func("asked", opinion.pk, secretary.pk)
    with pytest.raises(MailNotSentError) as last:
        send_body_mail.func("asked", opinion.pk, secretary.pk, 3)
    assert secretary.email not in str(last.value)


def test_what_is_of_the_past_or_invented_writes_to_nobody(django_capture_on_commit_callbacks) -> None:
    a_secretary()
    a_secretary_of_all = a_body(Body.Kind.CONFERENCE)
    a_referent("997001")
    today = timezone.localdate()
    with django_capture_on_commit_callbacks() as jobs:
        convene(person=chief(), body=a_body(), held_on=today - timedelta(1))
        convene(person=chief(), body=a_body(), held_on=today + timedelta(1), invented=True)
        tell_asked(an_opinion())
    assert jobs == []
    with django_capture_on_commit_callbacks() as jobs:
        convene(person=chief(), body=a_secretary_of_all, held_on=today + timedelta(1))
    assert len(jobs) == 1


def test_the_inbox_of_a_secretary_has_what_is_due_in_her_bodies_and_nothing_of_others(client: Client) -> None:
    today = timezone.localdate()
    a_body(Body.Kind.CONFERENCE)
    act = an_act()
    type(act).objects.filter(pk=act.pk).update(state="opinions")
    Opinion.objects.create(
        act=act, body=a_body(Body.Kind.CONFERENCE), asked_on=today - timedelta(20), due_on=today + timedelta(3)
    )
    vote = a_vote()
    type(vote.session).objects.filter(pk=vote.session_id).update(held_on=today)
    mine = a_secretary()
    assert [(one.kind, one.left) for one in deadlines_of(mine, today)] == [("session", 0), ("vote", 0), ("opinion", 3)]
    other = somebody("secretary")
    assert deadlines_of(other, today) == []
    client.force_login(mine)
    page = client.get(reverse("desk:inbox")).content.decode()
    assert "Atto di prova" in page
    client.force_login(other)
    assert "Atto di prova" not in client.get(reverse("desk:inbox")).content.decode()


def test_a_municipality_observes_with_a_text_of_its_own_and_gets_an_answer() -> None:
    act = an_act()
    for body in (a_body(Body.Kind.CONFERENCE), a_body(Body.Kind.ZONE_ASSEMBLY, zone=1)):
        assert body.pk
    day = date(2026, 3, 2)
    before_vote.deposit(person=chief(), act=act, day=day, words="Testo")
    before_vote.examine(person=chief(), act=act, day=day)
    opinions.ask_opinions(person=chief(), act=act, day=day, due=day + timedelta(15))
    opinion = act.opinions.get(body__kind="zone_assembly")
    made = opinions.observe(
        person=chief(), opinion=opinion, day=day, municipality=a_seat(), words="Manca il treno", proposed="Più treni"
    )
    opinions.give_opinion(
        person=chief(), opinion=opinion, day=day, outcome="conditions", conditions=["Aggiungere i treni"]
    )
    assert [(one.number, one.binding) for one in opinion.conditions.all()] == [(1, False), (2, True)]
    answered = opinions.answer_condition(person=chief(), condition=made, answer="partly", because="Due treni")
    assert (answered.municipality, answered.proposed) == (a_seat(), "Più treni")
    page = Client().get(reverse("site:act", args=[act.slug])).content.decode()
    for words in ("Uno", "Manca il treno", "Più treni", "Due treni"):
        assert words in page
    assert Condition.objects.count() == 2
    page = Client().get(reverse("site:zone_acts", args=[1])).content.decode()
    for words in ("Atto di prova", "favorevole con condizioni", "Aggiungere i treni", "Due treni"):
        assert words in page
    assert Client().get(reverse("site:zone_acts", args=[99])).status_code == 404


def test_a_referent_enters_what_her_own_municipality_observes_and_nothing_else(client: Client) -> None:
    asked, referent = an_act_asked_about(), a_referent("997001")
    address = reverse("desk:observations")
    client.force_login(referent)
    page = client.get(address).content.decode()
    assert len(re.findall(r"<h2>\s*Atto di prova", page)) == 1, "asked of two bodies, it is named once"
    assert asked["zone-assembly-1"].body.name_it in page
    assert asked["zone-assembly-2"].body.name_it not in page, "her municipality does not sit there"
    assert [(one.kind, one.left) for one in deadlines_of(referent, timezone.localdate())] == [("observe", 15)]
    assert "#parere-" in client.get(reverse("desk:inbox")).content.decode()
    own = {"opinion": asked["zone-assembly-1"].pk, "municipality": a_seat().pk, "words": "Manca il treno"}
    assert client.post(address, own | {"words": " "}).status_code == 409
    assert client.post(address, own | {"municipality": a_seat("997003").pk}).status_code == 409
    assert client.post(address, own | {"opinion": asked["zone-assembly-2"].pk}).status_code == 404
    assert client.post(address, own | {"opinion": "x"}).status_code == 404
    assert client.post(address, own | {"sheet": "9.9.9"}).status_code == 409
    assert not Condition.objects.exists()
    assert client.post(address, own).status_code == 302
    made = Condition.objects.get()
    assert (made.municipality, made.words, made.binding) == (a_seat(), "Manca il treno", False)
    for person, place in ((referent, a_seat("997003")), (somebody("referent"), a_seat())):
        with pytest.raises(NotAllowedError):
            opinions.observe(
                person=person, opinion=asked["conference"], day=timezone.localdate(), municipality=place, words="No"
            )
    opinions.answer_condition(person=chief(), condition=made, answer="partly", because="Due treni")
    assert "Due treni" in client.get(address).content.decode()
    before_vote.withdraw(person=chief(), act=an_act(), day=timezone.localdate(), note="Prova")
    assert "Manca il treno" not in client.get(address).content.decode(), "what waits for no opinion is not asked"


def test_the_text_that_an_opinion_is_asked_about_can_be_read_by_everybody(client: Client) -> None:
    an_act_asked_about()
    before_vote.amend(
        person=chief(), act=an_act(), day=timezone.localdate(), words="Parole\n\nnuove <b>", committee=True
    )
    address = reverse("site:act", args=[an_act().slug])
    page = client.get(address).content.decode()
    assert "<p>nuove &lt;b&gt;</p>" in page
    client.force_login(chief())
    assert "<p>nuove &lt;b&gt;</p>" in client.get(reverse("desk:act", args=[an_act().slug])).content.decode()


def test_whoever_is_written_to_can_open_what_the_mail_leads_to(client: Client) -> None:
    asked = an_act_asked_about()
    session = convene(person=chief(), body=a_body(Body.Kind.CONFERENCE), held_on=timezone.localdate() + timedelta(20))
    conference = a_body(Body.Kind.CONFERENCE)
    for person in (a_referent("997001"), a_secretary(conference)):
        for kind, number in (
            ("convened", session.pk),
            ("asked", asked["conference"].pk),
            ("due_soon", asked["conference"].pk),
        ):
            mail.outbox.clear()
            send_body_mail.func(kind, number, person.pk)
            link = next(word for word in mail.outbox[0].body.split() if "/it/" in word)
            client.force_login(person)
            assert client.get("/it/" + link.split("/it/", 1)[1].partition("#")[0]).status_code == 200, (kind, link)
