"""From a strategy to a theme of the tables, from a theme to every single thing that was said, and back."""

import pytest
from django.test import Client
from django.utils import timezone

from aumenta.events.models import Event
from aumenta.results.publish_results import publish_results
from aumenta.results.take_snapshot import take_snapshot
from aumenta.themes.models import Theme
from tests.cast import a_small_plan, somebody
from tests.events_cast import an_event
from tests.markup import words
from tests.themes_cast import a_theme_said, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme() -> Theme:
    """Two things said under a theme, one of them not for everybody; something else said beside it; all published."""
    event = an_event()
    a_small_plan()
    made = a_theme_said(event, texts=["Le strade sono strette", "Mancano i guardrail"])
    made.sources.create(observation=say(event, ["Il sindaco lo sa"], private=True)[0])
    say(event, ["I nidi chiudono presto"])
    Event.objects.update(published_at=timezone.now())
    office = somebody("administrator")
    publish_results(person=office, snapshot=take_snapshot(person=office, event=event))
    return made


def address(theme: Theme) -> str:
    return f"/it/eventi/{theme.event.slug}/esiti/temi/{theme.pk}/"


def test_the_results_lead_to_each_theme_and_the_theme_says_every_statement_and_where(
    client: Client, theme: Theme
) -> None:
    assert f'href="{address(theme)}"' in client.get(f"/it/eventi/{theme.event.slug}/esiti/").content.decode()
    page = client.get(address(theme)).content.decode()
    said = words(page)
    assert "Che cosa è stato detto 2" in said
    assert "«Le strade sono strette»" in said
    assert "«Mancano i guardrail»" in said
    assert "I nidi chiudono presto" not in said, "that is of no theme"
    assert 'href="/it/territorio/zone/1/"' in page


def test_what_was_said_for_the_office_only_is_counted_and_not_told(client: Client, theme: Theme) -> None:
    said = words(client.get(address(theme)).content.decode())
    assert "Il sindaco lo sa" not in said
    assert "Un’altra cosa è stata detta solo per l’ufficio." in said


def test_english_readers_read_the_page_in_english_and_the_words_as_they_were_said(client: Client, theme: Theme) -> None:
    page = client.get(address(theme).replace("/it/", "/en/", 1)).content.decode()
    assert "Theme of the tables" in page
    assert '<span lang="it">“Le strade sono strette”</span>' in page


def test_a_theme_that_was_not_published_is_nobodys(client: Client, theme: Theme) -> None:
    later = a_theme_said(theme.event, name="Nuovo", texts=["Detto dopo"])
    assert client.get(address(later)).status_code == 404
    assert client.get(f"/it/eventi/{theme.event.slug}/esiti/temi/999999/").status_code == 404
    Event.objects.update(results_published_at=None, published_at=None)
    assert client.get(address(theme)).status_code == 404


def test_a_theme_is_in_the_sitemap(client: Client, theme: Theme) -> None:
    assert address(theme) in client.get("/sitemap.xml").content.decode()
