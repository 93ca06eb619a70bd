"""Every way in which sessions, attendance, votes and minutes are refused: each met once."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from aumenta.governance.composition import composition
from aumenta.governance.keep_notice import set_notice
from aumenta.governance.models import Body
from aumenta.governance.polls.attendance import attend, call_roll, leave
from aumenta.governance.polls.correct import enter_rest, reopen_vote
from aumenta.governance.polls.from_minute import take_over
from aumenta.governance.polls.hold import close_vote, convene, enter_counts, enter_votes, put_to_vote
from tests.documents_made import others_being_read
from tests.governance_cast import a_body, a_mandate, a_seat, a_session, a_vote, an_act, an_office, chief
from tests.governance_walks import DAY, a_closed_vote, adopted, seat
from tests.refusals_met import Refusals, page_after

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_2029")]
REFUSALS = Refusals()


@REFUSALS.get("convened_after_session")
def a_session_is_convened_after_it() -> object:
    return convene(person=chief(), body=a_body(), held_on=DAY, convened_on=DAY + timedelta(1))


@REFUSALS.get("notice_too_short")
def a_session_is_convened_with_too_little_notice() -> object:
    set_notice(person=chief(), body=a_body(), days=5)
    body = Body.objects.get(pk=a_body().pk)
    return convene(person=chief(), body=body, held_on=DAY, convened_on=DAY - timedelta(4))


def conference_session() -> Any:
    return convene(person=chief(), body=a_body(Body.Kind.CONFERENCE), held_on=DAY)


@REFUSALS.get("municipality_gone")
def a_merged_municipality_votes() -> object:
    vote = put_to_vote(person=chief(), session=conference_session(), question="Prova")
    return enter_votes(person=chief(), vote=vote, votes={a_seat("997004").istat_code: "for"})


@REFUSALS.get("delegate_beside_mayor")
def a_delegate_sits_beside_the_mayor() -> object:
    session = conference_session()
    attend(person=chief(), session=session, seat="997001")
    delegate = an_office(name="Eva Vice", kind="deputy_mayor")
    return attend(person=chief(), session=session, seat="997001", office=delegate)


@REFUSALS.get("office_over")
def somebody_comes_for_a_municipality_after_the_office_ended() -> object:
    gone = an_office(name="Gina Prima", to_day=date(2021, 1, 1))
    return attend(person=chief(), session=conference_session(), seat="997001", office=gone)


@REFUSALS.get("office_elsewhere")
def somebody_comes_for_a_municipality_of_others() -> object:
    return attend(person=chief(), session=conference_session(), seat="997002", office=an_office())


@REFUSALS.get("hours_overlap")
def the_mayor_comes_while_the_delegate_is_there() -> object:
    session = conference_session()
    attend(person=chief(), session=session, seat="997001", office=an_office(name="Eva Vice", kind="deputy_mayor"))
    leave(person=chief(), session=session, seat="997001", left_at=time(17))
    return attend(person=chief(), session=session, seat="997001", arrived_at=time(16, 30))


@REFUSALS.get("not_in_the_room")
def somebody_leaves_who_was_not_there() -> object:
    return leave(person=chief(), session=conference_session(), seat="997001", left_at=time(17))


@REFUSALS.get("leaves_before_arriving")
def somebody_leaves_before_coming() -> object:
    session = conference_session()
    attend(person=chief(), session=session, seat="997001", arrived_at=time(16))
    return leave(person=chief(), session=session, seat="997001", left_at=time(15))


@REFUSALS.get("bad_mark")
def somebody_is_perhaps_there() -> object:
    return call_roll(person=chief(), session=conference_session(), marks={"997001": "dX"})


def a_vote_with_a_roll() -> Any:
    """Ada Prova is in the room, Bice Conta is not."""
    a_mandate(name="Bice Conta")
    vote = a_vote()
    call_roll(person=chief(), session=vote.session, marks={seat(): "here"})
    return vote


@REFUSALS.get("voter_absent")
def somebody_votes_who_is_not_in_the_room() -> object:
    vote = a_vote_with_a_roll()
    return enter_votes(person=chief(), vote=vote, votes={f"m{a_mandate(name='Bice Conta').pk}": "for"})


@REFUSALS.get("voted_already")
def somebody_who_voted_was_not_there() -> object:
    vote = a_vote_with_a_roll()
    enter_votes(person=chief(), vote=vote, votes={seat(): "for"})
    return call_roll(person=chief(), session=vote.session, marks={seat(): ""})


@REFUSALS.get("room_without_vote")
def a_vote_is_closed_and_somebody_in_the_room_has_none() -> object:
    vote = a_vote_with_a_roll()
    call_roll(person=chief(), session=vote.session, marks={f"m{a_mandate(name='Bice Conta').pk}": "here"})
    enter_votes(person=chief(), vote=vote, votes={seat(): "for"})
    return close_vote(person=chief(), vote=vote)


@REFUSALS.get("room_differs")
def more_vote_than_are_in_the_room() -> object:
    session = a_vote_with_a_roll().session
    vote = put_to_vote(person=chief(), session=session, question="Altro", method="counts")
    return enter_counts(person=chief(), vote=vote, counts={"present": 2, "for": 2})


@REFUSALS.get("attendance_needed")
def the_rest_votes_and_nobody_knows_who_is_there() -> object:
    return enter_rest(person=chief(), vote=a_vote(), option="for")


@REFUSALS.get("nobody_left")
def the_rest_votes_and_there_is_none() -> object:
    vote = a_vote_with_a_roll()
    enter_rest(person=chief(), vote=vote, option="for")
    return enter_rest(person=chief(), vote=vote, option="against")


@REFUSALS.get("vote_open_already")
def an_open_vote_is_opened() -> object:
    return reopen_vote(person=chief(), vote=a_vote(), reason="Un voto letto male")


@REFUSALS.get("vote_decided_on")
def a_vote_is_corrected_after_the_act_was_adopted() -> object:
    return reopen_vote(person=chief(), vote=adopted().polls.get(), reason="Un voto letto male")


@REFUSALS.get("guest_votes")
def a_guest_votes() -> object:
    guest = a_mandate(name="Portavoce", role="guest")
    return enter_votes(person=chief(), vote=a_vote(), votes={f"m{guest.pk}": "for"})


@REFUSALS.get("mandate_over")
def somebody_votes_whose_mandate_ended_before_the_session() -> object:
    gone = a_mandate(name="Gina Prima", to_day=date(2021, 1, 1))
    return enter_votes(person=chief(), vote=a_vote(), votes={f"m{gone.pk}": "for"})


@REFUSALS.get("not_in_roll")
def somebody_votes_who_is_not_in_the_roll() -> object:
    return enter_votes(person=chief(), vote=a_vote(), votes={"Cagno": "for"})


@REFUSALS.get("vote_twice_on_the_same")
def one_question_is_put_twice() -> object:
    a_vote()
    return put_to_vote(person=chief(), session=a_session(), question="Prova")


@REFUSALS.get("act_of_another_body")
def a_body_that_nobody_asked_votes_on_an_act() -> object:
    session = convene(person=chief(), body=a_body(Body.Kind.SPOKESPERSONS), held_on=DAY)
    return put_to_vote(person=chief(), session=session, act=an_act())


@REFUSALS.get("vote_closed")
def somebody_votes_after_the_end() -> object:
    return enter_votes(person=chief(), vote=a_closed_vote(None), votes={seat(): "against"})


@REFUSALS.get("secret_by_name")
def a_secret_vote_is_entered_by_name() -> object:
    return enter_votes(person=chief(), vote=a_vote(method="secret"), votes={seat(): "for"})


@REFUSALS.get("bad_option")
def somebody_votes_perhaps() -> object:
    return enter_votes(person=chief(), vote=a_vote(), votes={seat(): "perhaps"})


@REFUSALS.get("names_not_counts")
def a_vote_by_name_is_entered_as_counts() -> object:
    return enter_counts(person=chief(), vote=a_vote(), counts={"present": 1, "for": 1})


@REFUSALS.get("counts_differ")
def votes_do_not_add_up_to_those_present() -> object:
    return enter_counts(person=chief(), vote=a_vote(method="counts"), counts={"present": 3, "for": 1, "against": 1})


@REFUSALS.get("too_many_present")
def more_are_present_than_there_are_members() -> object:
    return enter_counts(person=chief(), vote=a_vote(method="counts"), counts={"present": 2, "for": 2})


@REFUSALS.get("nothing_voted")
def an_empty_vote_is_closed() -> object:
    return close_vote(person=chief(), vote=a_vote())


@REFUSALS.get("declared_differs")
def the_minutes_declare_other_counts_than_the_names() -> object:
    vote = a_vote()
    enter_votes(person=chief(), vote=vote, votes={seat(): "for"})
    return close_vote(person=chief(), vote=vote, declared={"for": 2, "present": 2})


@REFUSALS.get("counts_unreadable")
def counts_are_words() -> object:
    vote = a_vote(method="counts")
    return page_after(reverse("desk:body_vote", args=[vote.pk]), {"verb": "counts", "present": "molti"})


def reading(**sent: object) -> object:
    given = {"body": a_body().pk, "day": "2026-06-01", **sent}
    return page_after(reverse("desk:minutes"), given)


@REFUSALS.get("minute_required")
def no_minute_is_given() -> object:
    return reading(text=" ")


@REFUSALS.get("minute_busy")
def a_minute_comes_while_others_are_read() -> object:
    with others_being_read():
        return reading(file=SimpleUploadedFile("verbale.txt", b"Presenti: 2"))


@REFUSALS.get("minute_unreadable")
def an_empty_file_is_given_as_a_minute() -> object:
    return reading(file=SimpleUploadedFile("verbale.pdf", b"%PDF-1.7 niente"))


MINUTE = "La votazione avviene in modo palese:\nPresenti: 2\nVotanti: 2\nFavorevoli 2\n(Prova - Cagno)\n"


@REFUSALS.get("name_without_seat")
def a_name_of_the_minute_is_not_in_the_roll() -> object:
    a_mandate()
    return reading(text=MINUTE, verb="take", vote="0")


@REFUSALS.get("name_twice")
def a_name_votes_twice_in_a_minute() -> object:
    found = composition(a_body(), date(2026, 6, 1))
    votes = [(seat(), "for"), (seat(), "against")]
    return take_over(person=chief(), found=found, votes=votes, question="Prova", declared={})


@pytest.mark.parametrize("code", sorted(REFUSALS.attempts))
def test_it_is_refused_with_a_sentence_that_is_whole(code: str) -> None:
    REFUSALS.check(code)
