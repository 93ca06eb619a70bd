"""Words, numbers and dates are written as the reader's language writes them."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from aumenta.ui.templatetags import words


def render(source: str, language: str = "it", **context: object) -> str:
    with translation.override(language):
        return Template("{% load words %}" + source).render(Context(context))


def test_a_text_that_exists_in_the_page_language_is_written_plain():
    thing = {"title_it": "Aree verdi", "title_en": "Green areas"}
    assert render('{% words thing "title" %}', "it", thing=thing) == "Aree verdi"
    assert render('{% words thing "title" %}', "en", thing=thing) == "Green areas"


def test_a_text_without_translation_is_marked_with_its_own_language():
    thing = {"title_it": "Aree verdi", "title_en": ""}
    assert render('{% words thing "title" %}', "en", thing=thing) == '<span lang="it">Aree verdi</span>'


def test_a_text_typed_with_signs_is_escaped():
    thing = {"title_it": "<b>A & B</b>", "title_en": ""}
    assert render('{% words thing "title" %}', "it", thing=thing) == "&lt;b&gt;A &amp; B&lt;/b&gt;"
    assert "<b>" not in render('{% words thing "title" %}', "en", thing=thing)


def test_a_text_missing_in_both_languages_is_nothing():
    assert render('{% words thing "title" %}', "en", thing={}) == ""
    assert render('{% rich_words thing "title" %}', "en", thing={}) == ""


def test_rich_text_of_the_other_language_stands_in_its_own_block():
    thing = {"text_it": "<p>Ciao</p>"}
    assert render('{% rich_words thing "text" %}', "en", thing=thing) == '<div lang="it"><p>Ciao</p></div>'


@pytest.mark.parametrize(
    ("source", "italian", "english"),
    [
        ("{{ 1234567.891|number:1 }}", "1.234.567,9", "1,234,567.9"),
        ("{{ 0.4235|percent:1 }}", "42,4%", "42.4%"),
        ("{{ 0.285|percent }}", "29%", "29%"),
        ("{{ 1200|euro }}", "€\u00a01.200", "€1,200"),
        ("{{ minus|signed:1 }}", "−3,5", "−3.5"),
        ("{{ 3|signed }}", "+3", "+3"),
        ("{{ nothing|number }}", "–", "–"),
    ],
)
def test_numbers_follow_the_language(source: str, italian: str, english: str):
    assert render(source, "it", minus=-3.5, nothing=None) == italian
    assert render(source, "en", minus=-3.5, nothing=None) == english


def test_zero_is_a_number_and_not_a_gap():
    assert render("{{ 0|number }} {{ 0|signed }} {{ 0|percent }}") == "0 0 0%"


def test_a_date_is_written_in_words_and_readable_by_machines():
    assert (
        render("{{ d|day }}", "it", d=date(2023, 12, 5))
        == '<time datetime="2023-12-05">5\u00a0dicembre\u00a02023</time>'
    )
    assert "5\u00a0December\u00a02023" in render("{{ d|day }}", "en", d=date(2023, 12, 5))


def test_a_moment_is_told_in_the_time_of_the_territory():
    late = datetime(2023, 12, 31, 23, 30, tzinfo=UTC)
    assert "1° gennaio 2024, 00:30" in render("{{ d|moment }}", "it", d=late)
    assert "1°\u00a0gennaio\u00a02024" in render("{{ d|day }}", "it", d=late)


def test_a_bare_text_is_the_italian_one_where_there_is_no_english():
    with translation.override("en"):
        assert words.plain_words({"title_it": "Aree"}, "title") == "Aree"
