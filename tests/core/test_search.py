"""Search and filters: what is found, what is marked, and counts that stay true."""

from hypothesis import given
from hypothesis import strategies as st

from aumenta.core.search import Facets, Index, Passage, mark, passage, words
from aumenta.core.text import fold

PLAN = Index(
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


def test_endings_accents_and_case_do_not_matter() -> None:
    assert found("MOBILITA") == found("mobilità") == [0, 2]
    assert found("bicicletta") == [0]
    assert found("scuola") == found("schools") == [2]


def test_a_word_counts_more_in_a_title() -> None:
    assert found("mobilità")[0] == 0


def test_all_words_are_needed_and_articles_are_not_words() -> None:
    assert found("la mobilità delle città") == [0]
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
    index = Index([[Passage("La Mobilità e la mobilità dolce", "it")], [Passage("Mobilita tutti", "it")]])
    assert index.find("mobbilita").guessed == {"mobbilita": ("mobilità",)}


def test_a_word_that_is_there_is_never_guessed() -> None:
    assert PLAN.find("città").guessed == {}


def test_the_beginning_of_a_word_is_enough() -> None:
    assert found("idro") == [3]


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
    assert Index([]).find("mobilità").scores == {}


@given(st.text(max_size=200), st.sampled_from(["it", "en"]), st.text(max_size=30))
def test_the_marked_pieces_are_the_whole_text(text: str, language: str, question: str) -> None:
    terms = Index([[Passage(text, language)]]).find(question).terms
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
