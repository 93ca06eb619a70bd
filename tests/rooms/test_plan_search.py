"""The search of an edition: what it knows by name, what people teach it, and how well it answers."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.bench_search import OWN, quality, read_queries
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation
from pytest_django import DjangoDbBlocker

from aumenta.core.synthesis import process_encoder
from aumenta.core.synthesis.encoders import HashedStems, Opened
from aumenta.plan.load_bundle import load_bundles
from aumenta.plan.models import Edition, SearchSynonym
from aumenta.plan.propose_places import propose_places
from aumenta.plan.search.engines import PlanSearch, make_search, search_of
from aumenta.plan.search.synonyms import FILE, load_synonyms, parts
from aumenta.plan.search.teach import forget_words, teach_words
from aumenta.plan.search.understood import understood
from aumenta.territory.load import load_territories
from aumenta.territory.models import Territory
from tests.cast import somebody, standing
from tests.turin import source_of_turin, tables_of_turin

pytestmark = pytest.mark.django_db


def build() -> None:
    load_bundles()
    load_territories(source=source_of_turin(), tables=tables_of_turin())
    load_synonyms()
    for edition in Edition.objects.all():
        propose_places(edition=edition, territory=Territory.objects.get())


@pytest.fixture(scope="module")
def whole(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[PlanSearch]:
    with standing(django_db_blocker, build), django_db_blocker.unblock():
        yield make_search(Edition.objects.get(label="2021-2023"))


@pytest.fixture(autouse=True)
def by_words_alone(monkeypatch: pytest.MonkeyPatch, whole: PlanSearch) -> None:
    monkeypatch.setattr(process_encoder, "_opened", [Opened(HashedStems(), ())])


def codes(search: PlanSearch, question: str) -> list[str]:
    return [search.documents[place].code for place in search.engine.find(question).ranked()]


def test_the_recovery_plan_leads_to_every_action_aligned_to_it(whole: PlanSearch) -> None:
    for question in ("PNRR", "pnrr", "recovery plan", "Piano nazionale di ripresa e resilienza"):
        assert len(codes(whole, question)) == 109, question


def test_bodies_are_found_by_their_names_and_acronyms_as_printed(whole: PlanSearch) -> None:
    assert codes(whole, "CAI") == codes(whole, "Club alpino italiano") == ["2.1.7"]
    assert set(codes(whole, "RFI")) >= {"3.2.1", "3.2.2", "3.2.3"}
    assert "3.2.4" in codes(whole, "Trenitalia")[:3]


def test_a_place_is_offered_by_every_name_it_goes_by(whole: PlanSearch) -> None:
    wanted = {
        "Condove": "Condove",
        "Comune di Ivrea": "Ivrea",
        "Valsusa": "6 Valli di Susa e Sangone",
        "Val di Susa": "6 Valli di Susa e Sangone",
        "001272": "Torino",
        "1272": "Torino",
        "10059": "Susa",
        "Stupinigi": "Nichelino",
        "Venaria": "Venaria Reale",
        "zona 6": "6 Valli di Susa e Sangone",
        "Lugnacco": "Val di Chy",
        "turin": "Torino",
    }
    for question, place in wanted.items():
        assert place in [found.name for found in whole.engine.find(question).reading.places], question


def test_no_ordinary_question_is_taken_for_a_place(whole: PlanSearch) -> None:
    for question in ("scuole sicure", "none of the schools", "piscina comunale", "sul fronte del lavoro", "la riva"):
        assert len(whole.engine.find(question).reading.places) <= (question == "la riva"), question


def test_what_was_understood_is_said_in_the_language_of_the_page(whole: PlanSearch) -> None:
    said = {
        "pullman": "«pullman» è stato cercato anche come: autobus, trasporto pubblico locale, corse a chiamata.",
        "CAI": "«CAI» è: Club alpino italiano (CAI).",
        "Condove": "Luogo: Condove.",
        "xyzzy": "Nessuna scheda contiene «xyzzy», né una parola simile.",
    }
    for question, sentence in said.items():
        assert understood(whole.engine.find(question), whole.things) == [sentence]
    with translation.override("en"):
        assert understood(whole.engine.find("CAI"), whole.things) == ["“CAI” is Italian Alpine Club (CAI)."]


def test_our_own_labelled_questions_are_answered_by_words_alone(whole: PlanSearch) -> None:
    measured = quality(read_queries(OWN), lambda question: (codes(whole, question), whole.engine.find(question).weak))
    assert measured.ndcg >= 0.76
    assert measured.recall >= 0.78
    assert measured.nothing <= 0.02
    assert measured.misled <= 0.1


def test_every_row_of_the_everyday_words_says_something_and_no_word_is_taught_twice_in_a_language() -> None:
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 250
    assert all(row["language"] in {"it", "en"} and parts(row["written"]) and parts(row["meaning"]) for row in rows)
    taught = [(row["language"], row["written"]) for row in rows]
    assert len(taught) == len(set(taught))


def test_what_the_office_taught_is_never_loaded_over() -> None:
    SearchSynonym.objects.exclude(pk=SearchSynonym.objects.order_by("pk").values("pk")[:1]).delete()
    assert load_synonyms() == 0
    assert SearchSynonym.objects.count() == 1


def test_words_that_an_approver_teaches_are_found_at_once_and_forgotten_when_taken_away() -> None:
    edition, approver = Edition.objects.get(label="2021-2023"), somebody("approver")
    assert codes(search_of(edition), "zzgondola") == []
    taught = teach_words(person=approver, language="it", written="zzgondola;  zzgondole", meaning="boschi")
    edition.refresh_from_db()
    assert "2.1.3" in codes(search_of(edition), "zzgondole")
    forget_words(person=approver, synonym=taught)
    edition.refresh_from_db()
    assert codes(search_of(edition), "zzgondola") == []


def test_nobody_else_teaches_and_nonsense_is_refused() -> None:
    for role in ("reader", "editor", "facilitator", "referent"):
        with pytest.raises(PermissionDenied):
            teach_words(person=somebody(role), language="it", written="a", meaning="b")
    approver = somebody("approver")
    for written, meaning in (("", "boschi"), ("zz", " ; "), ("zz", "@nessuno"), ("zz", "@pnrr/nessuno")):
        with pytest.raises(ValidationError):
            teach_words(person=approver, language="it", written=written, meaning=meaning)
    assert teach_words(person=approver, language="it", written="zz", meaning="@pnrr/m4").pk


def test_a_file_of_questions_is_answered_row_by_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from aumenta.config.cli import run_analyst

    file = tmp_path / "questions.csv"
    file.write_text("id,query,lang\na,pullman,it\nb,Condove,en\nc,carta d'identità,it\n", encoding="utf-8")
    assert run_analyst("find", [str(file), "--edition", "2021-2023", "--json"]) == 0
    answers = json.loads(capsys.readouterr().out)
    assert [answer["id"] for answer in answers] == ["a", "b", "c"]
    assert answers[0]["results"][0] == "3.1.2"
    assert answers[1]["places"] == ["Condove"]
    assert answers[1]["understood"] == "Place: Condove."
    assert answers[2]["weak"]
    assert run_analyst("find", [str(file), "--edition", "1999-2001"]) == 2
    assert "1999-2001" in capsys.readouterr().err
