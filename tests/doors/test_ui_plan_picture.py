"""The plan table shows the whole plan and dims what does not answer."""

import gzip
import re

import pytest
from django.template import Context, Template
from django.utils import translation

from aumenta.plan.load_bundle import load_bundles
from aumenta.plan.models import Edition
from aumenta.plan.queries import tree
from aumenta.ui.plan_picture import MOST_WITH_SENTENCES, plan_picture
from aumenta.ui.samples import sample_picture

KILOBYTE = 1000
BAR = 60 * KILOBYTE


def html_of(picture, language="it") -> str:
    with translation.override(language):
        return Template("{% load plan_picture %}{% plan_table picture %}").render(Context({"picture": picture}))


def weight(html: str) -> int:
    return len(gzip.compress(html.encode(), 6))


@pytest.fixture
def turin(db):
    load_bundles()
    return Edition.objects.get(label="2021-2023")


def test_every_action_of_the_plan_is_a_link_with_its_title(turin):
    html = html_of(plan_picture(tree(turin), at="/it/2021-2023/"))
    squares = re.findall(
        r'<a class="square" href="/it/2021-2023/azioni/([\d.]+)/">([\d.]+)<span class="square-card"><b>', html
    )
    assert len(squares) == 111
    assert all(address == code for address, code in squares)


def test_the_picture_costs_three_queries_whatever_the_plan(turin, django_assert_num_queries):
    with django_assert_num_queries(3):
        html_of(plan_picture(tree(turin), at="/it/2021-2023/"))


def test_what_does_not_answer_is_dimmed_and_what_answers_says_so_in_words(turin):
    picture = plan_picture(tree(turin), at="/it/2021-2023/", highlighted={"2.2.2", "6.2"})
    n_answering = 1 + 6
    assert (picture.n_lit, picture.n_actions) == (n_answering, 111)
    html = html_of(picture)
    assert html.count('class="square lit"') == n_answering
    assert html.count('class="square dim"') == 111 - n_answering
    assert html.count("tra i risultati") == n_answering


def test_an_answer_of_none_dims_everything_and_no_question_dims_nothing(turin):
    axes = tree(turin)
    assert html_of(plan_picture(axes, at="/it/", highlighted=set())).count("square dim") == 111
    assert "square dim" not in html_of(plan_picture(axes, at="/it/"))


def test_an_unknown_code_answers_nothing(turin):
    assert plan_picture(tree(turin), at="/it/", highlighted={"9.9.9", "2.2.22"}).n_lit == 0


def test_an_edition_without_actions_still_shows_its_strategies(db):
    load_bundles()
    edition = Edition.objects.get(label="2024-2026")
    picture = plan_picture(tree(edition), at="/it/2024-2026/")
    html = html_of(picture)
    assert html.count('class="plan-strategy-title"') == 27
    assert "squares" not in html


def test_what_exists_only_in_italian_is_marked_on_the_english_page():
    html = html_of(sample_picture([1], 1), "en")
    assert '<b lang="it">' in html


@pytest.mark.parametrize(
    ("strategies", "actions"),
    [([40] * 6, 7), ([7, 5, 4, 2, 4, 2], 46)],
    ids=["ten times the strategies", "ten times the actions of each strategy"],
)
def test_a_plan_ten_times_as_large_stays_light(strategies, actions):
    picture = sample_picture(strategies, actions)
    assert picture.n_actions > 900
    assert weight(html_of(picture)) < BAR


def test_a_large_plan_leaves_the_sentences_to_the_sheets_and_keeps_the_titles():
    picture = sample_picture([40] * 6, 7)
    assert picture.n_actions > MOST_WITH_SENTENCES
    html = html_of(picture)
    assert html.count("<b>") == picture.n_actions
    assert "<i" not in html
