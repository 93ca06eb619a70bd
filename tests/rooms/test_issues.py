"""Issues: passages as code points, the codebook with its history, two readers, the matrix and what it leaves out."""

import json
from dataclasses import replace

import pytest
from django.utils import timezone

from aumenta.core.indices.suppression import SMALLEST_SHOWN
from aumenta.core.text.anchors import Span
from aumenta.people.permission import NotAllowedError
from aumenta.people.refusals import RefusedError
from aumenta.themes.issues.agreement import alpha_in_words, compare_readings
from aumenta.themes.issues.code_passages import code_passage, take_from_issue
from aumenta.themes.issues.codebook import add_issue, change_issue, drop_issue, merge_issue, split_issue
from aumenta.themes.issues.make_demo_coding import make_demo_coding
from aumenta.themes.issues.matrix import KINDS, NO_ZONE, count_issues, publishable
from aumenta.themes.issues.publish_matrix import publish_matrix, published_matrix, withdraw_matrix
from aumenta.themes.issues.steps import take_back
from aumenta.themes.load_issues import load_issues
from aumenta.themes.models import Coding, Issue, IssueMatrix, IssueStep
from aumenta.voices.models import Passage, Statement
from aumenta.voices.passages.mark import mark_passage, take_mark_off
from aumenta.voices.passages.second_reading import begin_second_reading, finish_second_reading
from aumenta.voices.talks.keep_talks import add_speaker, change_talk, erase_speaker
from tests.cast import a_small_plan, somebody
from tests.issues_cast import a_codebook, a_statement, a_zone
from tests.voices_cast import a_consultation, admitted


@pytest.fixture
def office(db):
    return somebody("editor")


@pytest.fixture
def plan(office):
    return a_small_plan()


@pytest.fixture
def issues(plan):
    return a_codebook(plan)


def whole(text):
    return Span(0, len(text.text))


def coded(person, text, *issues, span=None, memo=""):
    return code_passage(person=person, text=text, span=span or whole(text), issues=issues, memo=memo)


def refused(code, verb, **what):
    with pytest.raises(RefusedError) as refusal:
        verb(**what)
    assert refusal.value.code == code


def test_the_printed_issues_are_nine_headings_and_66_issues_and_are_loaded_once(plan):
    assert load_issues(edition=plan) == 66
    assert load_issues(edition=plan) == 0
    by_heading = [heading.issues.count() for heading in Issue.objects.headings()]
    assert by_heading == [15, 5, 6, 9, 5, 9, 4, 9, 4]
    assert not Issue.objects.filter(title_en=""), "both languages"
    assert {one.origin for one in Issue.objects.all()} != {""}


def test_only_the_office_reads_and_keeps_the_codebook(plan, issues):
    text = a_statement(plan, "Gli autobus la sera")
    passage = coded(somebody("editor"), text, issues["1.1"])
    for person in (somebody("approver"), somebody("administrator")):
        coded(person, text, issues["1.1"], span=Span(0, 3))
    for role in ("referent", "facilitator", "reader", "secretary"):
        stranger = somebody(role)
        for verb, what in (
            (code_passage, {"text": text, "span": Span(0, 3), "issues": [issues["1.1"]]}),
            (mark_passage, {"text": text, "span": Span(0, 3)}),
            (take_mark_off, {"passage": passage}),
            (add_issue, {"edition": plan, "parent": issues["1"], "words": {"title_it": "x"}}),
            (change_issue, {"issue": issues["1.1"], "words": {}}),
            (merge_issue, {"issue": issues["1.1"], "into": issues["1.2"]}),
            (split_issue, {"issue": issues["1.1"], "codings": [], "words": {}}),
            (drop_issue, {"issue": issues["1.2"]}),
            (begin_second_reading, {"source": text.talk}),
            (publish_matrix, {"edition": plan}),
        ):
            with pytest.raises(NotAllowedError):
                verb(person=stranger, **what)
    with pytest.raises(NotAllowedError):
        publish_matrix(person=somebody("editor"), edition=plan)


def test_a_passage_keeps_positions_and_no_copy_of_the_words(office, plan, issues):
    text = a_statement(plan, "a😀b è la sera")
    passage = coded(office, text, issues["1.1"], span=Span(1, 3))
    assert passage.words == "😀b"
    assert coded(office, text, issues["1.2"], span=Span(1, 3)) == passage, "the same words are one passage"
    assert passage.codings.count() == 2
    for span in (Span(3, 3), Span(5, 4), Span(0, 99), Span(-1, 3), Span(3, 4)):
        refused("passage_without_words", code_passage, person=office, text=text, span=span, issues=[issues["1.1"]])
    refused("no_issue_chosen", code_passage, person=office, text=text, span=Span(0, 3), issues=[])
    refused("issue_out_of_use", code_passage, person=office, text=text, span=Span(0, 3), issues=[issues["1"]])


def test_who_was_erased_leaves_no_passage_and_no_note(office, plan, issues):
    text = a_statement(plan, "Una frase segreta")
    speaker = add_speaker(person=office, talk=text.talk, facts={"name": "Ada Prova", "label": "Voce 1"})
    Statement.objects.filter(pk=text.pk).update(speaker=speaker)
    text.refresh_from_db()
    coded(office, text, issues["1.1"], memo="lo dice la frase segreta")
    erase_speaker(person=office, speaker=speaker)
    assert not Passage.objects.exists()
    assert not Coding.objects.exists()
    text.refresh_from_db()
    refused("text_is_not_read", mark_passage, person=office, text=text, span=Span(0, 3))


def test_a_name_that_goes_leaves_passages_and_notes_of_others_in_their_place(office, plan, issues):
    text = a_statement(plan, "Ne ho parlato con Ada Prova: gli autobus la sera")
    speaker = add_speaker(person=office, talk=text.talk, facts={"name": "Ada Prova", "label": "Voce 1"})
    words = text.text.index("gli autobus")
    passage = coded(office, text, issues["1.1"], span=Span(words, words + 11), memo="lo dice Ada Prova")
    erase_speaker(person=office, speaker=speaker)
    passage = Passage.objects.get(pk=passage.pk)
    assert passage.words == "gli autobus"
    assert "Prova" not in passage.memo
    assert "Prova" not in passage.text


def test_a_withdrawn_contribution_is_not_read_and_counts_nowhere(office, plan, issues):
    letter = admitted(a_consultation(plan), "Più treni la sera")
    coded(office, letter, issues["1.1"])
    assert count_issues(plan).total(issues["1.1"].pk) == 1
    letter.withdrawn = True
    letter.save()
    assert count_issues(plan).total(issues["1.1"].pk) == 0
    refused("text_is_not_read", mark_passage, person=office, text=letter, span=Span(0, 3))


def test_every_step_of_the_codebook_is_taken_back(office, plan, issues):
    text = a_statement(plan, "Gli autobus la sera")
    first = coded(office, text, issues["1.1"], span=Span(0, 3)).codings.get()
    second = coded(office, text, issues["1.1"], span=Span(4, 11)).codings.get()

    def state():
        rows = Issue.objects.order_by("pk").values_list("pk", "title_it", "parent", "active", "merged_into", "state")
        actions = sorted(Issue.objects.exclude(answers=None).values_list("pk", "answers__action"))
        return list(rows), sorted(Coding.objects.values_list("pk", "issue")), actions

    action = plan.axes.first().strategies.first().actions.first()
    for verb, what in (
        (change_issue, {"issue": issues["1.1"], "words": {"title_it": "Autobus"}, "parent": issues["2"]}),
        (change_issue, {"issue": issues["1.1"], "words": {"state": "answered"}, "actions": [action]}),
        (merge_issue, {"issue": issues["1.1"], "into": issues["1.2"]}),
        (drop_issue, {"issue": issues["2.1"]}),
    ):
        before = state()
        verb(person=office, **what)
        assert state() != before, verb
        step = IssueStep.objects.first()
        undone = take_back(person=office, step=step)
        assert state() == before, verb
        refused("step_taken_back", take_back, person=office, step=step)
        take_back(person=office, step=undone)
        assert state() != before, "an undone step can be done again"
        take_back(person=office, step=IssueStep.objects.first())
        assert state() == before
    new = split_issue(person=office, issue=issues["1.1"], codings=[second.pk], words={"title_it": "La sera"})
    second.refresh_from_db()
    assert second.issue == new
    assert new.code == "1.3", "a code is given once"
    take_back(person=office, step=IssueStep.objects.first())
    second.refresh_from_db()
    assert second.issue == issues["1.1"] == first.issue
    assert not Issue.objects.in_use().filter(pk=new.pk).exists()


def test_what_others_did_since_stays_as_they_left_it(office, plan, issues):
    text = a_statement(plan, "Gli autobus la sera")
    coded(office, text, issues["1.1"], span=Span(0, 3))
    other = coded(office, text, issues["1.1"], span=Span(4, 11)).codings.get()
    merge_issue(person=office, issue=issues["1.1"], into=issues["1.2"])
    joined = IssueStep.objects.first()
    Coding.objects.filter(pk=other.pk).update(issue=issues["2.1"])
    take_back(person=office, step=joined)
    other.refresh_from_db()
    assert other.issue == issues["2.1"]
    assert Coding.objects.filter(issue=issues["1.1"]).count() == 1
    change_issue(person=office, issue=issues["1.2"], words={"title_it": "Uno"})
    step = IssueStep.objects.first()
    change_issue(person=office, issue=issues["1.2"], words={"title_it": "Due"})
    refused("changed_since", take_back, person=office, step=step)


def test_the_codebook_refuses_what_would_not_hold(office, plan, issues):
    text = a_statement(plan, "Gli autobus")
    coded(office, text, issues["1.1"])
    other = a_small_plan(label="2024-2026")
    foreign = a_codebook(other)
    change = {"verb": change_issue, "person": office, "issue": issues["1.1"]}
    refused("issue_invalid", **change, words={"title_it": " "})
    refused("issue_invalid", **change, words={"title_it": "x" * 161})
    refused("issue_invalid", **change, words={"state": "gone"})
    refused("issue_state_without_reason", **change, words={"state": "not_ours"})
    refused("issue_answered_by_nothing", **change, words={"state": "answered"}, actions=[])
    refused("no_such_heading", **change, words={}, parent=foreign["1"])
    refused("no_such_heading", **change, words={}, parent=issues["1.2"])
    action = other.axes.first().strategies.first().actions.first()
    refused("action_of_another_edition", **change, words={}, actions=[action])
    refused("issue_changed_meanwhile", **change, words={"title_it": "y"}, seen=99)
    refused("issue_is_not_empty", drop_issue, person=office, issue=issues["1.1"])
    refused("issue_is_not_empty", drop_issue, person=office, issue=issues["1"])
    for into in (issues["1.1"], issues["1"], foreign["1.1"]):
        refused("issues_dont_join", merge_issue, person=office, issue=issues["1.1"], into=into)
    refused(
        "no_passage_to_split", split_issue, person=office, issue=issues["1.1"], codings=[0], words={"title_it": "z"}
    )
    refused("issue_out_of_use", code_passage, person=office, text=text, span=whole(text), issues=[foreign["1.1"]])


def test_a_second_reader_is_blind_until_she_has_finished_and_both_are_compared(office, plan, issues):
    first = a_statement(plan, "Gli autobus la sera")
    second = a_statement(plan, "Le strade di montagna", talk=first.talk)
    colleague = somebody("approver")
    refused("nobody_read_it_first", begin_second_reading, person=colleague, source=first.talk)
    coded(office, first, issues["1.1"])
    coded(office, second, issues["1.2"])
    refused("she_read_it_first", begin_second_reading, person=office, source=first.talk)
    begin_second_reading(person=colleague, source=first.talk)
    blind = coded(colleague, first, issues["1.1"])
    coded(colleague, second, issues["1.1"])
    assert blind.blind
    assert count_issues(plan).total(issues["1.1"].pk) == 1, "who reads a second time adds nothing to the counts"
    assert compare_readings(plan).overall.alpha is None, "nothing is compared before it is finished"
    refused("not_of_this_reading", take_mark_off, person=office, passage=blind)
    first_coding = Coding.objects.filter(passage__blind=False).first()
    refused("not_of_this_reading", take_from_issue, person=colleague, coding=first_coding)
    finish_second_reading(person=colleague, source=first.talk)
    refused("second_reading_is_finished", mark_passage, person=colleague, text=first, span=Span(0, 3))
    refused("second_reading_is_finished", take_from_issue, person=colleague, coding=blind.codings.get())
    found = compare_readings(plan)
    # By hand: four units (two texts, two issues), 11 01 10 00: six pairs of values of eight differ as by chance.
    assert found.overall.values == 8
    assert found.overall.alpha == pytest.approx(1 - (2 / 4) * 7 / 4)
    assert len(found.differing) == 2
    assert alpha_in_words(found.overall).startswith("0,125")
    assert alpha_in_words(replace(found.overall, alpha=0.2105263)) == "0,211", "rounded, not cut"


def test_a_source_counts_once_in_its_zone_and_kind_however_often_it_speaks(office, plan, issues):
    zone = a_zone(4)
    text = a_statement(plan, "Gli autobus la sera, gli autobus", zone=zone)
    coded(office, text, issues["1.1"], span=Span(0, 11))
    coded(office, text, issues["1.1"], span=Span(13, 20))
    coded(office, a_statement(plan, "Ancora", talk=text.talk), issues["1.1"])
    counted = count_issues(plan)
    assert counted.cells[issues["1.1"].pk] == {("4", "interview"): 1}
    coded(office, admitted(a_consultation(plan), "Più treni"), issues["1.1"])
    assert count_issues(plan).cells[issues["1.1"].pk][NO_ZONE, "written"] == 1
    change_talk(person=office, talk=text.talk, facts={"state": "declined"})
    assert count_issues(plan).total(issues["1.1"].pk) == 1, "who declined said nothing"


def test_a_published_matrix_shows_no_small_count_and_none_can_be_worked_out(office, plan, issues):
    approver = somebody("approver")
    refused("nothing_to_count", publish_matrix, person=approver, edition=plan)
    for number, times in ((1, 1), (4, 5), (6, 3)):
        for n in range(times):
            coded(office, a_statement(plan, f"Voce {number} {n}", zone=a_zone(number)), issues["1.1"])
    made = publish_matrix(person=approver, edition=plan)
    rows = next(one["counts"] for one in made.content["issues"] if one["code"] == "1.1")
    shown = [count for row in rows for count in row if count is not None]
    assert not any(count < SMALLEST_SHOWN for count in shown), "nought neither: a gap among noughts says who spoke"
    zones = [zone for zone, _name in made.content["zones"]]
    column = KINDS.index("interview")
    hidden = {zones[n] for n, row in enumerate(rows[:-1]) if row[column] is None}
    assert "1" in hidden, "one voice of a zone says who it was"
    assert set(zones) - {"4", "6"} <= hidden, "a zone in which nobody spoke looks the same"
    refused("matrix_is_the_same", publish_matrix, person=approver, edition=plan)
    coded(office, a_statement(plan, "Un'altra", zone=a_zone(4)), issues["1.1"])
    assert published_matrix(plan) == made, "it counts anew only when somebody publishes"
    newer = publish_matrix(person=approver, edition=plan)
    assert published_matrix(plan) == newer
    withdraw_matrix(person=approver, edition=plan)
    assert published_matrix(plan) is None
    refused("no_matrix_published", withdraw_matrix, person=approver, edition=plan)
    assert IssueMatrix.objects.count() == 2
    assert "Voce" not in json.dumps(made.content), "no word of anybody's"


def test_the_matrix_asks_as_often_with_many_voices_as_with_few(office, plan, issues, django_assert_num_queries):
    for n in range(12):
        coded(office, a_statement(plan, f"Voce {n}", zone=a_zone(n % 3 + 1)), issues["1.1"], issues["2.1"])
    with django_assert_num_queries(3):
        count_issues(plan)
    with django_assert_num_queries(4):
        publishable(plan)


def test_the_invented_interviews_are_made_once_marked_and_counted(plan):
    plan.state = "public"
    plan.save()
    for number in (4, 6, 8):
        a_zone(number)
    load_issues(edition=plan)
    people = {"person": somebody("administrator"), "colleague": somebody("approver")}
    assert make_demo_coding(**people)
    assert not make_demo_coding(**people)
    matrix = published_matrix(plan)
    assert matrix.content["invented"]
    found = compare_readings(plan)
    assert found.overall.alpha is not None
    assert found.overall.alpha < 1
    assert timezone.localdate() >= matrix.published_at.date()
