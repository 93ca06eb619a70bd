"""Which actions belong together, as a reader finds it."""

import pytest
from django.test import Client

from aumenta.plan.load_bundle import load_bundles
from tests.markup import squeezed

pytestmark = pytest.mark.django_db
ADDRESS = "2021-2023/connessioni/"


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """The picture and list of the plan we ship, in both languages, of everything, one axis and one action."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        load_bundles()
        client = Client()
        found = {
            (language, query): client.get(f"/{language}/{ADDRESS}{query}").content.decode()
            for language in ("it", "en")
            for query in ("", "?asse=3", "?azione=2.2.2", "?asse=99", "?azione=9.9.9")
        }
        transaction.set_rollback(True)
    return found


def test_what_english_readers_get_in_italian_says_so(pages) -> None:
    english = pages["en", "?azione=2.2.2"]
    reasons = english[english.index('class="tie-reasons"') :].split("</ul>")[0]
    assert 'the same words: <span lang="it">' in english
    assert "<li>the same" in squeezed(reasons)
    assert 'lang="it"' not in pages["it", "?azione=2.2.2"].split("<main")[1].split("</main>")[0]


def test_the_ties_of_an_action_all_have_it_at_one_end(pages) -> None:
    ends = pages["it", "?azione=2.2.2"].split('class="tie-ends"')[1:]
    assert ends
    assert all("/azioni/2.2.2/" in end.split("</p>")[0] for end in ends)


def test_the_ties_of_an_axis_all_have_it_at_one_end(pages) -> None:
    ends = pages["it", "?asse=3"].split('class="tie-ends"')[1:]
    assert ends
    assert all("/azioni/3." in end.split("</p>")[0] for end in ends)


def test_an_axis_or_action_that_is_not_there_shows_all(pages) -> None:
    for query in ("?asse=99", "?azione=9.9.9"):
        assert pages["it", query].count('class="tie-ends"') == pages["it", ""].count('class="tie-ends"') == 20
