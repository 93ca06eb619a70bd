"""What an address, a question or a text says is shown as words: it never becomes an element of a page or a feed."""

from urllib.parse import quote

import pytest
from django.test import Client

from tests.cast import a_small_plan, somebody
from tests.markup_asked import EVIL, asked, everything_asked, is_markup
from tests.pages_with_forms import addresses, public_things

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/it/{}/", "/en/{}", "/it/contatti/ricevuto/{}/", "/it/2021-2023/azioni/{}/"])
def test_an_address_with_nothing_behind_it_becomes_no_part_of_the_page_that_says_so(
    client: Client, address: str
) -> None:
    """It stood in the head as it came: `"><meta http-equiv=refresh …>` led elsewhere."""
    a_small_plan()
    assert b"<x-evil" not in client.get(address.format(quote(EVIL, safe=""))).content


def test_no_page_of_the_desk_takes_a_question_as_markup_or_breaks(client: Client) -> None:
    things = public_things()
    client.force_login(somebody("administrator", email="capo@esempio.it"))
    some = list(addresses(things))
    assert [one for one in some for question in everything_asked() if is_markup(asked(client, one + question))] == []
