"""What came with a contribution is read by the office without opening it, and by nobody else."""

import pytest
from django.urls import reverse

from aumenta.voices.contributions.attachments import SentFile
from tests.attachments_made import a_docx
from tests.cast import a_small_plan, somebody
from tests.voices_cast import a_consultation, a_photo, received

pytestmark = pytest.mark.django_db


@pytest.fixture
def contribution():
    files = [SentFile("casa <b>.jpg", a_photo()), SentFile("nota.docx", a_docx())]
    return received(a_consultation(a_small_plan()), files=files).contribution


def test_the_office_reads_words_and_sees_pictures_and_others_do_not(client, contribution):
    office = somebody("editor")
    addresses = [reverse("desk:attachment", args=[contribution.pk, n]) for n in (1, 2)]
    addresses.append(reverse("desk:attachment_picture", args=[contribution.pk, 1]))
    for address in addresses:
        assert client.get(address).status_code == 302, "a stranger signs in first"
    for role in ("referent", "facilitator", "reader"):
        client.force_login(somebody(role))
        assert {client.get(address).status_code for address in addresses} == {403}
    client.force_login(office)
    picture, words, image = (client.get(address) for address in addresses)
    assert "casa _b_.jpg" in picture.content.decode()
    assert "<img" in picture.content.decode()
    assert words.status_code == 200
    assert image.headers["Content-Type"] == "image/jpeg"
    assert "sandbox" in image.headers["Content-Security-Policy"]
    assert image.headers["X-Content-Type-Options"] == "nosniff"


def test_what_is_not_there_is_not_found(client, contribution):
    client.force_login(somebody("editor"))
    for number, position in ((contribution.pk, 3), (contribution.pk, 10**12), (10**9, 1)):
        assert client.get(reverse("desk:attachment", args=[number, position])).status_code == 404
    assert client.get(reverse("desk:attachment_picture", args=[contribution.pk, 2])).status_code == 404
