"""A link to a page shows a picture of its title, in its language, and nobody can have us draw words of their own."""

import io
import re

import pytest
from PIL import Image

from aumenta.ui.preview_pictures import SIZE, preview_of, preview_token
from tests.cast import a_small_plan

pytestmark = pytest.mark.django_db


def picture_of(client, address: str) -> str:
    return re.search(r'property="og:image" content="[^"]*?(/\w\w/figure/[^"]+)"', client.get(address).content.decode())[
        1
    ]


def test_each_page_has_a_picture_of_its_own_in_each_language(client) -> None:
    a_small_plan()
    pages = [f"/{language}/{path}" for language in ("it", "en") for path in ("", "2021-2023/azioni/1.1.1/", "eventi/")]
    pictures = [picture_of(client, page) for page in pages]
    assert len(set(pictures)) == len(pages)
    for address in pictures:
        answer = client.get(address)
        assert answer.headers["Content-Type"] == "image/png"
        assert "immutable" in answer.headers["Cache-Control"]
        assert Image.open(io.BytesIO(answer.content)).size == SIZE


def test_the_same_words_make_the_same_address_and_other_words_another_picture() -> None:
    assert preview_token("Uno", "Piano") == preview_token("Uno", "Piano")
    assert preview_of(preview_token("Uno", "Piano")) != preview_of(preview_token("Due", "Piano"))


@pytest.mark.parametrize("title", ["x" * 3000, "parola " * 400, "", "\u202eniap", "🏔️ montagna", "a\x00b"])
def test_odd_titles_are_drawn_too(title: str) -> None:
    assert preview_of(preview_token(title, title)) is not None


@pytest.mark.parametrize("token", ["x", "a:b", "." * 2000, "WyJVbm8iXQ:abc"])
def test_words_that_we_did_not_sign_are_drawn_for_nobody(client, token: str) -> None:
    assert client.get(f"/it/figure/{token}.png").status_code == 404
