"""Position papers: parts that cite, versions that never change and keep nobody's words, the proposed outline."""

import json

import pytest
from django.utils import timezone

from aumenta.people.permission import NotAllowedError
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Strategy, StrategyContinuation
from aumenta.surveys.models import Questionnaire
from aumenta.themes.issues.make_demo_coding import make_demo_coding
from aumenta.themes.load_issues import load_issues
from aumenta.themes.models import Issue, PaperPart, PaperVersion, Theme
from aumenta.themes.papers.make_demo_paper import make_demo_paper
from aumenta.themes.papers.outline import propose_outline
from aumenta.themes.papers.read import changes_between, read_content
from aumenta.themes.papers.versions import digest_of, freeze_paper, public_versions, publish_version, withdraw_version
from aumenta.themes.papers.write_paper import (
    Cited,
    begin_paper,
    comment,
    drop_paper,
    drop_part,
    move_part,
    part_digest,
    settle_comment,
    write_part,
)
from aumenta.voices.models import Consent, Passage
from tests.cast import a_small_plan, somebody
from tests.events_cast import a_small_event
from tests.issues_cast import a_codebook, a_zone, said_of_issues
from tests.papers_cast import a_frozen_paper, a_paper, a_published_paper


@pytest.fixture
def plan(db):
    return a_small_plan()


@pytest.fixture
def paper(plan):
    return a_paper(plan)


def refused(code, verb, **what):
    with pytest.raises(RefusedError) as refusal:
        verb(**what)
    assert refusal.value.code == code


def written(paper, part=None, cited=None, seen="", **facts):
    usual = {"kind": "data", "text_it": "Parole", **facts}
    return write_part(person=somebody("editor"), paper=paper, facts=usual, cited=cited or Cited(), part=part, seen=seen)


def said_in(version):
    return [
        (one.kind, one.words) for section in read_content(version.content) for p in section.parts for one in p.sources
    ]


def test_the_office_writes_and_only_who_approves_freezes_and_publishes(plan, paper):
    part = paper.parts.first()
    begun = {"edition": plan, "kind": "guide", "title_it": "Guida"}
    verbs = (
        (begin_paper, begun),
        (drop_paper, {"paper": paper}),
        (write_part, {"paper": paper, "facts": {}, "cited": Cited()}),
        (drop_part, {"part": part}),
        (move_part, {"part": part, "up": True}),
        (comment, {"part": part, "text": "x"}),
        (propose_outline, {"paper": paper}),
    )
    for role in ("referent", "facilitator", "reader", "secretary"):
        for verb, what in verbs:
            with pytest.raises(NotAllowedError):
                verb(person=somebody(role), **what)
    version = a_frozen_paper(plan)
    for verb, what in (
        (freeze_paper, {"paper": paper}),
        (publish_version, {"version": version}),
        (withdraw_version, {"version": version}),
    ):
        with pytest.raises(NotAllowedError):
            verb(person=somebody("editor"), **what)


def test_nothing_is_frozen_without_words_without_a_source_or_with_open_comments(plan, paper):
    office = somebody("approver")
    bare = written(paper, text_it="Senza fonte")
    refused("part_without_source", freeze_paper, person=office, paper=paper)
    written(paper, bare, text_it="", own=True)
    refused("part_without_words", freeze_paper, person=office, paper=paper)
    written(paper, bare, text_it="Dell'ufficio", own=True)
    said = comment(person=office, part=bare, text="Davvero?")
    refused("comments_are_open", freeze_paper, person=office, paper=paper)
    settle_comment(person=office, said=said)
    version = freeze_paper(person=office, paper=paper)
    assert version.number == 1
    assert digest_of(version.content) == version.sha256
    refused("paper_is_the_same", freeze_paper, person=office, paper=paper)
    refused("comment_without_words", comment, person=office, part=bare, text=" ")
    empty = begin_paper(person=office, edition=plan, kind="guide", title_it="Vuota")
    refused("paper_without_parts", freeze_paper, person=office, paper=empty)
    refused("paper_has_versions", drop_paper, person=office, paper=paper)
    drop_paper(person=office, paper=empty)
    refused("paper_invalid", begin_paper, person=office, edition=plan, kind="guide", title_it=" ")


def test_a_version_keeps_no_words_of_anybody_and_quotes_as_long_as_it_may(plan):
    version = a_published_paper(plan)
    passage = Passage.objects.get()
    assert "nessuno" not in json.dumps(version.content, ensure_ascii=False)
    assert ("passage", "Di sera non passa nessuno") in said_in(version)
    consent = Consent.objects.get(use="quote")
    Consent.objects.filter(pk=consent.pk).update(withdrawn_on=timezone.localdate())
    assert ("passage", "") in said_in(version)
    Consent.objects.filter(pk=consent.pk).update(withdrawn_on=None)
    passage.statement.text = "X" + passage.statement.text
    passage.statement.save()
    assert ("passage", "") in said_in(version), "these are not the words that were cited"
    passage.statement.delete()
    assert ("passage", "") in said_in(version)
    version.refresh_from_db()
    assert digest_of(version.content) == version.sha256, "what was frozen is what it was"


def test_what_is_cited_is_of_the_edition_and_public(plan, paper):
    other = a_small_plan(label="2099-2101")
    refused("source_of_another_edition", written, paper=paper, cited=Cited(issues=[a_codebook(other)["1.1"]]))
    refused("source_of_another_edition", written, paper=paper, axis=other.axes.first())
    event = a_small_event("altrove")
    theme = Theme.objects.create(event=event, name="Treni")
    refused("source_not_published", written, paper=paper, cited=Cited(themes=[theme]))
    day = timezone.localdate()
    asked = Questionnaire.objects.create(slug="q", title_it="Q", edition=plan, opens_on=day, closes_on=day)
    refused("source_not_published", written, paper=paper, cited=Cited(questionnaires=[asked]))
    Passage.objects.update(blind=True)
    refused("passage_does_not_count", written, paper=paper, cited=Cited(passages=list(Passage.objects.all())))
    refused("verdict_without_strategy", written, paper=paper, kind="verdict", verdict="kept")
    refused("too_many_sources", written, paper=paper, cited=Cited(documents=[f"Documento {n}" for n in range(41)]))


def test_who_writes_over_a_colleague_is_told(paper):
    part = paper.parts.first()
    seen = part_digest(part)
    written(paper, part, text_it="Prima io", own=True, seen=seen)
    refused("paper_part_changed", written, paper=paper, part=part, text_it="Poi io", own=True, seen=seen)
    assert PaperPart.objects.get(pk=part.pk).text_it == "Prima io"


def test_parts_are_moved_and_taken_out(paper):
    office = somebody("editor")
    first, second, third = paper.parts.all()
    move_part(person=office, part=third, up=True)
    move_part(person=office, part=first, up=True)
    assert list(paper.parts.all()) == [first, third, second]
    drop_part(person=office, part=third)
    assert list(paper.parts.all()) == [first, second]


def test_versions_are_compared_part_by_part(plan, paper):
    office = somebody("approver")
    before = a_published_paper(plan)
    first, _second, third = paper.parts.all()
    written(paper, first, kind="heard", text_it="Di sera mancano i treni e gli autobus.", cited=Cited(documents=["D"]))
    drop_part(person=office, part=third)
    written(paper, text_it="Nuova", own=True)
    now = publish_version(person=office, version=freeze_paper(person=office, paper=paper))
    found = [(one.how, one.part.text) for one in changes_between(before, now)]
    assert sorted(how for how, _text in found) == ["gone", "new", "sources", "text"]
    assert ("gone", "Grazie a chi ha parlato.") in found
    added = [span for one in changes_between(before, now) for span in one.spans if span.kind == "added"]
    assert "autobus" in "".join(span.text for span in added)
    assert list(public_versions()) == [now, before]
    withdraw_version(person=office, version=now)
    refused("version_not_public", withdraw_version, person=office, version=now)
    refused("version_is_public", publish_version, person=office, version=before)
    plan.state = "preparation"
    plan.save()
    refused("paper_of_hidden_edition", publish_version, person=office, version=now)
    assert not public_versions().exists()


def test_an_outline_comes_from_issues_that_were_read_and_from_the_edition_before(plan):
    office = somebody("editor")
    paper = begin_paper(person=office, edition=plan, kind="position", title_it="Proposta")
    refused("nothing_to_propose", propose_outline, person=office, paper=paper)
    said_of_issues(plan, 3)
    older = a_small_plan(label="2018-2020")
    first = Strategy.objects.of(plan)[0]
    StrategyContinuation.objects.create(older=Strategy.objects.of(older)[0], newer=first, kind="reworded")
    made = propose_outline(person=office, paper=paper)
    parts = list(paper.parts.all())
    assert made == len(parts)
    heard = [one for one in parts if one.kind == "heard"]
    assert {source.issue.code for one in heard for source in one.sources.all()} == {"1.1", "2.1"}
    verdicts = {one.strategy: one.verdict for one in parts if one.kind == "verdict"}
    assert verdicts[first] == "changed"
    assert set(verdicts.values()) == {"changed", "new"}
    assert not any(one.text_it for one in parts), "words are people's"
    refused("paper_has_parts", propose_outline, person=office, paper=paper)
    assert Issue.objects.in_use().count() > len(heard)


def test_an_issue_is_cited_with_the_count_that_was_published(plan):
    said_of_issues(plan, 3)
    version = a_published_paper(plan)
    (source,) = [one for part in version.parts for one in part["sources"] if one["kind"] == "issue"]
    assert (source["heading"], source["place"], source["sources"]) == (1, 1, 3)
    assert PaperVersion.objects.count() == 1


def test_the_invented_paper_is_made_once_and_marked(plan):
    people = {"person": somebody("administrator"), "colleague": somebody("approver")}
    assert not make_demo_paper(**people), "nobody was heard yet"
    load_issues(edition=plan)
    for number in (4, 6, 8):
        a_zone(number)
    assert make_demo_coding(**people)
    assert make_demo_paper(**people)
    assert not make_demo_paper(**people)
    version = public_versions().get()
    assert version.content["invented"]
    quoted = [words for kind, words in said_in(version) if kind == "passage"]
    assert any(quoted)
    assert len(quoted) == len(set(quoted)), "the same sentence stands there once, however many said it"


def test_a_version_of_many_citations_is_read_in_two_queries(plan, django_assert_max_num_queries):
    version = a_published_paper(plan)
    with django_assert_max_num_queries(2):
        read_content(version.content)
