"""The whole plan as a book: what a reader, a screen reader and an archive want of it."""

from typing import Any

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from pytest_django import DjangoDbBlocker

from aumenta.activity.public_revision import touch
from aumenta.core.process_cache import forget_everything
from aumenta.governance.models import Act
from aumenta.plan.models import Action, Chapter, Edition, Example, Involvement
from aumenta.printing.book import book_of
from aumenta.printing.rich_blocks import blocks_of
from tests.cast import a_plan, standing
from tests.governance_cast import a_body

pytestmark = pytest.mark.django_db
LABEL, LARGE, HIDDEN = "2021-2023", "2031-2033", "2041-2043"
ADDRESS = f"/it/{LABEL}/piano.pdf"


@pytest.fixture(scope="module", autouse=True)
def _cast(django_db_setup: None, django_db_blocker: DjangoDbBlocker):
    def build() -> None:
        edition = a_plan(strategies=6, actions=18)
        a_plan(label=LARGE, strategies=6, actions=180)
        a_plan(label=HIDDEN, axes=1, strategies=1, actions=1, state="preparation")
        Chapter.objects.create(
            edition=edition, position=1, title_it="Prefazione", text_it="<p>Un <em>testo</em> che apre il libro.</p>"
        )

    with standing(django_db_blocker, build):
        yield


def pages_of(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_range() for page in document]


def test_every_sheet_is_in_the_book_and_among_its_bookmarks(client: Client) -> None:
    response = client.get(ADDRESS)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    text = " ".join(" ".join(pages_of(response.content)).split())
    marks = [mark.get_title() for mark in pypdfium2.PdfDocument(response.content).get_toc()]
    for action in Action.objects.of(Edition.objects.get(label=LABEL)):
        assert any(mark.startswith(f"{action.code} ") for mark in marks), action.code
        assert f"/it/{LABEL}/azioni/{action.code}/" in text.replace(" ", "").replace("\ufffe", "")
    assert "Un testo che apre il libro." in text
    assert "Indice: Attori" in marks


def test_the_same_state_is_the_same_bytes_and_another_one_is_another(client: Client) -> None:
    first = client.get(ADDRESS).content
    forget_everything()
    assert client.get(ADDRESS).content == first
    Action.objects.of(Edition.objects.get(label=LABEL)).filter(number=1).update(title_it="Un altro titolo")
    touch()
    assert client.get(ADDRESS).content != first


def test_who_reads_english_gets_an_english_book(client: Client) -> None:
    assert "Contents" in " ".join(pages_of(client.get(f"/en/{LABEL}/piano.pdf").content))


@pytest.mark.parametrize("label", [HIDDEN, "1999-2001"])
def test_of_an_edition_that_is_not_public_there_is_no_book(client: Client, label: str) -> None:
    assert client.get(f"/it/{label}/piano.pdf").status_code == 404


@pytest.mark.parametrize(
    "hostile", ["\u0007 campana", "🚲 bicicletta", "שלום", "a" * 3_000, '#import "x" $ * _ ` @ <sheet>', "\\\\"]
)
def test_whatever_is_written_in_a_sheet_is_printed_and_never_a_command(client: Client, hostile: str) -> None:
    actions = Action.objects.of(Edition.objects.get(label=LABEL))
    action = actions.first()
    Action.objects.filter(pk=action.pk).update(title_it=hostile[:500], description_it=f"<p>{hostile}</p>")
    Example.objects.filter(action=action).delete()
    Example.objects.create(action=action, position=1, text_it=hostile)
    assert client.get(ADDRESS).status_code == 200


def test_a_plan_ten_times_as_large_asks_the_database_no_more() -> None:
    counts = []
    for label in (LABEL, LARGE):
        edition = Edition.objects.select_related("plan").get(label=label)
        with translation.override("it"), CaptureQueriesContext(connection) as queries:
            book_of(edition)
        counts.append(len(queries))
    # The larger one has an edition before it, with which it is compared in three.
    assert counts[0] >= counts[1] - 3, counts
    assert max(counts) <= 25, counts


@pytest.mark.parametrize(
    ("markup", "kinds"),
    [
        ("<p>Uno <strong>due</strong></p><ul><li>tre</li></ul>", ["text", "item"]),
        ("<h3>Titolo</h3><ol><li>a</li><li>b</li></ol>", ["heading", "item", "item"]),
        ("Parole senza marcatori", ["text"]),
        ("<p> </p>", []),
        ("", []),
    ],
)
def test_rich_text_becomes_blocks_and_loses_no_word(markup: str, kinds: list[str]) -> None:
    blocks: list[dict[str, Any]] = blocks_of(markup)
    assert [block["kind"] for block in blocks] == kinds


def test_marks_links_and_numbers_of_rich_text_are_kept() -> None:
    first, *items = blocks_of(
        '<p>Un <strong><em>forte</em></strong> <a href="https://x.it">nodo</a></p><ol><li>a</li><li>b</li></ol>'
    )
    assert [(run["text"], run["marks"], run["address"]) for run in first["runs"] if run["text"].strip()] == [
        ("Un ", [], ""),
        ("forte", ["bold", "italic"], ""),
        ("nodo", [], "https://x.it"),
    ]
    assert [one["number"] for one in items] == [1, 2]


def codes_in(content: bytes) -> set[str]:
    """The sheets of a book, by its bookmarks."""
    marks = [mark.get_title().split()[0] for mark in pypdfium2.PdfDocument(content).get_toc()]
    return {one for one in marks if one.count(".") == 2}


@pytest.mark.parametrize("asked", ["asse=2", "strategia=2.1", "asse=2&strategia=2.1"])
def test_a_part_of_the_book_has_its_sheets_and_no_others(client: Client, asked: str) -> None:
    name, _equals, value = asked.rpartition("&")[2].partition("=")
    wanted = {one.code for one in Action.objects.of(Edition.objects.get(label=LABEL))}
    response = client.get(f"{ADDRESS}?{asked}")
    assert response.status_code == 200
    assert codes_in(response.content) == {one for one in wanted if one.startswith(f"{value}.")}
    assert f"-{name}-" in response["Content-Disposition"]
    assert client.get(f"{ADDRESS}?{asked}").content == response.content


def test_the_sheets_of_an_actor_are_a_part_too(client: Client) -> None:
    actor = Involvement.objects.filter(action__strategy__axis__edition__label=LABEL).first().actor
    theirs = Action.objects.of(Edition.objects.get(label=LABEL)).filter(involvements__actor=actor)
    content = client.get(f"{ADDRESS}?attore={actor.slug}").content
    assert codes_in(content) == {one.code for one in theirs}
    assert actor.name_it in " ".join(pages_of(content)[0].split())


def test_a_part_without_sheets_says_so(client: Client) -> None:
    Action.objects.of(Edition.objects.get(label=LABEL)).filter(strategy__axis__number=2).delete()
    touch()
    response = client.get(f"{ADDRESS}?asse=2")
    assert response.status_code == 200
    assert "non c’è nessuna scheda" in " ".join(" ".join(pages_of(response.content)).split())


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("pippo=1", "«pippo» non è una parte del libro"),
        ("asse=1&asse=2", "una volta ciascuno"),
        ("asse=99", "niente che si chiami «99»"),
        ("asse=-1", "niente che si chiami «-1»"),
        ("asse=" + "9" * 300, "niente che si chiami"),
        ("strategia=x", "niente che si chiami «x»"),
        ("attore=nessuno", "niente che si chiami «nessuno»"),
        ("comune=000000", "niente che si chiami «000000»"),
        ("zona=", "niente che si chiami «»"),
    ],
)
def test_a_part_that_is_none_is_refused_with_what_can_be_asked(client: Client, asked: str, says: str) -> None:
    response = client.get(f"{ADDRESS}?{asked}")
    assert response.status_code == 400
    assert says in response.content.decode()


def test_every_sheet_has_the_code_that_leads_to_its_page(client: Client) -> None:
    with translation.override("it"):
        data = book_of(Edition.objects.select_related("plan").get(label=LABEL))
    sheets = [sheet for axis in data["axes"] for strategy in axis["strategies"] for sheet in strategy["sheets"]]
    assert len({sheet["qr"] for sheet in sheets}) == len(sheets) == 18
    page = pypdfium2.PdfDocument(client.get(f"{ADDRESS}?strategia=1.1").content)
    assert page.get_page_size(0)


def test_the_book_says_how_the_plan_was_adopted_and_what_changed(client: Client) -> None:
    before = a_plan(label="2018-2020", axes=1, strategies=1, actions=2)
    edition = Edition.objects.get(label=LABEL)
    facts = {"kind": Act.Kind.PLAN, "state": Act.State.RECORDED, "vote_words": "favorevoli 12", "number": "7"}
    Act.objects.create(slug="atto-7", body=a_body(), edition=edition, object_it="Adozione", year=2021, **facts)
    touch()
    text = " ".join(" ".join(pages_of(client.get(ADDRESS).content)).split())
    assert "Come è stato adottato il piano" in text
    assert "favorevoli 12" in text
    assert f"Che cosa è cambiato dal {before.label}" in text
    assert "Azioni nuove" in text
    assert "Come è stato adottato" not in " ".join(pages_of(client.get(f"{ADDRESS}?asse=1").content))
