"""Loading an edition at the desk: what was read beside its source, then an edition in preparation, or nothing."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

import aumenta
from aumenta.activity.models import ActivityEntry
from aumenta.plan.models import Action, Axis, Edition, Strategy
from aumenta.review.models import Version
from tests.cast import a_small_plan, somebody
from tests.core.axis_pages import adopted_page, adopted_text, invented_axes
from tests.core.plan_printing import Printer, invented_plan
from tests.markup import words

pytestmark = pytest.mark.django_db

LOAD = "desk:load_edition"
READ = "desk:read_edition"


@pytest.fixture
def office(client: Client) -> Client:
    """The browser of somebody of the office who runs editions."""
    client.force_login(somebody("administrator"))
    return client


def six_pages() -> list[SimpleUploadedFile]:
    """An invented plan as its authority's six saved pages, the last one first."""
    pages = [SimpleUploadedFile(f"asse-{a.number}.html", adopted_page(a).encode()) for a in invented_axes()]
    return pages[::-1]


def sent(client: Client, **data: object) -> str:
    """What the page says after the document was sent."""
    return words(client.post(reverse(LOAD), data, follow=True).content.decode())


def shown(client: Client) -> dict[str, str]:
    """What the form of what was read carries: the mark of what it shows."""
    marks = set(re.findall(r'name="read" value="([0-9a-f]+)"', client.get(reverse(READ)).content.decode()))
    return {"read": marks.pop()} if marks else {}


def rows_written() -> int:
    """How many rows of the plan there are."""
    return sum(model._default_manager.count() for model in (Edition, Axis, Strategy, Action, Version))


def test_six_saved_pages_become_an_edition_in_preparation(office: Client) -> None:
    page = sent(office, files=six_pages())
    assert "6 assi, 25 strategie, 113 azioni" in page
    assert "Non è ancora stato scritto nulla" in page
    assert rows_written() == 0
    answer = office.post(
        reverse(READ), {**shown(office), "label": "2031-2033", "title_it": "Un piano inventato"}, follow=True
    )
    assert answer.redirect_chain[-1][0] == reverse("desk:edition", args=["2031-2033"])
    assert "È in preparazione" in words(answer.content.decode())
    edition = Edition.objects.get()
    assert (edition.label, edition.title_it, edition.is_public) == ("2031-2033", "Un piano inventato", False)
    want = {one.code: one.text for axis in invented_axes() for strategy in axis.strategies for one in strategy.actions}
    assert {action.code for action in Action.objects.of(edition)} == set(want)
    assert Version.objects.filter(edition=edition, origin=Version.Origin.IMPORTED).count() == 113
    assert ActivityEntry.objects.get(code="edition.imported").within == "2031-2033"
    assert office.get(reverse(READ)).status_code == 302, "what is written waits no more"
    assert Client().get("/it/2031-2033/").status_code == 404


def test_what_was_read_stands_beside_the_lines_it_was_read_from(office: Client) -> None:
    text = Printer().print(invented_plan())
    sent(office, text=text)
    sheet = invented_plan().actions[0]
    page = words(office.get(reverse(READ), {"parte": sheet.strategy}).content.decode())
    source, as_read = page.split("Nel documento", 1)[1].split("Come è stato letto", 1)
    assert sheet.actors[0] in source
    assert sheet.actors[0] in as_read
    assert "Descrizione" in as_read


def test_a_problem_is_told_with_its_file_its_line_and_the_lines_around_it(office: Client) -> None:
    text = Printer().print(invented_plan())
    lines = text.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("attori "))
    lines[at] = f"Una riga capitata qui: {lines[at]}"
    files = [
        SimpleUploadedFile("b.txt", "\n".join(lines).encode()),
        SimpleUploadedFile("a.txt", b"Premessa del piano\n"),
    ]
    page = sent(office, files=files)
    assert "b.txt, riga" in page or "a.txt, riga" in page
    assert "cose da controllare" in page or "Una cosa da controllare" in page
    assert "Le righe intorno" in page


def test_what_stands_outside_the_sheets_is_told_with_the_lines_of_its_own_file(office: Client) -> None:
    page = sent(
        office,
        files=[
            SimpleUploadedFile(f"{n}.txt", adopted_text(a).encode() + b"Contatti\nVia tale 1\n")
            for n, a in enumerate(invented_axes(), 1)
        ],
    )
    lines = [len(adopted_text(axis).splitlines()) for axis in invented_axes()]
    for number, line in enumerate(lines, 1):
        assert f"{number}.txt, riga {line + 1} : fuori dalle schede: {line + 1}–{line + 2}: Contatti Via tale 1" in page


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("scansione.pdf", b"%PDF-1.4 tagliato", "che non si apre"),
        ("foto.png", b"\x89PNG\r\n" + bytes(300), "non è né un testo né un PDF"),
        ("vuoto.txt", b"", "è vuoto"),
        ("verbale.txt", b"Verbale della riunione\n", "non ci sono né schede di azione"),
        ("altro.json", b'{"format": "x"}', "il suo formato è x"),
        ("profondo.json", b'{"a":' * 100_000, "comincia come un JSON"),
        ("pagina.html", b"<html><body>" + b"<div>" * 50_000, "è una pagina web danneggiata"),
    ],
)
def test_what_is_no_plan_is_told_with_its_name_and_leaves_nothing(
    office: Client, name: str, content: bytes, says: str
) -> None:
    page = sent(office, files=[SimpleUploadedFile(name, content)])
    assert says in page
    assert name in page
    assert office.get(reverse(READ)).status_code == 302
    assert rows_written() == 0


def test_nothing_and_too_much_are_told(office: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Scegli prima un file" in sent(office)
    many = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(31)]
    assert "I file sono più di 30" in sent(office, files=many)
    monkeypatch.setattr("aumenta.desk.editions.views_load.MOST_BYTES", 2_000_000)
    assert "2 MB" in sent(office, files=[SimpleUploadedFile("a.txt", b"x" * 2_000_001)])


def test_a_layout_with_a_mistake_is_told_and_a_good_one_is_used(office: Client) -> None:
    broken = SimpleUploadedFile("mia.toml", b"[heads]\naxis = '('")
    assert "mia.toml" in sent(office, text="Obiettivo 1", layout=broken)
    layout = (
        "[heads]\nstrategy = 'Obiettivo (?P<code>\\d)'\naction = 'Misura (?P<code>\\d\\.\\d)'\n[codes]\nlevels = 2\n"
    )
    assert "mia.toml" in sent(office, text="x", layout=SimpleUploadedFile("mia.toml", layout.encode("utf-16")))


def test_what_was_read_can_be_left(office: Client) -> None:
    sent(office, files=six_pages())
    office.post(reverse(READ), {**shown(office), "verb": "leave"})
    assert office.get(reverse(READ)).status_code == 302
    assert rows_written() == 0


def test_years_that_are_none_are_told_and_what_was_typed_stays(office: Client) -> None:
    sent(office, files=six_pages())
    answer = office.post(reverse(READ), {**shown(office), "label": "2033", "title_it": "Un piano"})
    page = answer.content.decode()
    assert "«2033» non è un’edizione" in page.replace("&#x27;", "'")
    assert 'value="Un piano"' in page
    assert rows_written() == 0


def test_years_with_spaces_and_a_dash_are_years_and_impossible_ones_are_told(office: Client) -> None:
    sent(office, files=six_pages())
    office.post(reverse(READ), {**shown(office), "label": "1999-9999", "title_it": "Un piano"})
    assert rows_written() == 0
    answer = office.post(reverse(READ), {**shown(office), "label": " 2034 – 2036 ", "title_it": "Un piano"})
    assert answer.status_code == 302
    assert Edition.objects.get().label == "2034-2036"


def test_no_page_of_the_desk_names_a_file_of_the_projects_own(office: Client) -> None:
    answer = office.post(reverse(LOAD), {"text": "Niente di tutto questo è un piano."})
    page = answer.content.decode()
    assert "docs/how-to" not in page
    assert "<details open>" in page


def test_public_sheets_are_not_written_over(office: Client) -> None:
    edition = a_small_plan()
    before = list(Action.objects.of(edition).order_by("pk").values())
    sent(office, files=six_pages())
    answer = office.post(reverse(READ), {**shown(office), "label": edition.label, "title_it": "x", "public_too": "on"})
    assert "si cambiano con le proposte" in words(answer.content.decode())
    assert list(Action.objects.of(edition).order_by("pk").values()) == before


def test_a_public_proposal_without_sheets_gives_way_only_to_who_says_so(office: Client) -> None:
    proposal = a_small_plan()
    Action.objects.of(proposal).delete()
    Strategy.objects.of(proposal).delete()
    Edition.objects.update(standing=Edition.Standing.PROPOSAL)
    sent(office, files=six_pages())
    data = {"label": proposal.label, "title_it": "x"}
    assert "lo leggono subito tutti" in words(office.post(reverse(READ), {**shown(office), **data}).content.decode())
    assert not Action.objects.exists()
    office.post(reverse(READ), {**shown(office), **data, "public_too": "on"})
    proposal.refresh_from_db()
    assert Action.objects.of(proposal).count() == 113
    assert proposal.standing == ""


def test_the_json_of_the_command_is_read_too_and_has_no_lines(office: Client) -> None:
    page = sent(office, text=json.dumps(invented_plan().to_data()))
    assert "3 strategie, 4 azioni" in page
    code = invented_plan().actions[0].strategy
    assert "non ha righe" in words(office.get(reverse(READ), {"parte": code}).content.decode())


@pytest.mark.parametrize("query", [{"parte": "9.9"}, {"righe": "x", "problemi": "-3"}, {"parte": "testo-99"}])
def test_a_part_that_is_not_there_shows_the_whole(office: Client, query: dict[str, str]) -> None:
    sent(office, files=six_pages())
    answer = office.get(reverse(READ), query)
    assert answer.status_code == 200
    assert "Assi e strategie come sono stati letti" in words(answer.content.decode())


def test_no_query_grows_with_the_plan(office: Client, django_assert_max_num_queries: Callable[..., object]) -> None:
    sent(office, files=six_pages())
    for part in ("", "1.1"):
        with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
            office.get(reverse(READ), {"parte": part})


def test_no_refusal_and_no_page_sends_whoever_reads_it_to_a_file_of_the_projects_own() -> None:
    package = Path(aumenta.__file__).parent
    pages = [*package.glob("*/refusals.py"), *package.glob("*/templates/**/*.html")]
    assert len(pages) > 300
    assert not [page.name for page in pages if re.search(r"docs/[\w/-]+\.md", page.read_text(encoding="utf-8"))]


def test_what_was_read_in_another_window_since_is_not_written_in_its_place(office: Client) -> None:
    sent(office, text=Printer().print(invented_plan()))
    first = shown(office)
    sent(office, files=six_pages())
    typed = {"label": "2031-2033", "title_it": "Il piano della prima finestra"}
    for data in ({**first, **typed}, typed, {**first, "verb": "leave"}):
        answer = office.post(reverse(READ), data)
        page = words(answer.content.decode())
        assert answer.status_code == 409
        assert "in un’altra finestra" in page
        assert "6 assi, 25 strategie, 113 azioni" in page
        assert "prima finestra" not in page
        assert rows_written() == 0
    office.post(reverse(READ), {**shown(office), **typed})
    assert Action.objects.count() == 113
    late = office.post(reverse(READ), {**first, **typed, "label": "2034-2036"}, follow=True)
    assert "non aspetta più" in words(late.content.decode())
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("public", [True, False])
def test_what_the_edition_has_and_the_document_has_not_is_told_with_the_way_to_take_it_out(
    office: Client, public: bool
) -> None:
    held = a_small_plan(state="public" if public else "preparation")
    axis = held.axes.order_by("number").first()
    assert axis is not None
    Action.objects.of(held).delete()
    Strategy.objects.of(held).delete()
    Strategy.objects.create(axis=axis, number=98, title_it="Una strategia che il documento non ha")
    kept = Axis.objects.create(edition=held, number=97, title_it="Un asse che il documento non ha")
    Strategy.objects.create(axis=kept, number=1, title_it="Una sua strategia")
    sent(office, files=six_pages())
    data = {**shown(office), "label": held.label, "title_it": "Il titolo chiesto"} | (
        {"public_too": "on"} if public else {}
    )
    page = words(office.post(reverse(READ), data, follow=True).content.decode())
    assert f"{axis.number}.98, 97" in page
    assert "Struttura: assi, strategie, azioni" in page
    assert Strategy.objects.of(held).filter(number=98).exists()
    # The title that was asked for is the edition's now, and what it was is told.
    before = held.title_it
    held.refresh_from_db()
    assert held.title_it == "Il titolo chiesto"
    assert f"era «{before}»" in page


def test_an_action_of_an_edition_in_preparation_that_the_document_has_not_is_told(office: Client) -> None:
    typed = {"label": "2031-2033", "title_it": "Un piano inventato"}
    sent(office, files=six_pages())
    office.post(reverse(READ), {**shown(office), **typed})
    strategy = Strategy.objects.order_by("axis__number", "number").first()
    assert strategy is not None
    Action.objects.create(strategy=strategy, number=99, title_it="Un’azione in più")
    sent(office, files=six_pages())
    page = words(office.post(reverse(READ), {**shown(office), **typed}, follow=True).content.decode())
    assert f"restano: {strategy.code}.99." in page
    assert "era «" not in page
