"""Questionnaires: what can't be asked, how answers are read, what all of them say without giving anybody away."""

import random
from itertools import product

import pytest

from aumenta.core.survey.answers import read_answers
from aumenta.core.survey.questions import Kind, Option, Question, as_json, from_json, problems
from aumenta.core.survey.results import results, wilson
from tests.surveys_cast import QUESTIONS

YES = (Option("si", "Sì"), Option("no", "No"))


def ask(code, only_if="", only_values=("si",), **more):
    return Question(code, Kind.SINGLE, code.title(), options=YES, only_if=only_if, only_values=only_values, **more)


def told(*questions):
    return [(one.code, one.question) for one in problems(questions)]


def test_what_can_be_asked_is_kept_and_read_again_as_it_was():
    assert problems(QUESTIONS) == []
    assert from_json(as_json(QUESTIONS)) == QUESTIONS


def test_conditions_that_lead_back_or_nowhere_are_refused():
    assert told(ask("a", "b"), ask("b", "a")) == [("condition_loops", "a"), ("condition_loops", "b")]
    assert told(ask("a", "a")) == [("condition_loops", "a")]
    assert told(ask("a", "c"), ask("b", "a"), ask("c", "b")) == [("condition_loops", one) for one in "abc"]
    assert told(ask("a", "b"), ask("b")) == [("condition_comes_later", "a")]
    assert told(ask("a", "x")) == [("condition_of_nothing", "a")]
    assert told(ask("a"), ask("b", "a", ("boh",))) == [("condition_value", "b")]
    assert told(ask("a"), ask("b", "a", ())) == [("condition_value", "b")]
    assert told(Question("t", Kind.OPEN, "T"), ask("b", "t", ("si",))) == [("condition_value", "b")]
    assert told(ask("a"), ask("b", "a"), ask("c", "b")) == []


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (Question("A b", Kind.OPEN, "T"), "bad_code"),
        (Question("a", Kind.OPEN, " "), "no_text"),
        (Question("a", Kind.OPEN, "x" * 1001), "too_long"),
        (Question("a", Kind.SINGLE, "T", options=YES[:1]), "options_number"),
        (Question("a", Kind.SINGLE, "T", options=(YES[0], YES[0])), "options_twice"),
        (Question("a", Kind.MATRIX, "T", options=YES), "rows_number"),
        (Question("a", Kind.SCALE, "T", low=5, high=1), "scale_ends"),
        (Question("a", Kind.SCALE, "T", low=0, high=90), "scale_ends"),
        (Question("a", Kind.NUMBER, "T", low=120, high=0), "number_ends"),
    ],
)
def test_a_question_that_is_not_whole_is_told(question, code):
    assert (code, question.code) in told(question)


def test_no_column_of_the_table_of_replies_is_called_as_another():
    several = Question("a", Kind.MULTIPLE, "A", options=YES)
    rows = Question("b", Kind.MATRIX, "B", options=YES, rows=YES)
    assert told(several, rows, ask("a_si"), ask("b_no")) == [("column_twice", "a"), ("column_twice", "b")]
    assert told(several, rows, ask("a_no_si")) == []


def test_no_question_and_two_of_one_name():
    assert told() == [("no_questions", "")]
    assert ("code_twice", "a") in told(ask("a"), ask("a"))


def test_answers_are_read_by_kind():
    given = {
        "q-mezzo": ["auto"],
        "q-perche": [" Nessun autobus "],
        "q-temi": ["bici", "bus"],
        "q-voto": ["4"],
        "q-tabella-giovani": ["si"],
        "q-anni": ["41,5"],
        "q-giorno": ["2026-05-03"],
    }
    answers, faults = read_answers(QUESTIONS, given)
    assert faults == {}
    assert answers == {
        "mezzo": "auto",
        "perche": "Nessun autobus",
        "temi": ["bus", "bici"],
        "voto": 4,
        "tabella": {"giovani": "si"},
        "anni": 41.5,
        "giorno": "2026-05-03",
    }


def test_what_is_not_asked_of_her_is_not_kept():
    answers, faults = read_answers(QUESTIONS, {"q-mezzo": ["bus"], "q-perche": ["Prima avevo scelto l'auto"]})
    assert answers == {"mezzo": "bus"}
    assert faults == {}


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("mezzo", "astronave", "not_a_choice"),
        ("mezzo", "", "required"),
        ("temi", "astronave", "not_a_choice"),
        ("voto", "6", "not_a_choice"),
        ("voto", "٤", "not_a_choice"),
        ("anni", "tanti", "not_a_number"),
        ("anni", "nan", "not_a_number"),
        ("anni", "1_0", "not_a_number"),
        ("anni", "1e999", "not_a_number"),
        ("anni", "130", "out_of_range"),
        ("giorno", "2026-02-30", "not_a_day"),
        ("giorno", "20260203", "not_a_day"),
    ],
)
def test_what_is_no_answer_is_told(field, value, fault):
    _answers, faults = read_answers(QUESTIONS, {"q-mezzo": ["bus"], f"q-{field}": [value]})
    assert faults == {field: fault}
    assert read_answers([Question("t", Kind.OPEN, "T")], {"q-t": ["x" * 5_001]})[1] == {"t": "too_long"}


def test_a_required_matrix_needs_every_row():
    (matrix,) = (one for one in from_json(as_json(QUESTIONS)) if one.code == "tabella")
    required = Question(matrix.code, matrix.kind, "T", required=True, options=matrix.options, rows=matrix.rows)
    assert read_answers([required], {"q-tabella-giovani": ["si"]})[1] == {"tabella": "required"}


def test_wilsons_interval_by_hand():
    # Newcombe (1998), table I: 81 of 263 and 0 of 20.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)


def test_counts_of_a_single_choice_never_give_a_small_one_back():
    chance = random.Random(5)
    codes = ["bus", "auto", "bici"]
    for _n in range(1_000):
        counts = [chance.choice([0, 1, 2, 3, 7, 20]) for _code in codes]
        given = [{"mezzo": code} for code, n in zip(codes, counts, strict=True) for _m in range(n)]
        (found, *_others) = results(QUESTIONS, given)
        if found.answered is None:
            assert sum(counts) < 3
            continue
        lines = found.groups[0][1]
        assert not any(line.count in (1, 2) for line in lines)
        hidden = [n for n, line in zip(counts, lines, strict=True) if line.count is None]
        left = found.answered - sum(line.count or 0 for line in lines)
        ways = [one for one in product(range(left + 1), repeat=len(hidden)) if sum(one) == left]
        for place in range(len(hidden)):
            assert len({one[place] for one in ways}) > 1, (counts, lines)


def test_a_year_that_few_gave_is_not_even_named():
    given = [{"giorno": f"{year}-05-03"} for year, n in (("1907", 1), ("2001", 5), ("2010", 9)) for _n in range(n)]
    found = next(one for one in results(QUESTIONS, given) if one.question.code == "giorno")
    assert [(line.value, line.count) for line in found.groups[0][1]] == [("2010", 9), ("other", None)]


def test_a_day_is_read_as_italian_and_as_files_write_it():
    for text in ("2026-05-31", "31/05/2026", "31.5.2026"):
        assert read_answers(QUESTIONS, {"q-mezzo": ["bus"], "q-giorno": [text]})[0]["giorno"] == "2026-05-31", text
    for text in ("31/02/2026", "05/31/2026", "2026-5-31", "99", "31/05/26", "0000-01-01"):
        assert read_answers(QUESTIONS, {"q-mezzo": ["bus"], "q-giorno": [text]})[1] == {"giorno": "not_a_day"}, text


def test_of_several_choices_few_who_did_not_choose_are_left_out_too():
    given = [{"temi": ["bus", "bici"]}] * 8 + [{"temi": ["bus"]}] * 2 + [{"temi": ["bici", "auto"]}]
    found = next(one for one in results(QUESTIONS, given) if one.question.code == "temi")
    told_of = {line.value: line.count for line in found.groups[0][1]}
    assert told_of == {"bus": None, "auto": None, "bici": None}, "ten of eleven, one of eleven, nine of eleven"


def test_a_question_asked_of_few_is_left_out_where_their_number_is():
    given = [{"mezzo": "bus"}] * 9 + [{"mezzo": "auto", "perche": "Così"}] * 2 + [{"mezzo": "bici"}] * 5
    choice, why, *_others = results(QUESTIONS, given)
    assert any(line.count is None for line in choice.groups[0][1])
    assert not why.whole


def test_a_mean_has_its_interval_and_none_of_few():
    given = [{"anni": n} for n in range(20, 40)]
    found = next(one for one in results(QUESTIONS, given) if one.question.code == "anni")
    assert found.mean.value == pytest.approx(29.5)
    assert found.mean.high - found.mean.value == pytest.approx(1.959964 * (35.0 / 20) ** 0.5)
    few = next(one for one in results(QUESTIONS, given[:9]) if one.question.code == "anni")
    assert few.mean is None
