"""Rich text: the tag set is closed, words survive."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aumenta.core.text import clean_rich_text, paragraphs_of, plain_text
from aumenta.core.text.rich import TAGS

PIECES = [
    "<p>",
    "</p>",
    "<ul>",
    "</ul>",
    "<li>",
    "</li>",
    "<strong>",
    "</strong>",
    "<b>",
    "</b>",
    "<div>",
    "</div>",
    "<script>x</script>",
    "<a href='https://a.it/?b=1&c=2'>",
    "<a href='javascript:x'>",
    "</a>",
    "<h2>",
    "</h2>",
    "<br>",
    "<img src=x onerror=y>",
    " ",
    "\n\n",
    "città",
    "&amp;",
    "&",
    "<",
    "«",
    "\x00",
    "<em>",
    "</em>",
    "<table>",
    "<td>",
]
MARKUP = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))


@given(MARKUP)
def test_cleaning_twice_is_cleaning_once(markup: str) -> None:
    once = clean_rich_text(markup)
    assert clean_rich_text(once) == once


@given(MARKUP)
def test_only_the_closed_tags_remain(markup: str) -> None:
    for tag in re.findall(r"<(/?[^>]*)>", clean_rich_text(markup)):
        name, _, attributes = tag.lstrip("/").partition(" ")
        assert name in TAGS
        assert not attributes or (name == "a" and re.fullmatch(r'href="(https?:|mailto:)?[^"]*"', attributes))
        assert "javascript:" not in attributes


@pytest.mark.parametrize(
    ("markup", "cleaned"),
    [
        ("Due parole", "<p>Due parole</p>"),
        ("Primo\n\nSecondo", "<p>Primo</p><p>Secondo</p>"),
        ("<p>Un <b>fatto</b></p>", "<p>Un <strong>fatto</strong></p>"),
        ("<h2>Titolo</h2><p>x</p>", "<h3>Titolo</h3><p>x</p>"),
        ("<p></p>", ""),
        ("<p>a</p><script>alert(1)</script>", "<p>a</p>"),
        ("<p onclick='x' style='y'>a</p>", "<p>a</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
    ],
)
def test_what_people_paste_becomes_our_text(markup: str, cleaned: str) -> None:
    assert clean_rich_text(markup) == cleaned


@given(st.text(alphabet="abcè <>&\"'\n", max_size=40))
def test_plain_text_keeps_every_word(text: str) -> None:
    assert plain_text(paragraphs_of(text)).split() == text.split()
