"""Votes: counts are those of the names, two clerks lose nothing, the minute proposes and never guesses, and what goes
out to machines holds to the published schemas."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from aumenta.core.minutes import read_minute
from aumenta.core.tally.ballot import Option
from aumenta.governance.composition import composition
from aumenta.governance.machine_texts import akoma_ntoso_of, popolo_of
from aumenta.governance.models import Act, Ballot, BodyRule, Vote
from aumenta.governance.polls.from_minute import proposals
from aumenta.governance.polls.hold import close_vote, enter_counts, enter_votes, put_to_vote
from aumenta.governance.polls.result import frozen, result_of
from tests.governance_cast import a_body, a_mandate, a_roll_of_312, a_secretary, a_session, a_vote, chief

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_2029")]
SCHEMAS = Path(__file__).resolve().parents[3] / "shared" / "data" / "schemas"
NAMES = ("Ada Prova", "Bice Conta", "Carlo D'Agosto", "Dina Lo Verde")


def test_the_page_of_312_rows_is_light_asks_little_and_is_entered_as_a_form(django_assert_max_num_queries: Any) -> None:
    import gzip

    vote, client = a_roll_of_312(), Client()
    address = reverse("desk:body_vote", args=[vote.pk])
    for clerk in (a_secretary(vote.session.body), chief()):
        client.force_login(clerk)
        client.get(address)
        with django_assert_max_num_queries(12):
            page = client.get(address)
        assert len(gzip.compress(page.content)) < 60_000
    seats = [seat.id for seat in composition(vote.session.body, vote.session.held_on).seats]
    assert len(seats) == 312
    sent = {"verb": "names", "seen": "-" * 312, **dict.fromkeys(seats, "for")}
    assert client.post(address, sent).status_code == 302
    assert Ballot.objects.filter(vote=vote, option="for").count() == 312
    # A correction, by a page that saw the first entry.
    again = sent | {"seen": "f" * 312, seats[0]: "against"}
    client.post(address, again)
    assert Ballot.objects.get(vote=vote, seat=seats[0]).option == "against"
    # A colleague's older page, where all was still empty, changes nothing that is there.
    client.post(address, {"verb": "names", "seen": "-" * 312, seats[0]: "abstained"})
    assert Ballot.objects.get(vote=vote, seat=seats[0]).option == "against"
    result = result_of(Vote.objects.get(pk=vote.pk))
    assert (result.present, result.counts.of[Option.FOR], result.counts.of[Option.AGAINST]) == (312, 311, 1)


@given(order=st.permutations([(clerk, n) for clerk in (0, 1) for n in range(4)]), choice=st.data())
@settings(max_examples=50, deadline=None)
def test_whatever_order_two_clerks_enter_in_nothing_is_lost_or_doubled(order: list[Any], choice: Any) -> None:
    with transaction.atomic():
        for name in NAMES:
            a_mandate(name=name)
        vote = a_vote()
        seats = [seat.id for seat in composition(vote.session.body, vote.session.held_on).seats]
        first: dict[str, str] = {}
        for clerk, n in order:
            option = choice.draw(st.sampled_from(["for", "against"]))
            conflicts = enter_votes(person=chief(), vote=vote, votes={seats[n]: option}, seen={})
            kept = first.setdefault(seats[n], option)
            assert bool(conflicts) == (kept != option), clerk
        assert dict(Ballot.objects.filter(vote=vote).values_list("seat", "option")) == first
        result = result_of(vote)
        assert result.counts.of[Option.FOR] == sum(option == "for" for option in first.values())
        assert result.present == len(first) == 4
        transaction.set_rollback(True)


def test_an_act_can_pass_and_its_immediate_enforceability_fail() -> None:
    for name in NAMES:
        a_mandate(name=name)
    body = a_body()
    record = {**body.rules.get().record, "majority": {"of": "members", "share": "1/2", "strictly_more": True}}
    BodyRule.objects.create(body=body, matter="enforceable", record=record, citation="TUEL, art. 134 c. 4")
    seats = [seat.id for seat in composition(body, date(2026, 6, 1)).seats]
    votes = dict(zip(seats, ("for", "for", "against", "absent"), strict=True))
    outcomes = []
    for subject in ("whole", "enforceable"):
        vote = put_to_vote(person=chief(), session=a_session(), subject=subject, question=subject)
        enter_votes(person=chief(), vote=vote, votes=votes)
        outcomes.append(close_vote(person=chief(), vote=vote).result["outcome"])
    assert outcomes == ["passes", "fails"]


def test_a_secret_vote_keeps_counts_and_nobody() -> None:
    for name in NAMES:
        a_mandate(name=name)
    vote = a_vote(method="secret")
    enter_counts(person=chief(), vote=vote, counts={"present": 3, "for": 2, "against": 1})
    closed = close_vote(person=chief(), vote=vote, declared={"for": 3}, although=True)
    assert (closed.result["for"], closed.declared["for"]) == (2, 3), "declared and computed stand side by side"
    assert not Ballot.objects.exists()


def test_a_minute_proposes_and_leaves_to_a_person_what_fits_nobody() -> None:
    for name in ("Marco Cogno", "Ada Prova"):
        a_mandate(name=name)
    text = "La votazione avviene in modo palese:\nPresenti: 2\nVotanti: 2\nFavorevoli 2\n(Prova - Cagno)\n"
    (vote,) = proposals(read_minute(text), composition(a_body(), date(2026, 6, 1)))
    read = {one.printed: one for one in vote.names}
    assert read["Prova"].seat == f"m{a_mandate(name='Ada Prova').pk}"
    assert read["Cagno"].seat == ""
    assert "Cogno" in read["Cagno"].nearest
    client = Client()
    client.force_login(chief())
    sent = {"body": a_body().pk, "day": "2026-06-01", "text": text}
    page = client.post(reverse("desk:minutes"), sent).content.decode()
    assert "Cagno" in page
    number = next(n for n, one in enumerate(vote.names) if one.printed == "Cagno")
    cogno = f"m{a_mandate(name='Marco Cogno').pk}"
    taken = client.post(reverse("desk:minutes"), {**sent, "verb": "take", "vote": "0", f"seat-{number}": cogno})
    assert taken.status_code == 302
    assert Ballot.objects.filter(option="for").count() == 2


def an_act_with_votes() -> tuple[Act, list[Vote]]:
    for name in NAMES:
        a_mandate(name=name)
    act = Act.objects.create(
        slug="prova",
        body=a_body(),
        kind="plan",
        state="recorded",
        object_it="Prova & <prova>",
        points="Uno\nDue",
        number="7",
        year=2026,
        day=date(2026, 6, 1),
    )
    vote = put_to_vote(person=chief(), session=a_session(), act=act, question="Intero testo")
    seats = [seat.id for seat in composition(a_body(), date(2026, 6, 1)).seats]
    enter_votes(person=chief(), vote=vote, votes=dict(zip(seats, ("for", "for", "abstained", "absent"), strict=True)))
    close_vote(person=chief(), vote=vote)
    return act, list(act.polls.prefetch_related("ballots"))


XML_XSD = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
  targetNamespace="http://www.w3.org/XML/1998/namespace">
  <xs:attribute name="lang" type="xs:language"/><xs:attribute name="space" type="xs:NCName"/>
  <xs:attribute name="base" type="xs:anyURI"/><xs:attribute name="id" type="xs:ID"/>
</xs:schema>"""
"""What the schema imports of the attributes of XML itself, which does not come with it."""


def test_akoma_ntoso_is_valid_against_its_schema(tmp_path: Path) -> None:
    etree = pytest.importorskip("lxml.etree", reason="lxml is not installed: the schema was not asked")
    file = SCHEMAS / "akoma-ntoso" / "akomantoso30.xsd"
    if not file.exists():
        pytest.skip("the schema of Akoma Ntoso is not here")
    own = tmp_path / "xml.xsd"
    own.write_text(XML_XSD)
    document = etree.parse(str(file))
    for one in document.iter("{http://www.w3.org/2001/XMLSchema}import"):
        if one.get("namespace") == "http://www.w3.org/XML/1998/namespace":
            one.set("schemaLocation", str(own))
    act, polls = an_act_with_votes()
    made = etree.fromstring(akoma_ntoso_of(act, polls, "https://esempio.it/atti/prova/"))
    schema = etree.XMLSchema(document)
    assert schema.validate(made), schema.error_log


def test_popolo_is_valid_against_its_schemas() -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed: the schema was not asked")
    folder = SCHEMAS / "popolo"
    if not folder.exists():
        pytest.skip("the schemas of Popolo are not here")
    found = {path.stem: json.loads(path.read_text()) for path in folder.glob("*.json")}
    store = {f"http://www.popoloproject.com/schemas/{name}.json": schema for name, schema in found.items()}
    act, polls = an_act_with_votes()
    made = popolo_of(act, polls, "https://esempio.it/atti/prova/")
    resolver = jsonschema.RefResolver("", found["motion"], store=store)
    jsonschema.Draft3Validator(found["motion"], resolver=resolver).validate(made)
    assert made["vote_events"][0]["counts"][0] == {"option": "yes", "value": 2}
    assert len(made["vote_events"][0]["votes"]) == 4


def test_what_the_file_says_in_text_is_whole_without_any_schema() -> None:
    from xml.etree import ElementTree

    act, polls = an_act_with_votes()
    root = ElementTree.fromstring(akoma_ntoso_of(act, polls, "https://esempio.it/atti/prova/"))
    words = " ".join(root.itertext())
    assert "Prova & <prova>" in words
    assert "Ada Prova, Bice Conta" in words
    assert frozen(result_of(polls[0])) == polls[0].result
