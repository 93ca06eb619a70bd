"""The territory's addresses before anything is loaded."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["it", "en"])
def test_before_a_territory_is_loaded_the_page_says_how_to_begin(client: Client, language: str) -> None:
    response = client.get(f"/{language}/territorio/")
    assert response.status_code == 200
    assert "load-territory" in response.content.decode()


@pytest.mark.parametrize("page", ["mappa/", "zone/", "zone/5/", "comuni/", "comuni/001272/", "confronto/", "azioni/"])
def test_the_other_pages_are_not_found(client: Client, page: str) -> None:
    assert client.get(f"/it/territorio/{page}").status_code == 404


def test_there_is_no_file(client: Client) -> None:
    assert client.get("/dati/luoghi.csv").status_code == 404
