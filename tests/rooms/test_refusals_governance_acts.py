"""Every way in which steps of an act, opinions, sessions and votes are refused: each met once."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from aumenta.governance.composition import composition
from aumenta.governance.models import Act, Body, Condition, Opinion
from aumenta.governance.polls.attendance import attend, call_roll, leave
from aumenta.governance.polls.correct import enter_rest, reopen_vote
from aumenta.governance.polls.from_minute import take_over
from aumenta.governance.polls.hold import close_vote, convene, enter_counts, enter_votes, put_to_vote
from aumenta.governance.road import before_vote, from_vote, opinions
from aumenta.governance.road.annexes import MOST_BYTES, add_annex, drop_annex
from aumenta.governance.road.from_vote import refuse_number
from tests.attachments_made import a_pdf_with_a_program
from tests.governance_cast import a_body, a_mandate, a_seat, a_session, a_vote, an_act, an_office, chief
from tests.media_cast import a_pdf
from tests.refusals_met import Refusals, page_after

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("late_2026")]
REFUSALS = Refusals()
DAY = date(2026, 3, 2)
PDF = a_pdf()


def deposited() -> Act:
    act = an_act()
    return before_vote.deposit(person=chief(), act=act, day=DAY, words="Il testo.")


def asked() -> Act:
    a_body(Body.Kind.CONFERENCE)
    a_body(Body.Kind.ZONE_ASSEMBLY, zone=1)
    act = deposited()
    before_vote.examine(person=chief(), act=act, day=DAY)
    return opinions.ask_opinions(person=chief(), act=act, day=DAY, due=DAY + timedelta(15))


def give(act: Act, *, binding: bool = True, **facts: Any) -> Opinion:
    opinion = act.opinions.filter(binding=binding)[0]
    given = {"day": DAY, "outcome": "favourable", **facts}
    return opinions.give_opinion(person=chief(), opinion=opinion, **given)


def seat() -> str:
    return f"m{a_mandate().pk}"


@REFUSALS.get("step_not_open")
def an_act_is_published_before_it_is_voted() -> object:
    return from_vote.publish(person=chief(), act=deposited(), day=DAY)


@REFUSALS.get("step_before_another")
def a_committee_examines_before_the_deposit() -> object:
    return before_vote.examine(person=chief(), act=deposited(), day=DAY - timedelta(1))


@REFUSALS.get("step_in_the_future")
def a_text_is_deposited_next_year() -> object:
    return before_vote.deposit(person=chief(), act=an_act(), day=date(2027, 1, 1), words="Testo")


@REFUSALS.get("object_required")
def an_act_is_about_nothing() -> object:
    return before_vote.open_act(person=chief(), body=a_body(), kind="plan", object_it=" ")


@REFUSALS.get("text_required")
def nothing_is_deposited() -> object:
    return before_vote.deposit(person=chief(), act=an_act(), day=DAY, words=" ")


@REFUSALS.get("text_of_another_act")
def two_acts_have_the_same_hash() -> object:
    deposited()
    other = before_vote.open_act(person=chief(), body=a_body(), kind="plan", object_it="Un altro")
    return before_vote.deposit(person=chief(), act=other, day=DAY, words="Il testo.\r\n")


@REFUSALS.get("text_unchanged")
def nothing_is_amended() -> object:
    return before_vote.amend(person=chief(), act=deposited(), day=DAY, words="Il testo.")


@REFUSALS.get("condition_of_another_act")
def a_text_answers_a_condition_of_another_act() -> object:
    act = asked()
    condition = give(act, outcome="conditions", conditions=["Uno"]).conditions.get()
    other = before_vote.open_act(person=chief(), body=a_body(), kind="plan", object_it="Un altro")
    before_vote.deposit(person=chief(), act=other, day=DAY, words="Altro testo")
    return before_vote.amend(person=chief(), act=other, day=DAY, words="Ancora", condition=condition)


@REFUSALS.get("step_reason_required")
def a_text_is_sent_back_without_a_word() -> object:
    return before_vote.send_back(person=chief(), act=deposited(), day=DAY, note=" ")


@REFUSALS.get("heard_required")
def nobody_is_heard() -> object:
    return before_vote.hear(person=chief(), act=an_act(), day=DAY, who=" ")


@REFUSALS.get("due_too_soon")
def mayors_have_fewer_than_fifteen_days() -> object:
    act = deposited()
    before_vote.examine(person=chief(), act=act, day=DAY)
    return opinions.ask_opinions(person=chief(), act=act, day=DAY, due=DAY + timedelta(14))


@REFUSALS.get("opinion_given_already")
def an_opinion_is_given_twice() -> object:
    act = asked()
    give(act)
    return give(act)


@REFUSALS.get("opinion_before_request")
def an_opinion_comes_before_its_request() -> object:
    return give(asked(), day=DAY - timedelta(1))


@REFUSALS.get("conditions_required")
def conditions_have_no_text() -> object:
    return give(asked(), outcome="conditions", conditions=["  "])


@REFUSALS.get("because_required")
def a_condition_is_refused_without_a_reason() -> object:
    condition = give(asked(), outcome="conditions", conditions=["Uno"]).conditions.get()
    return opinions.answer_condition(person=chief(), condition=condition, answer="refused", because=" ")


@REFUSALS.get("binding_is_binding")
def the_act_departs_from_the_conference() -> object:
    return opinions.depart(person=chief(), opinion=give(asked(), outcome="contrary"), why="Perché no")


def a_closed_vote(act: Act | None) -> Any:
    vote = a_vote(act=act) if act else a_vote()
    enter_votes(person=chief(), vote=vote, votes={seat(): "for"})
    return close_vote(person=chief(), vote=vote)


@REFUSALS.get("vote_of_another_act")
def the_vote_was_on_something_else() -> object:
    act = asked()
    return from_vote.decide(person=chief(), act=act, vote=a_closed_vote(None), number="1", year=2026)


@REFUSALS.get("vote_not_closed")
def the_vote_goes_on() -> object:
    act = asked()
    return from_vote.decide(person=chief(), act=act, vote=a_vote(act=act), number="1", year=2026)


@REFUSALS.get("not_ready")
def the_council_votes_before_the_opinions() -> object:
    act = asked()
    return from_vote.decide(person=chief(), act=act, vote=a_closed_vote(act), number="1", year=2026)


def whole(act: Act) -> Act:
    for opinion in act.opinions.all():
        opinions.give_opinion(person=chief(), opinion=opinion, day=DAY, outcome="favourable")
    before_vote.hear(person=chief(), act=act, day=DAY, who="Associazioni")
    return act


@REFUSALS.get("vote_undecided")
def the_vote_can_not_be_counted() -> object:
    act = whole(asked())
    a_body().rules.all().delete()
    return from_vote.decide(person=chief(), act=act, vote=a_closed_vote(act), number="1", year=2026)


@REFUSALS.get("text_voted_differs")
def the_text_changed_after_the_vote() -> object:
    act = whole(asked())
    vote = a_closed_vote(act)
    before_vote.amend(person=chief(), act=act, day=DAY, words="Altro", committee=True)
    return from_vote.decide(person=chief(), act=act, vote=vote, number="1", year=2026)


@REFUSALS.get("number_required")
def an_act_has_no_number() -> None:
    refuse_number(an_act(), " ", 2026, DAY)


@REFUSALS.get("year_differs")
def an_act_of_2021_has_a_date_of_2022() -> None:
    refuse_number(an_act(), "4", 2021, date(2022, 2, 10))


@REFUSALS.get("number_taken")
def two_acts_of_a_year_have_one_number() -> None:
    Act.objects.create(slug="primo", body=a_body(), kind="plan", object_it="Primo", number="4", year=2026)
    refuse_number(an_act(), "4", 2026, DAY)


def adopted() -> Act:
    act = whole(asked())
    return from_vote.decide(person=chief(), act=act, vote=a_closed_vote(act), number="9", year=2026)


@REFUSALS.get("published_before_act")
def an_act_is_on_the_board_before_its_day() -> object:
    return from_vote.publish(person=chief(), act=adopted(), day=date(2026, 5, 31))


@REFUSALS.get("board_too_short")
def an_act_is_on_the_board_for_fourteen_days() -> object:
    return from_vote.publish(person=chief(), act=adopted(), day=date(2026, 6, 1), until=date(2026, 6, 14))


@REFUSALS.get("not_enforceable_yet")
def an_act_is_enforceable_too_soon() -> object:
    act = from_vote.publish(person=chief(), act=adopted(), day=date(2026, 6, 1))
    return from_vote.enforce(person=chief(), act=act, day=date(2026, 6, 10))


@REFUSALS.get("convened_after_session")
def a_session_is_convened_after_it() -> object:
    return convene(person=chief(), body=a_body(), held_on=DAY, convened_on=DAY + timedelta(1))


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


def add(data: bytes | None = None, title: str = "Relazione", **facts: Any) -> Any:
    return add_annex(person=chief(), act=an_act(), data=PDF if data is None else data, title=title, **facts)


@REFUSALS.get("annex_empty")
def an_annex_has_no_bytes() -> object:
    return add(b"")


@REFUSALS.get("annex_title_required")
def an_annex_has_no_title() -> object:
    return add(title=" ")


@REFUSALS.get("annex_too_large")
def an_annex_is_too_large() -> object:
    return add(b"%PDF-" + bytes(MOST_BYTES))


@REFUSALS.get("annex_wrong_kind")
def an_annex_is_a_picture() -> object:
    return add(b"GIF89a")


@REFUSALS.get("annex_damaged")
def an_annex_cannot_be_opened() -> object:
    return add(b"%PDF-1.7 niente")


@REFUSALS.get("annex_has_macros")
def an_annex_holds_a_program() -> object:
    return add(a_pdf_with_a_program())


@REFUSALS.get("annex_twice")
def one_file_is_added_twice() -> object:
    add()
    return add(title="La stessa")


@REFUSALS.get("annex_signed")
def a_signed_annex_is_taken_away() -> object:
    return drop_annex(person=chief(), annex=add(signed=True))


@REFUSALS.get("annex_decided_on")
def an_annex_of_an_adopted_act_is_taken_away() -> object:
    annex = add()
    adopted()
    return drop_annex(person=chief(), annex=annex)


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
    assert not Condition.objects.filter(answer="refused").exists()
