"""Texts of an edition outside its sheets, rows that a document labels itself, titles made from a text."""

import pytest
from django.test import Client
from django.urls import reverse

from aumenta.activity.models import ActivityEntry
from aumenta.plan.models import Action, Chapter, Edition, SheetRow
from aumenta.review.editions.chapters import chapter_mark
from aumenta.review.editions.open_edition import open_edition
from tests.cast import a_small_plan, somebody
from tests.markup import words

pytestmark = pytest.mark.django_db

NEW = {"kind": "vision", "title_it": "La visione", "text_it": "<p>Una metropoli <em>aperta</em>.</p><script>1</script>"}


@pytest.fixture
def edition() -> Edition:
    """A small public edition."""
    return a_small_plan()


@pytest.fixture
def office(client: Client) -> Client:
    """The browser of somebody who runs editions."""
    client.force_login(somebody("administrator"))
    return client


def titles(edition: Edition) -> list[str]:
    """The titles of an edition's texts in their order; their places are 1, 2, 3 …"""
    held = list(edition.chapters.order_by("position"))
    assert [one.position for one in held] == list(range(1, len(held) + 1))
    return [one.title_it for one in held]


def write(office: Client, edition: Edition, title: str, position: int, **more: str) -> None:
    """Write a new text at a place."""
    data = {**NEW, "title_it": title, "position": position, **more}
    office.post(reverse("desk:new_chapter", args=[edition.label]), data)


def form_of(chapter: Chapter, **changed: object) -> dict[str, object]:
    """What the form of a text sends."""
    names = ("kind", "position", "title_it", "title_en", "text_it", "text_en")
    return {**{name: getattr(chapter, name) for name in names}, "seen": chapter_mark(chapter), **changed}


def test_a_text_that_is_written_can_be_read_by_everybody_cleaned(office: Client, edition: Edition) -> None:
    write(office, edition, "La visione", 1, title_en="The vision")
    listed = words(Client().get(f"/it/{edition.label}/testi/").content.decode())
    assert "La visione" in listed
    assert "(visione)" in listed
    page = Client().get(f"/en/{edition.label}/testi/1/").content.decode()
    assert "The vision" in words(page)
    assert "<em>aperta</em>" in page
    assert 'lang="it"' in page
    assert "<script>1" not in page
    assert "La visione" in words(Client().get(f"/it/{edition.label}/").content.decode())
    assert ActivityEntry.objects.get(code="edition.chapter_written").subject == "La visione"


def test_a_text_is_among_what_publishing_lets_everybody_read(office: Client, edition: Edition) -> None:
    write(office, edition, "La visione", 1)
    page = words(office.get(reverse("desk:edition_preview", args=[edition.label])).content.decode())
    assert "La visione Una metropoli aperta ." in page


def test_texts_keep_an_order_without_gaps_wherever_they_are_put(office: Client, edition: Edition) -> None:
    for title, position in (("Uno", 1), ("Due", 99), ("Tre", 1)):
        write(office, edition, title, position)
    assert titles(edition) == ["Tre", "Uno", "Due"]
    last = edition.chapters.get(title_it="Due")
    office.post(reverse("desk:chapter", args=[edition.label, last.position]), form_of(last, position=2))
    assert titles(edition) == ["Tre", "Due", "Uno"]
    office.post(reverse("desk:chapter", args=[edition.label, 1]), {"verb": "drop", "sure": "1"})
    assert titles(edition) == ["Due", "Uno"]
    assert Client().get(f"/it/{edition.label}/testi/3/").status_code == 404


def test_a_text_somebody_else_changed_is_not_written_over_and_ones_own_stays_in_the_form(
    office: Client, edition: Edition
) -> None:
    write(office, edition, "Premessa", 1)
    chapter = edition.chapters.get()
    address = reverse("desk:chapter", args=[edition.label, 1])
    office.post(address, form_of(chapter, text_it="<p>Di un'altra persona</p>"))
    answer = office.post(address, form_of(chapter, text_it="<p>Il mio testo</p>"))
    assert answer.status_code == 409
    page = words(answer.content.decode())
    assert "è cambiato dopo che l’hai aperto" in page
    assert "Il mio testo" in page
    assert edition.chapters.get().text_it == "<p>Di un'altra persona</p>"


def test_a_frozen_edition_keeps_its_texts(office: Client, edition: Edition) -> None:
    write(office, edition, "Premessa", 1)
    Edition.objects.update(frozen_at="2026-01-01T00:00Z")
    answer = office.post(reverse("desk:new_chapter", args=[edition.label]), {**NEW, "position": 1})
    assert "è congelata" in words(answer.content.decode())
    office.post(reverse("desk:chapter", args=[edition.label, 1]), {"verb": "drop", "sure": "1"})
    assert titles(edition) == ["Premessa"]


def test_the_next_edition_goes_on_from_texts_rows_and_titles(edition: Edition) -> None:
    Chapter.objects.create(edition=edition, position=1, title_it="Premessa", text_it="<p>Testo</p>")
    action = Action.objects.of(edition)[0]
    SheetRow.objects.create(action=action, position=1, label="Tempi", text_it="entro il 2030")
    Action.objects.filter(pk=action.pk).update(title_proposed=True)
    person = somebody("administrator")
    made = open_edition(person=person, source=edition, label="2041-2043", title_it="Un altro piano")
    assert [(one.title_it, one.text_it) for one in made.chapters.all()] == [("Premessa", "<p>Testo</p>")]
    (copy,) = Action.objects.of(made).filter(title_proposed=True)
    assert [(row.label, row.text_it) for row in copy.rows.all()] == [("Tempi", "entro il 2030")]


def test_rows_a_document_labels_itself_are_shown_in_its_words(edition: Edition) -> None:
    action = Action.objects.of(edition)[0]
    SheetRow.objects.create(action=action, position=1, label="Tempi", text_it="entro il <2030>")
    page = words(Client().get(f"/it/{edition.label}/azioni/{action.code}/").content.decode())
    assert "Tempi entro il <2030>" in page


def test_titles_are_confirmed_one_by_one_and_only_as_they_were_seen(client: Client, edition: Edition) -> None:
    first, second, third = Action.objects.of(edition)[:3]
    Action.objects.filter(pk__in=[first.pk, second.pk, third.pk]).update(title_proposed=True)
    client.force_login(somebody("approver"))
    address = reverse("desk:proposed_titles", args=[edition.label])
    assert first.title_it in words(client.get(address).content.decode())
    data = {
        "code": [first.code, second.code],
        f"title-{first.code}": first.title_it,
        f"title-{second.code}": "Un titolo che non è più quello",
    }
    page = words(client.post(address, data, follow=True).content.decode())
    assert "1 titolo è confermato" in page
    assert "nel frattempo sono cambiati" in page
    waiting = Action.objects.filter(title_proposed=True)
    assert {action.pk for action in waiting} == {second.pk, third.pk}
