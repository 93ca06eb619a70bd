"""Who is in the room, at which hour, decides who can vote; a closed vote is put right with its first result kept."""

from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from aumenta.desk.governance.forms_acts import DecideForm
from aumenta.governance.models import Ballot, Body, Vote
from aumenta.governance.polls.attendance import attend, call_roll, leave, mark_of
from aumenta.governance.polls.correct import enter_rest, reopen_vote
from aumenta.governance.polls.hold import close_vote, convene, enter_votes, in_the_room, put_to_vote
from aumenta.people.permission import NotAllowedError
from aumenta.people.refusals import RefusedError
from tests.cast import somebody
from tests.governance_cast import a_body, a_mandate, a_secretary, a_session, an_act, an_office, chief
from tests.markup import words

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


def a_conference():
    return convene(person=chief(), body=a_body(Body.Kind.CONFERENCE), held_on=DAY)


def test_a_vote_is_of_those_who_are_in_the_room_at_its_hour() -> None:
    session = a_conference()
    attend(person=chief(), session=session, seat="997001", arrived_at=time(15))
    attend(person=chief(), session=session, seat="997002", arrived_at=time(16))
    leave(person=chief(), session=session, seat="997001", left_at=time(17))
    rooms = [
        in_the_room(put_to_vote(person=chief(), session=session, question=f"Alle {hour}", taken_at=time(hour)))
        for hour in (15, 16, 17)
    ]
    assert rooms == [{"997001"}, {"997001", "997002"}, {"997002"}]


def test_without_attendance_nobody_says_who_is_in_the_room() -> None:
    assert in_the_room(put_to_vote(person=chief(), session=a_conference(), question="Prova")) is None


def test_whoever_leaves_can_come_back_and_a_delegate_can_follow_the_mayor() -> None:
    session = a_conference()
    mayor, delegate = an_office(), an_office(name="Eva Vice", kind="deputy_mayor")
    attend(person=chief(), session=session, seat="997001", office=mayor, arrived_at=time(15))
    leave(person=chief(), session=session, seat="997001", left_at=time(16))
    stay = attend(person=chief(), session=session, seat="997001", office=delegate, arrived_at=time(16))
    assert (stay.name, mark_of(stay)) == ("Eva Vice", f"d{delegate.pk}")
    assert session.attendances.count() == 2


def test_the_roll_call_takes_what_two_clerks_mark_and_says_where_they_differ() -> None:
    session = a_conference()
    assert call_roll(person=chief(), session=session, marks={"997001": "here", "997002": "excused"}, seen={}) == []
    lost = call_roll(person=chief(), session=session, marks={"997001": "excused", "997003": "here"}, seen={})
    assert lost == ["Uno"]
    assert {one.seat: mark_of(one) for one in session.attendances.all()} == {
        "997001": "here",
        "997002": "excused",
        "997003": "here",
    }


def test_a_guest_is_there_without_a_vote() -> None:
    guest, member = a_mandate(name="Portavoce", role="guest"), a_mandate()
    session = a_session()
    call_roll(person=chief(), session=session, marks={f"m{guest.pk}": "here", f"m{member.pk}": "here"})
    assert in_the_room(put_to_vote(person=chief(), session=session, question="Prova")) == {f"m{member.pk}"}


def test_all_others_in_the_room_vote_at_once_and_nobody_who_has_a_vote_or_is_absent() -> None:
    session = a_conference()
    call_roll(person=chief(), session=session, marks={"997001": "here", "997002": "here"})
    vote = put_to_vote(person=chief(), session=session, question="Prova")
    enter_votes(person=chief(), vote=vote, votes={"997001": "against"})
    assert enter_rest(person=chief(), vote=vote, option="for") == 1
    assert dict(Ballot.objects.filter(vote=vote).values_list("seat", "option")) == {
        "997001": "against",
        "997002": "for",
    }


def test_a_closed_vote_is_put_right_and_what_it_came_to_before_stays() -> None:
    mandate = a_mandate()
    vote = put_to_vote(person=chief(), session=a_session(), question="Prova")
    enter_votes(person=chief(), vote=vote, votes={f"m{mandate.pk}": "for"})
    close_vote(person=chief(), vote=vote)
    with pytest.raises(RefusedError) as without:
        reopen_vote(person=chief(), vote=vote, reason=" ")
    assert without.value.code == "step_reason_required"
    reopen_vote(person=chief(), vote=vote, reason="Un voto letto male")
    enter_votes(person=chief(), vote=vote, votes={f"m{mandate.pk}": "against"})
    closed = close_vote(person=chief(), vote=Vote.objects.get(pk=vote.pk))
    correction = closed.corrections.get()
    assert (correction.before["for"], closed.result["for"], closed.result["against"]) == (1, 0, 1)


def test_owner_colleague_and_stranger_at_the_page_of_attendance(client: Client) -> None:
    session = a_session()
    mandate = a_mandate()
    address = reverse("desk:body_attendance", args=[session.pk])
    sent = {"verb": "roll", "seen": "", f"m{mandate.pk}": "here"}
    assert client.post(address, sent).status_code == 302
    assert not session.attendances.exists()
    client.force_login(somebody("editor"))
    assert client.get(address).status_code == 200
    assert client.post(address, sent).status_code == 403
    client.force_login(a_secretary(a_body(Body.Kind.SPOKESPERSONS)))
    assert client.post(address, sent).status_code == 403
    assert not session.attendances.exists()
    client.force_login(a_secretary())
    assert client.post(address, sent).status_code == 302
    assert session.attendances.get().name == "Ada Prova"
    coming = {"verb": "coming", "seat": f"m{mandate.pk}", "leaves": "1", "hour": "17:30"}
    assert client.post(address, coming).status_code == 302
    assert session.attendances.get().left_at == time(17, 30)
    assert client.post(address, coming).status_code == 409, "nobody leaves twice"


def test_the_page_of_a_municipality_says_how_it_voted_and_marks_what_is_invented(client: Client) -> None:
    session = convene(person=chief(), body=a_body(Body.Kind.CONFERENCE), held_on=DAY, invented=True)
    vote = put_to_vote(person=chief(), session=session, question="Parere di prova")
    enter_votes(person=chief(), vote=vote, votes={"997001": "against"})
    address = reverse("site:municipality_acts", args=["997001"])
    assert "Parere di prova" not in client.get(address).content.decode(), "an open vote is nobody's"
    close_vote(person=chief(), vote=vote)
    page = client.get(address).content.decode()
    assert "Parere di prova: <strong>contrario</strong>" in page
    assert "inventat" in page


def test_an_editor_neither_closes_nor_corrects_a_vote() -> None:
    vote = put_to_vote(person=chief(), session=a_session(), question="Prova")
    editor = somebody("editor")
    for verb, asked in ((enter_rest, {"option": "for"}), (reopen_vote, {"reason": "x"})):
        with pytest.raises(NotAllowedError):
            verb(person=editor, vote=vote, **asked)


def test_the_preview_of_a_minute_lists_who_is_not_in_the_roll_and_what_is_counted_without_names(client: Client) -> None:
    a_mandate(name="Ada Prova")
    text = (
        "Sono presenti i Consiglieri: Ada PROVA, Mario INESISTENTE.\n\nLa votazione avviene in modo palese:\n"
        "Presenti: 2\nVotanti: 2\nFavorevoli 1\nAstenuti 1\n(Prova)\n"
    )
    client.force_login(a_secretary())
    sent = {"body": a_body().pk, "day": "2026-06-01", "text": text}
    page = words(client.post(reverse("desk:minutes"), sent).content.decode())
    assert "Mario INESISTENTE · Consigliere · presente non riconosciuto" in page
    assert "Ada PROVA · Consigliere · presente non" not in page
    assert "Favorevole: contati 1, nominati 0" in page
    assert "Astensione: contati" not in page


def test_only_votes_of_the_body_on_the_whole_text_are_offered_as_its_decision() -> None:
    act = an_act()
    mine = put_to_vote(person=chief(), session=a_session(), act=act, question="Tutto")
    put_to_vote(person=chief(), session=a_session(), act=act, question="Punto 1", subject=Vote.Subject.POINT)
    offered: Any = DecideForm(act=act).fields["vote"]
    assert [one.pk for one in offered.queryset] == [mine.pk]


def test_a_minute_brings_its_attendance_and_its_preview_speaks_the_readers_language(client: Client) -> None:
    for name in ("Ada Prova", "Bice Conta"):
        a_mandate(name=name)
    text = (
        "Sono presenti i Consiglieri: Ada PROVA, Bice CONTA.\n\nLa votazione avviene in modo palese:\n"
        "Presenti: 2\nVotanti: 2\nFavorevoli 1\n(Prova)\nAstenuti 1\n(Conta)\n"
    )
    client.force_login(a_secretary())
    sent = {"body": a_body().pk, "day": "2026-06-01", "text": text}
    page = client.post(reverse("desk:minutes"), sent).content.decode()
    assert "Ada PROVA: favorevole" in page
    assert "· presente" in page
    assert client.post(reverse("desk:minutes"), {**sent, "verb": "take", "vote": "0"}).status_code == 302
    vote = Vote.objects.get()
    assert in_the_room(vote) == {f"m{a_mandate(name=name).pk}" for name in ("Ada Prova", "Bice Conta")}
    assert dict(Ballot.objects.filter(vote=vote).values_list("name", "option")) == {
        "Ada Prova": "for",
        "Bice Conta": "abstained",
    }
