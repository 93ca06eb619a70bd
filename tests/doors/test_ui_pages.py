"""Pages of no door: accessibility, and what is shown when something is wrong."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.cast import a_person, a_plan

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "words"), [("it", "Accessibilità"), ("en", "Accessibility")])
def test_everybody_reads_the_page_on_accessibility(client, language, words):
    a_plan(actions=6, strategies=6)
    colleague, owner = Client(), Client()
    colleague.force_login(a_person("colleague@esempio.it"))
    owner.force_login(a_person("owner@esempio.it", is_staff=True, is_superuser=True))
    for chair in (client, colleague, owner):
        response = chair.get(f"/{language}/accessibilita/")
        assert response.status_code == 200
        assert f"<h1>{words}</h1>" in response.content.decode()


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_foot_of_every_page_leads_to_the_page_on_accessibility(client, language):
    assert f'href="/{language}/accessibilita/"' in client.get(f"/{language}/").content.decode()


@pytest.mark.parametrize(("language", "words"), [("it", "Pagina non trovata"), ("en", "Page not found")])
def test_an_address_with_nothing_says_so_in_the_readers_language(client, language, words):
    response = client.get(f"/{language}/questa-pagina-non-esiste/")
    assert response.status_code == 404
    assert f"<h1>{words}</h1>" in response.content.decode()


def test_a_refused_form_says_that_nothing_was_sent():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/it/accesso/login/", {"login": "x", "password": "y"})
    assert response.status_code == 403
    assert "Il modulo è scaduto" in response.content.decode()


def test_the_page_of_our_own_faults_needs_nothing_that_may_be_broken():
    text = render_to_string("500.html")
    assert "L’errore è nostro" in text
    assert "The fault is ours" in text
    assert "<link" not in text


def test_the_style_guide_is_not_served_to_the_public(client):
    with pytest.raises(NoReverseMatch):
        reverse("style_guide:style_guide")
    assert client.get("/it/guida-stile/").status_code == 404
