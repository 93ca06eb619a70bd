"""Search and filters: what is found, what is marked, and counts that stay true."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from aumenta.core.search import Engine, Facets, Meaning, NamedPlace, Passage, Synonym, mark, passage, words
from aumenta.core.search.index import Index
from aumenta.core.text import fold

PLAN = Engine(
    [
        [Passage("Mobilità sostenibile", "it", 3), Passage("Piste ciclabili e biciclette per le città", "it")],
        [Passage("Economia circolare", "it", 3), Passage("Meno rifiuti, più riuso nelle imprese", "it")],
        [Passage("Scuole aperte", "it", 3), Passage("La mobilità dei docenti", "it"), Passage("Open schools", "en")],
        [Passage("2.2.2 M2C2", "it", 8), Passage("Idrogeno", "it")],
    ]
)


def found(question: str) -> list[int]:
    scores = PLAN.find(question).scores
    return sorted(scores, key=lambda number: -scores[number])


def test_a_word_by_which_people_ask_is_not_taken_for_an_everyday_word_of_the_same_stem() -> None:
    taught = Engine(
        [[Passage("Incentivi per le facciate", "it", 3)], [Passage("Un contributo per la casa", "it", 3)]],
        synonyms=[Synonym("it", ("facciate",), ("ristrutturare",))],
    )
    assert taught.find("come faccio ad avere un contributo", by_meaning=False).ranked() == [1]


def test_endings_accents_and_case_do_not_matter() -> None:
    assert found("MOBILITA") == found("mobilità") == [0, 2]
    assert found("bicicletta") == [0]
    assert found("scuola") == found("schools") == [2]


def test_a_word_counts_more_in_a_title() -> None:
    assert found("mobilità")[0] == 0


def test_a_rare_word_counts_more_than_one_that_many_texts_have() -> None:
    index = Index([[Passage("Piano frane", "it")], *([Passage("Piano sole", "it")] for _ in range(8))])
    common, rare = (index.scores(index.terms_of(word))[0] for word in ("piano", "frane"))
    assert rare > 2 * common, "one is as long and as often there as the other"


def test_a_word_that_both_languages_have_counts_once() -> None:
    twice = Engine([[Passage("Audit", "it"), Passage("Audit", "en")], [Passage("Altro", "it"), Passage("Other", "en")]])
    once = Engine([[Passage("Audit", "it"), Passage("Check", "en")], [Passage("Altro", "it"), Passage("Other", "en")]])
    assert twice.find("audit").scores[0] == pytest.approx(once.find("audit").scores[0])


def test_a_document_with_all_words_comes_first_and_articles_are_not_words() -> None:
    assert found("la mobilità delle città")[0] == 0
    assert PLAN.find("la mobilità delle città").every_word


def test_without_a_document_that_has_all_the_words_those_with_some_are_given_and_this_is_said() -> None:
    findings = PLAN.find("rifiuti docenti")
    assert sorted(findings.scores) == [1, 2]
    assert not findings.every_word


def test_a_word_typed_wrong_is_guessed_and_the_guess_is_told() -> None:
    findings = PLAN.find("ecconomia")
    assert sorted(findings.scores) == [1]
    assert findings.guessed == {"ecconomia": ("economia",)}
    assert PLAN.find("bicilcette").guessed == {"bicilcette": ("biciclette",)}


def test_a_guess_is_told_as_the_texts_write_it_and_not_folded() -> None:
    index = Engine([[Passage("La Mobilità e la mobilità dolce", "it")], [Passage("Mobilita tutti", "it")]])
    assert index.find("mobbilita").guessed == {"mobbilita": ("mobilità",)}


def test_a_word_that_is_there_is_never_guessed() -> None:
    assert PLAN.find("città").guessed == {}


def test_the_beginning_of_a_word_is_enough() -> None:
    assert found("idrog") == [3]


def test_a_code_is_one_word() -> None:
    assert found("2.2.2") == found("m2c2") == [3]
    assert found("2.2") == [3]
    assert found("9.9.9") == []


def test_nothing_like_it_finds_nothing_and_says_so() -> None:
    findings = PLAN.find("xylofono")
    assert findings.scores == {}
    assert findings.guessed == {"xylofono": ()}


@given(st.text(max_size=300))
def test_no_question_breaks_the_index(question: str) -> None:
    findings = PLAN.find(question)
    assert all(0 <= number < 4 and score > 0 for number, score in findings.scores.items())


def test_an_empty_index_finds_nothing() -> None:
    assert Engine([]).find("mobilità").scores == {}


@given(st.text(max_size=200), st.sampled_from(["it", "en"]), st.text(max_size=30))
def test_the_marked_pieces_are_the_whole_text(text: str, language: str, question: str) -> None:
    terms = Engine([[Passage(text, language)]]).find(question).terms
    assert "".join(piece.text for piece in mark(text, language, terms)) == text


def test_every_form_of_the_word_is_marked_and_nothing_else() -> None:
    terms = PLAN.find("citta").terms
    pieces = mark("La città, le CITTÀ; i cittadini no.", "it", terms)
    assert [piece.text for piece in pieces if piece.found] == ["città", "CITTÀ"]


def test_a_guessed_word_is_marked_too() -> None:
    pieces = mark("Economia circolare", "it", PLAN.find("ecconomia").terms)
    assert [piece.text for piece in pieces if piece.found] == ["Economia"]


def test_a_passage_is_cut_at_words_around_what_was_found() -> None:
    text = "parola " * 100 + "biciclette in città " + "parola " * 100
    pieces = passage(text, "it", PLAN.find("biciclette città").terms, length=120)
    shown = "".join(piece.text for piece in pieces)
    assert [piece.text for piece in pieces if piece.found] == ["biciclette", "città"]
    assert shown.startswith("… parola")
    assert shown.endswith("parola …")
    assert len(shown) <= 126


def test_a_text_without_the_words_has_no_passage() -> None:
    assert passage("Nulla", "it", PLAN.find("biciclette").terms) == []


@given(st.text(max_size=100))
def test_words_are_folded_parts_of_the_text(text: str) -> None:
    for word in words(text):
        assert fold(text[word.start : word.end]).startswith(word.plain)


@given(st.data())
def test_counts_and_selections_are_those_of_counting_by_hand(data: st.DataObject) -> None:
    size = data.draw(st.integers(0, 12))
    column = st.lists(st.frozensets(st.sampled_from("abcd"), max_size=3), min_size=size, max_size=size)
    groups = {"one": data.draw(column), "two": data.draw(column), "three": data.draw(column)}
    chosen = {name: data.draw(st.frozensets(st.sampled_from("abcz"), max_size=2)) for name in ("one", "two")}
    within = data.draw(st.none() | st.frozensets(st.integers(0, size - 1) if size else st.nothing()))
    facets = Facets(groups, size)
    bits = None if within is None else Facets.as_bits(within)

    def passes(number: int, but: str = "") -> bool:
        return (within is None or number in within) and all(
            not values or values & groups[name][number] for name, values in chosen.items() if name != but
        )

    assert facets.kept(chosen, bits) == [number for number in range(size) if passes(number)]
    for name, column_values in groups.items():
        for value in set().union(*column_values):
            by_hand = sum(1 for n in range(size) if value in column_values[n] and passes(n, but=name))
            assert facets.counts(chosen, bits)[name][value] == by_hand
    pairs = {(a, b) for a in "abcd" for b in "abcd"}
    together = {
        (a, b): sum(1 for n in range(size) if a in groups["one"][n] and b in groups["two"][n]) for a, b in pairs
    }
    assert facets.crossed("one", "two") == {pair: count for pair, count in together.items() if count}


SYNONYMS = [
    Synonym("it", ("pullman", "corriera"), ("mobilità",)),
    Synonym("it", ("ferrovia",), ("piste ciclabili",)),
    Synonym("it", ("carta d'identita", "anagrafe"), ("-",)),
    Synonym("it", ("recovery",), ("@pnrr",)),
]
THINGS = {"pnrr": (["PNRR"], {1: 1.0, 3: 0.6}), "pnrr/m1": (["M1"], {3: 1.0})}
PLACES = [
    NamedPlace("m:001272", "Torino"),
    NamedPlace("m:001168", "None", "", True),
    NamedPlace("z:6", "6 Valli di Susa e Sangone", "Val Susa"),
    NamedPlace("m:001125", "Ivrea", "10015"),
]
TEXTS = [
    [Passage("Mobilità sostenibile", "it", 3), Passage("Piste ciclabili e biciclette per le città", "it")],
    [Passage("Economia circolare", "it", 3), Passage("Meno rifiuti, in quest'ottica più riuso", "it")],
    [Passage("Scuole aperte", "it", 3), Passage("La mobilità dei docenti ai tavoli della salute", "it")],
    [Passage("Idrogeno", "it"), Passage("Le case della salute", "it"), Passage("Piste da sci, ciclabili no", "it")],
]
TAUGHT = Engine(TEXTS, synonyms=SYNONYMS, things=THINGS, places=PLACES, tied={"z:6": {2: 1.0}})


def test_everyday_words_find_what_they_mean_and_this_is_known() -> None:
    findings = TAUGHT.find("Corriera")
    assert findings.ranked() == [0, 2]
    assert [(c.kind, c.meaning) for c in findings.reading.concepts] == [("synonym", ("mobilità",))]


def test_a_meaning_of_several_words_is_found_where_they_stand_together() -> None:
    assert TAUGHT.find("ferrovia").ranked() == [0]


def test_an_everyday_word_typed_wrong_is_known_too() -> None:
    assert TAUGHT.find("ferovia").ranked() == [0]


def test_an_acronym_is_the_thing_and_not_a_text() -> None:
    for question in ("PNRR", "pnrr", "il PNRR", "recovery"):
        findings = TAUGHT.find(question)
        assert findings.ranked() == [1, 3], question
        assert findings.reading.only_things
        assert not findings.weak


def test_short_words_and_words_in_capitals_are_never_guessed() -> None:
    for question in ("TAV", "tav", "CER", "SCUOLE1", "TAVOLE", "DOCENTE1"):
        assert all(concept.kind in {"unknown", "word"} for concept in TAUGHT.find(question).reading.concepts), question
    assert TAUGHT.find("TAV").scores == {}


def test_places_are_offered_by_every_name() -> None:
    offered = {q: [p.key for p in TAUGHT.find(q).reading.places] for q in ("Torino", "val susa", "10015", "a Torino")}
    assert offered == {"Torino": ["m:001272"], "val susa": ["z:6"], "10015": ["m:001125"], "a Torino": ["m:001272"]}
    assert TAUGHT.find("Val Susa").ranked() == [2]


def test_a_place_whose_name_is_an_ordinary_word_is_offered_only_where_it_is_meant() -> None:
    assert [place.name for place in TAUGHT.find("none").reading.places] == ["None"]
    assert [place.name for place in TAUGHT.find("scuole nel comune di None").reading.places] == ["None"]
    assert TAUGHT.find("none of the schools").reading.places == ()


def test_a_matter_that_no_plan_deals_with_is_known_and_its_answer_is_weak() -> None:
    findings = TAUGHT.find("carta d'identità a Torino per docenti")
    assert findings.reading.is_outside
    assert findings.weak
    assert len(findings.scores) <= 3


def test_whole_questions_are_read_by_the_words_that_tell() -> None:
    assert TAUGHT.find("cosa fa il piano per i rifiuti?").ranked() == TAUGHT.find("rifiuti").ranked() == [1]
    assert TAUGHT.find("come faccio a chiedere i rifiuti?").ranked() == [1]


def meaning(question: str) -> Meaning:
    """Vectors by which `question` lies near the last text and nothing else near any."""
    rows = np.eye(4, 5, dtype=np.float32)
    near = np.array([0.1, 0.1, 0.1, 0.95, 0.2], dtype=np.float32)
    far = np.array([0.1, 0.1, 0.1, 0.1, 0.9], dtype=np.float32)
    return Meaning([rows, rows], lambda said: near if said.startswith(question) else far)


def test_meaning_finds_what_no_word_finds_and_weak_answers_are_at_most_three() -> None:
    engine = Engine(TEXTS, meaning=meaning("carburante del futuro"))
    findings = engine.find("carburante del futuro")
    assert (findings.ranked()[0], findings.weak) == (3, False)
    findings = engine.find("qualcosa di tutt'altro genere")
    assert findings.weak
    assert 0 < len(findings.scores) <= 3
    assert engine.find("carburante del futuro", by_meaning=False).scores == {}


@given(st.text(max_size=80))
def test_no_question_breaks_the_engine(question: str) -> None:
    findings = TAUGHT.find(question)
    assert set(findings.scores) <= {0, 1, 2, 3}
    assert len(findings.scores) <= 3 or not findings.weak


def test_a_question_asked_again_is_not_encoded_again_and_finds_the_same() -> None:
    asked: list[str] = []

    def encode(question: str) -> NDArray[np.float32]:
        asked.append(question)
        return np.array([0.1, 0.1, 0.1, 0.95, 0.2], dtype=np.float32)

    engine = Engine(TEXTS, meaning=Meaning([np.eye(4, 5, dtype=np.float32)], encode))
    first, again = engine.find("carburante del futuro"), engine.find("carburante del futuro")
    assert first.ranked() == again.ranked()
    assert len(asked) == 1


def test_a_name_is_marked_by_the_words_of_each_question_anew() -> None:
    name = "Comuni e Unioni di Comuni"
    assert [piece.text for piece in mark(name, "it", {("it", "comun")}) if piece.found] == ["Comuni", "Comuni"]
    assert [piece.text for piece in mark(name, "it", {("it", "union")}) if piece.found] == ["Unioni"]
    assert not any(piece.found for piece in mark(name, "en", {("it", "union")}))
