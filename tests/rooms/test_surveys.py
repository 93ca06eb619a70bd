"""Questionnaires: versions, one reply for an invitation with nothing between the two, closing, results, the table."""

import secrets
from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from django.utils.translation import override

from aumenta.activity.models import ActivityEntry
from aumenta.core.survey.questions import Kind, Question
from aumenta.people.permission import NotAllowedError
from aumenta.people.refusals import RefusedError
from aumenta.surveys.codebooks import ddi_codebook, spss_syntax
from aumenta.surveys.make_demo_questionnaires import make_demo_questionnaires
from aumenta.surveys.mend_paper_replies import correct_reply, take_reply_back
from aumenta.surveys.models import Invitation, Questionnaire, Reply
from aumenta.surveys.queries import codebook_rows, columns_of, questions_asked, rate_of, reply_rows, results_of
from aumenta.surveys.shown import shown_questions
from aumenta.surveys.take_reply import (
    enter_reply,
    invitation_behind,
    make_invitations,
    take_reply,
    token_of,
)
from aumenta.surveys.write_questionnaire import (
    change_questionnaire,
    close_questionnaire,
    drop_questionnaire,
    hide_results,
    open_questionnaire,
    prepare_questionnaire,
    publish_results,
    write_questions,
)
from tests.cast import a_small_plan, somebody
from tests.issues_cast import a_zone
from tests.surveys_cast import OPTIONS, QUESTIONS, a_questionnaire, a_reply, finished

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("it", "Solo se alla domanda 1 hai risposto «Autobus», «Auto» o «Bici»."),
        ("en", "Only if you answered “Bus”, “Car” or “Bicycle” to question 1."),
    ],
)
def test_of_whom_a_question_is_asked_is_said_with_the_quotation_marks_of_the_language(language, said):
    later = replace(QUESTIONS[1], only_values=("bus", "auto", "bici"))
    with override(language):
        assert shown_questions([QUESTIONS[0], later], {}, {})[1].only == said


@pytest.fixture
def plan(db):
    return a_small_plan()


@pytest.fixture
def asked(plan):
    return a_questionnaire(plan)


def refused(code, verb, **what):
    with pytest.raises(RefusedError) as refusal:
        verb(**what)
    assert refusal.value.code == code
    return refusal.value


def sent(questionnaire, **more):
    usual = {"version": questionnaire.in_use, "answers": {"mezzo": "bus"}, "language": "it"}
    return take_reply(**{**usual, "form_key": secrets.token_hex(16), **more})


def test_only_the_office_writes_and_only_who_approves_opens_closes_and_publishes(plan, asked):
    facts = {"title_it": "Q", "edition": plan, "opens_on": timezone.localdate(), "closes_on": timezone.localdate()}
    for role in ("referent", "facilitator", "reader", "secretary"):
        for verb, what in (
            (prepare_questionnaire, {"facts": facts}),
            (change_questionnaire, {"questionnaire": asked, "facts": {}}),
            (write_questions, {"questionnaire": asked, "questions": QUESTIONS, "seen": 0}),
            (make_invitations, {"questionnaire": asked, "how_many": 1}),
            (enter_reply, {"version": asked.in_use, "answers": {}, "form_key": "x"}),
        ):
            with pytest.raises(NotAllowedError):
                verb(person=somebody(role), **what)
    made = prepare_questionnaire(person=somebody("editor"), facts=facts)
    for step in (open_questionnaire, close_questionnaire, publish_results, hide_results):
        with pytest.raises(NotAllowedError):
            step(person=somebody("editor"), questionnaire=made)


def test_what_is_asked_is_frozen_and_a_change_is_a_new_version(plan, asked):
    office = somebody("approver")
    first = asked.in_use
    a_reply(asked)
    refused("questionnaire_is_open", open_questionnaire, person=office, questionnaire=asked)
    longer = (*QUESTIONS, Question("altro", Kind.OPEN, "Altro?"))
    second = write_questions(person=office, questionnaire=asked, questions=longer, seen=0)
    assert asked.in_use == first, "nobody is asked it yet"
    refused(
        "questions_changed_meanwhile", write_questions, person=office, questionnaire=asked, questions=longer, seen=0
    )
    refused("questionnaire_not_open", sent, questionnaire=asked, version=second)
    open_questionnaire(person=office, questionnaire=asked)
    assert asked.in_use == second
    first.refresh_from_db()
    assert first.questions == QUESTIONS
    a_reply(asked, altro="Sì")
    assert [one.code for one in questions_asked(asked)][-1] == "altro"
    assert results_of(asked)[0].answered is None, "two replies are few"


@pytest.mark.parametrize("kind", list(Kind))
def test_a_question_that_was_asked_keeps_its_kind_for_ever(asked, kind):
    office = somebody("approver")
    a_reply(asked, anni=41.5, voto=5, tabella={"giovani": "si"}, temi=["bus"], perche="testo", giorno="2020-01-01")
    for place, one in enumerate(QUESTIONS):
        other = Question(one.code, kind, "Altra", options=OPTIONS, rows=OPTIONS, low=1, high=3)
        changed = [*QUESTIONS[:place], other, *QUESTIONS[place + 1 :]]
        if kind is not one.kind:
            error = refused(
                "questionnaire_wrong", write_questions, person=office, questionnaire=asked, questions=changed, seen=0
            )
            assert ("other_kind", one.code) in [(p.code, p.question) for p in error.params["problem"]]


def test_what_a_scale_had_before_it_was_shortened_is_still_counted(asked):
    office = somebody("approver")
    for _n in range(5):
        a_reply(asked, voto=5)
    shorter = [replace(one, low=1, high=3) if one.code == "voto" else one for one in QUESTIONS]
    write_questions(person=office, questionnaire=asked, questions=shorter, seen=0)
    open_questionnaire(person=office, questionnaire=asked)
    for _n in range(5):
        a_reply(asked, voto=3)
    found = next(one for one in results_of(asked) if one.question.code == "voto")
    assert {line.value: line.count for line in found.groups[0][1]} == {"1": 0, "2": 0, "3": 5, "4": 0, "5": 5}


def test_nothing_is_opened_that_cannot_be_asked(plan):
    office = somebody("approver")
    today = timezone.localdate()
    facts = {"title_it": "Prova", "edition": plan, "opens_on": today, "closes_on": today}
    made = prepare_questionnaire(person=office, facts=facts)
    refused("questionnaire_wrong", open_questionnaire, person=office, questionnaire=made)
    looping = [Question("a", Kind.OPEN, "A", only_if="a", only_values=("x",))]
    error = refused(
        "questionnaire_wrong", write_questions, person=office, questionnaire=made, questions=looping, seen=0
    )
    assert error.params["problem"][0].code == "condition_loops"
    write_questions(person=office, questionnaire=made, questions=QUESTIONS, seen=0)
    plan.state = "draft"
    plan.save()
    refused("questionnaire_of_hidden_edition", open_questionnaire, person=office, questionnaire=made)
    for change, code in (
        ({"closes_on": today - DAY}, "questionnaire_ends_first"),
        ({"title_it": ""}, "questionnaire_invalid"),
    ):
        refused(code, prepare_questionnaire, person=office, facts={**facts, **change})


def test_a_reply_is_taken_between_the_days_and_never_after_closing(plan, asked):
    office = somebody("approver")
    today = timezone.localdate()
    days = {"before": (today + DAY, today + 2 * DAY), "after": (today - 2 * DAY, today - DAY)}
    for opens_on, closes_on in days.values():
        Questionnaire.objects.filter(pk=asked.pk).update(opens_on=opens_on, closes_on=closes_on)
        refused("questionnaire_not_open", sent, questionnaire=asked)
    Questionnaire.objects.filter(pk=asked.pk).update(opens_on=today, closes_on=today)
    sent(asked)
    refused("reply_is_empty", sent, questionnaire=asked, answers={})
    refused("results_before_closing", publish_results, person=office, questionnaire=asked)
    close_questionnaire(person=office, questionnaire=asked)
    refused("questionnaire_not_open", sent, questionnaire=asked)
    for verb, what in (
        (close_questionnaire, {}),
        (open_questionnaire, {}),
        (change_questionnaire, {"facts": {}}),
        (write_questions, {"questions": QUESTIONS, "seen": 0}),
        (make_invitations, {"how_many": 1}),
    ):
        refused("questionnaire_is_closed", verb, person=office, questionnaire=asked, **what)
    refused(
        "questionnaire_is_closed", enter_reply, person=office, version=asked.in_use, answers={"voto": 1}, form_key="x"
    )


def test_an_invitation_takes_one_reply_and_nothing_leads_from_one_to_the_other(plan):
    asked = a_questionnaire(plan, invited_only=True)
    office = somebody("editor")
    one, other = make_invitations(person=office, questionnaire=asked, how_many=2, zone=a_zone(1))
    refused("invitation_needed", sent, questionnaire=asked)
    before = ActivityEntry.objects.count()
    reply = sent(asked, invitation=invitation_behind(token_of(one)))
    refused("invitation_used", sent, questionnaire=asked, invitation=one)
    assert Reply.objects.count() == 1
    assert ActivityEntry.objects.count() == before, "the log would say when"
    foreign = a_questionnaire(plan, "altro", invited_only=True)
    refused("invitation_used", sent, questionnaire=foreign, invitation=other)
    assert invitation_behind(token_of(one) + "x") is None
    kept = Reply.objects.filter(pk=reply.pk).values().get()
    keys = {name for name in kept if name.endswith("_id")}
    assert keys == {"version_id", "entered_by_id"}
    assert kept["entered_by_id"] is None
    used = Invitation.objects.filter(pk=one.pk).values().get()
    assert set(used) == {"id", "questionnaire_id", "number", "zone_id", "organisation_kind", "used"}


def test_a_form_sent_twice_is_one_reply(asked):
    key = secrets.token_hex(16)
    sent(asked, form_key=key)
    refused("reply_sent_twice", sent, questionnaire=asked, form_key=key)
    office = somebody("editor")
    paper = {"person": office, "version": asked.in_use, "answers": {"voto": 3}, "form_key": secrets.token_hex(16)}
    assert enter_reply(**paper).entered_by == office
    refused("reply_sent_twice", enter_reply, **paper)
    refused("reply_is_empty", enter_reply, **{**paper, "answers": {}})
    assert Reply.objects.count() == 2


def test_invitations_are_numbered_on_and_few_are_left_out_of_the_rate(asked):
    office = somebody("editor")
    make_invitations(person=office, questionnaire=asked, how_many=30, zone=a_zone(1))
    few = make_invitations(person=office, questionnaire=asked, how_many=2, zone=a_zone(2), organisation_kind="firm")
    assert [one.number for one in few] == [31, 32]
    for one in [*Invitation.objects.order_by("pk")[:20], few[0]]:
        sent(asked, invitation=one)
    rate = rate_of(asked)
    assert (rate.replies, rate.asked, rate.used) == (21, 32, 21)
    shown = {name: used for name, used, _sent in rate.groups}
    assert None in shown.values()
    assert 1 not in shown.values()
    for _n in range(11):
        sent(asked)
    rate = rate_of(asked)
    assert (rate.replies, rate.used, rate.invited) == (32, 21, 32)
    assert rate.percent == pytest.approx(100 * 21 / 32), "who was not invited raises no rate of those who were"
    for n in (0, 5_001):
        refused("invitations_number", make_invitations, person=office, questionnaire=asked, how_many=n)


def test_results_are_published_once_there_are_any_and_taken_off(plan, asked):
    office = somebody("approver")
    other = a_questionnaire(plan, "vuoto")
    close_questionnaire(person=office, questionnaire=other)
    refused("no_reply_yet", publish_results, person=office, questionnaire=other)
    refused("results_not_published", hide_results, person=office, questionnaire=other)
    done = finished(asked)
    assert done.results_published_at
    assert hide_results(person=office, questionnaire=done).results_published_at is None
    draft = prepare_questionnaire(
        person=office,
        facts={"title_it": "B", "edition": plan, "opens_on": timezone.localdate(), "closes_on": timezone.localdate()},
    )
    refused("questionnaire_not_open", close_questionnaire, person=office, questionnaire=draft)
    refused(
        "questionnaire_not_open",
        enter_reply,
        person=office,
        version=write_questions(person=office, questionnaire=draft, questions=QUESTIONS, seen=0),
        answers={"voto": 1},
        form_key="y",
    )


def test_the_table_of_replies_has_a_column_for_each_thing_and_its_codebook(asked):
    a_reply(asked, temi=["bus", "bici"], tabella={"giovani": "si"}, anni=41.5)
    questions = questions_asked(asked)
    names = [name for name, _question, _part in columns_of(questions)]
    (row,) = reply_rows(asked, questions)
    told = dict(zip(names, row[2:], strict=True))
    assert told["temi_bus"] == 1
    assert told["temi_auto"] == 0
    assert told["tabella_giovani"] == "si"
    assert told["tabella_anziani"] is None
    assert told["anni"] == 41.5
    codes = codebook_rows(questions)
    assert {line[0] for line in codes} == {"way", *names}
    assert ["mezzo", "single", "Come ti muovi?", "bus", "Autobus"] in codes


def test_results_ask_as_often_for_many_replies_as_for_few(asked, django_assert_num_queries):
    version = asked.in_use
    Reply.objects.bulk_create(
        Reply(version=version, answers={"mezzo": "bus"}, way="open", received_on=timezone.localdate())
        for _n in range(300)
    )
    with django_assert_num_queries(2):
        assert results_of(asked)[0].answered == 300


def test_the_invented_questionnaires_are_made_once_and_say_so(plan):
    person = somebody("administrator")
    assert make_demo_questionnaires(person=person)
    assert not make_demo_questionnaires(person=person)
    assert set(Questionnaire.objects.values_list("invented", flat=True)) == {True}
    assert Questionnaire.objects.exclude(results_published_at=None).count() == 1


def typed(asked, by, **answers):
    return enter_reply(
        person=by, version=asked.in_use, answers={"mezzo": "bus", **answers}, form_key=secrets.token_hex(16)
    )


def test_what_the_office_typed_is_mended_and_taken_back_and_what_came_by_link_never(asked):
    office = somebody("editor")
    paper, other = typed(asked, office, voto=5), a_reply(asked)
    correct_reply(person=office, reply=paper, answers={"mezzo": "auto", "voto": 3})
    paper.refresh_from_db()
    assert (paper.answers, paper.version, paper.way) == ({"mezzo": "auto", "voto": 3}, asked.in_use, "paper")
    refused("reply_is_empty", correct_reply, person=office, reply=paper, answers={})
    for verb, what in ((correct_reply, {"answers": {"mezzo": "bus"}}), (take_reply_back, {})):
        refused("reply_not_from_paper", verb, person=office, reply=other, **what)
        with pytest.raises(NotAllowedError):
            verb(person=somebody("reader"), reply=paper, **what)
    close_questionnaire(person=somebody("approver"), questionnaire=asked)
    publish_results(person=somebody("approver"), questionnaire=asked)
    for verb, what in ((correct_reply, {"answers": {"mezzo": "bus"}}), (take_reply_back, {})):
        refused("results_are_published", verb, person=office, reply=paper, **what)
    hide_results(person=somebody("approver"), questionnaire=asked)
    take_reply_back(person=office, reply=paper)
    assert list(Reply.objects.all()) == [other]
    said = list(
        ActivityEntry.objects.filter(code__startswith="questionnaire.paper").values_list("code", "subject", "detail")
    )
    assert sorted(said) == [
        ("questionnaire.paper_corrected", asked.title_it, ""),
        ("questionnaire.paper_taken_back", asked.title_it, ""),
    ], "the log says neither which reply nor what it said"


def test_a_questionnaire_that_nobody_was_asked_is_deleted_with_its_links(plan, asked):
    office = somebody("editor")
    refused("questionnaire_was_opened", drop_questionnaire, person=office, questionnaire=asked)
    day = timezone.localdate()
    facts = {"title_it": "Sbagliato", "edition": plan, "opens_on": day, "closes_on": day}
    made = prepare_questionnaire(person=office, facts=facts)
    write_questions(person=office, questionnaire=made, questions=QUESTIONS, seen=0)
    (link,) = make_invitations(person=office, questionnaire=made, how_many=1)
    with pytest.raises(NotAllowedError):
        drop_questionnaire(person=somebody("reader"), questionnaire=made)
    drop_questionnaire(person=office, questionnaire=made)
    assert list(Questionnaire.objects.all()) == [asked]
    assert invitation_behind(token_of(link)) is None


def test_programs_read_what_every_column_means(plan):
    asked = a_questionnaire(plan, title_it="L'indagine <di> prova & altro")
    questions = questions_asked(asked)
    names = [name for name, _question, _part in columns_of(questions)]
    syntax = spss_syntax(asked, questions)
    lines = syntax.splitlines()
    variables = lines[lines.index(next(one for one in lines if one.endswith("/VARIABLES="))) + 1 : lines.index("  .")]
    assert [one.split()[0] for one in variables] == ["way", "received_on", *names]
    assert "  perche 'Perché l''auto?'" in lines, "quotes are doubled"
    assert "  'bus' 'Autobus'" in lines
    assert "  1 'sì'" in lines
    tree = ElementTree.fromstring(ddi_codebook(asked, questions))
    at = "{ddi:codebook:2_5}"
    assert [one.get("name") for one in tree.iter(f"{at}var")] == names
    assert next(tree.iter(f"{at}titl")).text == "L'indagine <di> prova & altro"
    mode = next(one for one in tree.iter(f"{at}var") if one.get("name") == "mezzo")
    assert [one.text for one in mode.iter(f"{at}catValu")] == ["bus", "auto", "bici"]
    assert [one.text for one in mode.iter(f"{at}labl")][1:3] == ["Autobus", "Bus"]
