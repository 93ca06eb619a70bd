"""The chain: what became of each voice, who asked for each action, what is left alone; only what anybody may read."""

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from aumenta.chain.as_json import as_json
from aumenta.chain.collect import chain_of
from aumenta.chain.graph import Chain, Node, Tie
from aumenta.chain.provenance import prov_json
from aumenta.core.text.anchors import Span
from aumenta.plan.models import Action
from aumenta.site.chain.addresses import address_on, page_of
from aumenta.themes.issues.code_passages import code_passage
from aumenta.themes.models import IssueAction
from aumenta.voices.models import Contribution
from tests.cast import a_small_plan, somebody
from tests.issues_cast import a_codebook, a_quotable
from tests.voices_cast import a_consultation, admitted, answered

DAY = timedelta(days=1)


@pytest.fixture
def plan(db):
    return a_small_plan()


@pytest.fixture
def sheet(plan):
    return Action.objects.of(plan).select_related("strategy__axis").first()


def coded(said, issue):
    return code_passage(person=somebody("editor"), text=said, span=Span(0, len(said.text)), issues=[issue])


def everything(chain):
    return json.dumps(
        [as_json(chain, address_on(), timezone.localdate()), prov_json(chain, address_on(), base="x", authority="y")]
    )


def test_a_passage_leads_to_its_issue_and_the_sheet_that_answers_it_and_back(plan, sheet):
    issue = a_codebook(plan)["1.1"]
    coded(a_quotable(plan, "Manca il treno"), issue)
    IssueAction.objects.create(issue=issue, action=sheet)
    chain = chain_of(plan)
    (passage,) = chain.of_kind("passage")
    assert passage.words == "Manca il treno"
    (named,) = chain.led_to(passage.key)
    assert named.title_it == issue.title_it
    assert [one.about["code"] for one in chain.led_to(named.key)] == [sheet.code]
    action = next(one for one in chain.of_kind("action") if one.about["code"] == sheet.code)
    assert [one.kind for one in chain.evidence(action.key)] == ["issue", "passage"]
    assert chain.outcome(passage.key) == "open"
    assert action not in chain.orphans(timezone.localdate())
    assert page_of(passage).endswith("/criticita/1.1/")


def test_a_contribution_leads_to_its_answer_and_the_sheet_in_which_it_stands(plan):
    consultation = a_consultation(plan)
    own = admitted(consultation, wish="unsigned")
    chain = chain_of(plan)
    (point,) = chain.of_kind("point")
    assert chain.outcome(point.key) == "waiting"
    assert point not in chain.orphans(own.answer_due)
    assert point in chain.orphans(own.answer_due + DAY)
    answered(own)
    chain = chain_of(plan)
    assert [one.kind for one in chain.led_to(point.key)] == ["answer"]
    assert chain.outcome(point.key) == own.claims.get().answer.outcome
    assert point not in chain.orphans(own.answer_due + DAY)


def hide_contribution(_said, own):
    Contribution.objects.filter(pk=own.pk).update(withdrawn=True)


def hide_wish(_said, own):
    Contribution.objects.filter(pk=own.pk).update(wish="no", private=True)


def hide_consultation(_said, own):
    own.consultation.published_at = None
    own.consultation.save()


def withdraw_quote(said, _own):
    said.speaker.consents.filter(use="quote").update(withdrawn_on=timezone.localdate())


def take_off_record(said, _own):
    said.on_record = False
    said.save()


def close_talk(said, _own):
    said.talk.level = "closed"
    said.talk.save()


@pytest.mark.parametrize(
    ("hide", "gone"),
    [
        (hide_contribution, "CIAOSCRITTO"),
        (hide_wish, "CIAOSCRITTO"),
        (hide_consultation, "CIAOSCRITTO"),
        (withdraw_quote, "CIAODETTO"),
        (take_off_record, "CIAODETTO"),
        (close_talk, "CIAODETTO"),
    ],
)
def test_what_is_hidden_in_any_way_is_in_no_chain(plan, hide, gone):
    issue = a_codebook(plan)["1.1"]
    said = a_quotable(plan, "CIAODETTO")
    own = admitted(a_consultation(plan), "CIAOSCRITTO", wish="unsigned")
    coded(said, issue)
    coded(own, issue)
    assert gone in everything(chain_of(plan))
    hide(said, own)
    assert gone not in everything(chain_of(plan))


def test_an_edition_that_is_not_public_has_no_chain(plan):
    plan.state = "preparation"
    with pytest.raises(ValueError, match="not public"):
        chain_of(plan)


def test_the_chain_of_many_voices_takes_as_many_queries_as_that_of_few(plan, django_assert_max_num_queries):
    issue, consultation = a_codebook(plan)["1.1"], a_consultation(plan)
    for n in range(6):
        coded(a_quotable(plan, f"Voce {n}"), issue)
        answered(admitted(consultation, f"Testo {n}", wish="unsigned"))
    with django_assert_max_num_queries(9):
        chain_of(plan)


def test_ties_of_prov_name_entities_that_are_there(plan, sheet):
    issue = a_codebook(plan)["1.1"]
    coded(a_quotable(plan, "Manca il treno"), issue)
    IssueAction.objects.create(issue=issue, action=sheet)
    answered(admitted(a_consultation(plan), wish="unsigned"))
    told = prov_json(chain_of(plan), address_on("https://x.example"), base="https://x.example", authority="Ente")
    things = {*told["entity"], *told["activity"], *told["agent"]}
    ends = {"prov:generatedEntity", "prov:usedEntity", "prov:entity", "prov:activity", "prov:agent", "prov:collection"}
    relations = ("wasDerivedFrom", "wasGeneratedBy", "hadMember", "wasAttributedTo", "wasAssociatedWith")
    named = [row[end] for name in relations for row in told[name].values() for end in ends & set(row)]
    assert named
    assert set(named) <= things
    passage = next(one for key, one in told["entity"].items() if key.startswith("aum:passage/"))
    assert passage["prov:location"].startswith("https://x.example/")


def test_what_is_left_alone_is_named_in_figures_and_as_json(plan, sheet):
    a_quotable(plan, "Nessuno mi ha letto")
    coded(a_quotable(plan, "Letto"), a_codebook(plan)["1.1"])
    out = StringIO()
    call_command("chain", edition=plan.label, json=True, stdout=out)
    told = json.loads(out.getvalue())
    assert {one["key"] for one in told["actions"] if one["orphan"]} <= set(told["orphans"])
    assert [one["outcome"] for one in told["voices"]] == ["open"], "what no reader marked is no voice of the chain"
    out = StringIO()
    call_command("chain", stdout=out)
    assert out.getvalue().startswith(f"{plan.label}: voci 1, ")
    assert sheet.title_it in out.getvalue()
    with pytest.raises(CommandError) as refusal:
        call_command("chain", edition="1900-1902")
    assert refusal.value.returncode == 2


def test_evidence_is_walked_once_where_ties_go_round():
    nodes = {
        key: Node(key, kind) for key, kind in (("a", "action"), ("s", "strategy"), ("t", "theme"), ("o", "observation"))
    }
    ties = (
        Tie("o", "grouped_in", "t"),
        Tie("t", "concerns", "s"),
        Tie("o", "concerns", "s"),
        Tie("s", "has", "a"),
        Tie("a", "x", "o"),
    )
    chain = Chain("e", nodes, ties)
    assert [one.key for one in chain.evidence("a")] == ["t", "o"]
    assert chain.outcome("o") == "grouped"
    assert chain.orphans(date(2026, 1, 1)) == []


def test_programs_read_the_chain_and_people_its_page(client, plan, sheet):
    issue = a_codebook(plan)["1.1"]
    coded(a_quotable(plan, "Manca il treno"), issue)
    IssueAction.objects.create(issue=issue, action=sheet)
    told = client.get(f"/it/{plan.label}/catena.json")
    assert told["Access-Control-Allow-Origin"] == "*"
    content = json.loads(told.content)
    assert content["format"] == "aumenta-chain/1"
    assert [one["outcome"] for one in content["voices"]] == ["open"]
    assert content["voices"][0]["address"].endswith("/criticita/1.1/")
    assert json.loads(client.get(f"/it/{plan.label}/catena.prov.json").content)["wasDerivedFrom"]
    page = client.get(f"/it/{plan.label}/catena/").content.decode()
    assert "Chi ha chiesto le azioni dell’asse 1" in page
    assert f"{sheet.code} {sheet.title_it}" in page
    shown = client.get(f"/it/{plan.label}/azioni/{sheet.code}/").content.decode()
    assert f"/it/{plan.label}/criticita/1.1/" in shown
    assert f"/it/{plan.label}/catena/" in shown
