"""Every address outside of the desk, asked with markup where it takes a word, behind its end and in every question."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.test import Client

from tests.markup_asked import EVIL, asked, everything_asked, is_markup
from tests.rights_stage import PLACES, Stage, addresses, stage, whole_stage

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
__all__ = ["stage", "whole_stage"]


def odd_addresses() -> Iterator[str]:
    """Every address with markup in each place where it takes a word, and behind its end."""
    for route in addresses().values():
        plain = re.sub(r"[\^$]|\(\?P|\\", "", route)
        yield f"/{PLACES.sub(quote(EVIL, safe=''), plain)}"
        yield f"/{PLACES.sub('x', plain)}{quote(EVIL, safe='')}/"
        # What is a number somewhere, and none that a table or a calendar has.
        yield f"/{PLACES.sub('9' * 30, plain)}"
        yield f"/{PLACES.sub('0', plain)}"


@pytest.mark.parametrize("who", ["stranger", "administrator"])
def test_no_page_takes_the_address_it_was_asked_for_as_markup_or_breaks(stage: Stage, client: Client, who: str) -> None:
    """The page of an address with nothing behind it repeated it in the head as it came."""
    if who != "stranger":
        client.force_login(stage.people[who])
    assert [one for one in dict.fromkeys(odd_addresses()) if is_markup(asked(client, one))] == []


@pytest.mark.parametrize("who", ["stranger", "administrator"])
def test_no_page_takes_a_question_as_markup_or_breaks(stage: Stage, client: Client, who: str) -> None:
    if who != "stranger":
        client.force_login(stage.people[who])
    here = stage.things["public"]["page"]
    some = [here.address(name).split("?")[0] for name in addresses()]
    assert [one for one in some for question in everything_asked() if is_markup(asked(client, one + question))] == []
