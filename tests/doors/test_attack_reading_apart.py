"""What somebody sends is opened in a process of its own: whatever it does to its reader, everybody else goes on."""

import ast
import json
import re
import time
import zipfile
import zlib
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from aumenta.core import apart
from aumenta.core.apart import ApartError
from aumenta.core.documents import DocumentError, DocumentFault, limited, read_document
from aumenta.core.documents.limited import document_read_apart, kind_looked_at_apart
from aumenta.core.extraction import ExtractionError
from aumenta.core.extraction import apart as plan_apart
from aumenta.core.extraction.apart import contents_read_apart
from aumenta.core.readings import LIMITS, read_readings, readings_read_apart
from aumenta.core.readings import apart as readings_apart
from aumenta.core.tables import Finding, Format, SheetToWrite, TableError, read_table, table_read_apart, write_table
from aumenta.core.tables import apart as tables_apart
from aumenta.core.tables.apart import is_short_text
from aumenta.core.tables.table import LIMITS as TABLE_LIMITS
from aumenta.core.tables.writing import Value
from aumenta.governance.coherence import keep
from aumenta.governance.road import annexes
from aumenta.monitoring import take_readings
from aumenta.monitoring.actions import objectives
from aumenta.monitoring.models import SourceFile
from aumenta.monitoring.projects import take_projects
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Edition
from aumenta.voices.contributions.attachments import SentFile
from aumenta.voices.models import SentTranscript
from aumenta.voices.talks import transcripts
from aumenta.voices.talks.keep_talks import record_talk
from tests.cast import a_small_plan, somebody
from tests.documents_made import docx, odt, others_being_read
from tests.governance_cast import an_act, an_instrument
from tests.voices_cast import a_consultation, received

SOURCE = Path(__file__).resolve().parents[2] / "src" / "aumenta"
SERVES = (
    *("desk", "site", "live", "console", "opendata", "printing"),
    *("voices", "governance", "pages", "monitoring", "review", "surveys", "themes", "results", "events"),
)
OPENS = {"read_document", "document_text", "read_contents", "read_plan", "kind_of_document", "layout_from_text"} | {
    "read_table",
    "read_readings",
}
CUBE = {"dimension": {f"d{n}": {"category": {"index": ["x"]}} for n in range(500)}, "value": [1]}
OUR_OWN = {"pages/keep_media.py", "pages/document_types.py"}
"""They have a function of this name that looks at the file apart."""
TALK: dict[str, Any] = {"kind": "interview", "title": "Colloquio", "held_on": date(2026, 1, 9)}


def test_nothing_that_serves_opens_a_document_itself() -> None:
    """The readers of the core are called in `limited.py` and `apart.py` alone, and by the analysts' commands."""
    found = []
    for door in SERVES:
        for path in (SOURCE / door).rglob("*.py"):
            name = path.relative_to(SOURCE).as_posix()
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("aumenta.core"):
                    opened = OPENS & {one.name for one in node.names}
                    found += [f"{name}: {one}" for one in opened if name not in OUR_OWN]
    assert found == []


def a_row_of(cells: int) -> bytes:
    """A table whose one row has so many cells: of each kilobyte packed, a thousand."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    row = "<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>" * cells
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(
            "[Content_Types].xml", '<Types><Override ContentType="x.wordprocessingml.document.main+xml"/></Types>'
        )
        made.writestr(
            "word/document.xml", f"<w:document {space}><w:body><w:tbl><w:tr>{row}</w:tr></w:tbl></w:body></w:document>"
        )
    return file.getvalue()


def test_a_row_of_many_cells_takes_no_time() -> None:
    """Four kilobytes of it took four minutes, in which nobody else was answered."""
    assert len(a_row_of(40_000)) < 10_000
    before = time.thread_time()
    assert read_document(a_row_of(40_000)).text.count("\t") == 39_999
    assert time.thread_time() - before < 8


def test_what_is_read_apart_is_what_is_read_here() -> None:
    picture = "<w:p><w:r><w:t>Più treni</w:t></w:r><w:del><w:r><w:delText>Meno</w:delText></w:r></w:del></w:p>"
    for content in ("Perché no?".encode("cp1252"), docx(picture), odt("<text:p>Sì</text:p>"), b"{\\rtf1 ciao}"):
        assert document_read_apart(content) == read_document(content)
    for content in (b"", b"%PDF-1.7", b"\xd0\xcf\x11\xe0"):
        with pytest.raises(DocumentError) as apart_from_us:
            document_read_apart(content)
        with pytest.raises(DocumentError) as here:
            read_document(content)
        assert apart_from_us.value.fault == here.value.fault


def test_what_never_comes_to_its_end_is_taken_as_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "PATIENCE", 0.001)
    with pytest.raises(DocumentError) as fault:
        document_read_apart(b"Testo")
    assert fault.value.fault is DocumentFault.DAMAGED
    assert kind_looked_at_apart(a_row_of(2)) == "damaged"
    with pytest.raises(ExtractionError, match="too_laborious"):
        contents_read_apart([("piano.txt", b"Testo")])


def test_few_are_read_at_once_and_who_waited_in_vain_is_told_so() -> None:
    """Each may take a gigabyte: a hundred at once took the whole machine."""
    with others_being_read():
        with pytest.raises(DocumentError) as fault:
            document_read_apart(b"Testo")
        assert kind_looked_at_apart(a_row_of(2)) == "busy"
        with pytest.raises(ExtractionError, match="busy_reading"):
            contents_read_apart([("piano.txt", b"Testo")])
    assert fault.value.fault is DocumentFault.BUSY
    assert document_read_apart(b"Testo").text == "Testo", "the honest come in again"


def test_a_layout_that_never_ends_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its expressions run with the interpreter's lock held: in a thread, no other page of the process was answered."""
    monkeypatch.setattr(apart, "PATIENCE", 3)
    endless = '[structure]\naction = "(?P<code>(a+)+)$"\n'
    began = time.thread_time()
    with pytest.raises(ExtractionError) as fault:
        contents_read_apart([("piano.txt", b"a" * 5_000 + b"!")], layout=("schema.toml", endless))
    assert fault.value.code in {"too_laborious", "bad_layout"}
    assert time.thread_time() - began < 1


def test_a_plan_read_apart_is_the_plan_and_its_faults_keep_their_words() -> None:
    found = contents_read_apart([("piano.json", b'{"format": "aumenta-plan/1", "title": "Piano", "axes": []}')])
    assert found.document.title == "Piano"
    for content, code in ((b"", "empty_file"), (b"PK\x03\x04", "binary_file"), (b"%PDF-1.7 x", "damaged_pdf")):
        with pytest.raises(ExtractionError, match=code) as fault:
            contents_read_apart([("piano", content)])
        assert fault.value.params["path"] == "piano"


@pytest.mark.django_db
def test_the_office_opens_what_a_stranger_sent_and_is_not_held_up(
    client: Client, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    a_small_plan()
    kept = received(a_consultation(), files=[SentFile("lettera.docx", a_row_of(40_000))]).contribution
    client.force_login(somebody("editor"))
    before = time.thread_time()
    assert client.get(f"/it/scrivania/contributi/{kept.pk}/allegati/1/").status_code == 200
    assert time.thread_time() - before < 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "verb",
    [
        "transcript",
        "transcript corrected",
        "readings",
        "readings taken",
        "projects",
        "projects taken",
        "objectives",
        "items",
        "annex",
    ],
)
def test_nothing_is_read_while_something_is_locked(verb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite lets one write: while a file of 30 MB was read for a minute, no table's entry was kept."""
    locked: list[bool] = []

    def reader(*_given: Any, **_named: Any) -> Any:
        locked.append(connection.in_atomic_block)
        raise TableError("empty")

    def document(*_given: Any) -> Any:
        locked.append(connection.in_atomic_block)
        raise DocumentError(DocumentFault.DAMAGED)

    def compared(*_given: Any) -> Any:
        locked.append(connection.in_atomic_block)
        raise RefusedError("transcript_is_gone")

    def kind(_data: bytes) -> str:
        locked.append(connection.in_atomic_block)
        return "damaged"

    office, edition = somebody("administrator"), a_small_plan()
    for module, name, fake in (
        (transcripts, "document_read_apart", document),
        (transcripts, "_pairs", compared),
        (take_readings, "readings_read_apart", reader),
        (take_projects, "read_projects", reader),
        (objectives, "table_read_apart", reader),
        (keep, "table_read_apart", reader),
        (annexes, "kind_looked_at_apart", kind),
    ):
        monkeypatch.setattr(module, name, fake)
    day = date(2026, 1, 9)

    def kept(file_format: str) -> SourceFile:
        return SourceFile.objects.create(
            name="x", format=file_format, size=1, sha256="x", retrieved_on=day, content=zlib.compress(b"x")
        )

    def corrected() -> None:
        talk = record_talk(person=office, facts={**TALK, "edition": edition})
        turns = [{"speaker": "", "text": "Bene", "start": None}]
        sent = SentTranscript.objects.create(
            talk=talk, name="x", sha256="x", sent_by=office, turns=json.dumps({"turns": turns, "speakers": []})
        )
        transcripts.take_in(person=office, sent=sent, labels={}, names={}, replaces=True)

    verbs = {
        "transcript corrected": corrected,
        "readings taken": lambda: take_readings.take_readings(person=office, file=kept("csv")),
        "projects taken": lambda: take_projects.take_projects(person=office, file=kept(take_projects.FORMAT)),
        "transcript": lambda: transcripts.send_transcript(
            person=office, talk=record_talk(person=office, facts={**TALK, "edition": edition}), name="x", content=b"x"
        ),
        "readings": lambda: take_readings.send_readings(person=office, name="x", data=b"x", retrieved_on=day),
        "projects": lambda: take_projects.send_projects(person=office, name="x", data=b"x", retrieved_on=day),
        "objectives": lambda: objectives.load_objectives(person=office, edition=Edition.objects.get(), data=b"x"),
        "items": lambda: keep.import_items(person=office, version=an_instrument(), data=b"x"),
        "annex": lambda: annexes.add_annex(person=office, act=an_act(), data=b"x", title="Allegato"),
    }
    with pytest.raises(RefusedError):
        verbs[verb]()
    assert locked == [False]


def test_two_long_speeches_are_compared_at_once() -> None:
    """Sign by sign, a correction of an hour's talk took minutes in which nobody could write."""
    before = [" ".join(f"parola{(n * k) % 977}" for n in range(9_000)) for k in range(1, 9)]
    after = [text.replace("parola7 ", "parola sette ") for text in before]
    began = time.thread_time()
    assert transcripts._pairs(before, after) == {n: n for n in range(len(before))}
    assert transcripts._pairs(["Bene, grazie a tutti"], ["Benne, grazie a tutti", "Altro"]) == {0: 0}
    assert transcripts._pairs([before[0], "Ciao"], ["Tutt'altro " * 900]) == {}
    assert time.thread_time() - began < 8


@pytest.mark.django_db
def test_a_table_of_objectives_has_no_more_rows_than_any_city_has() -> None:
    rows = "\n".join(f"dup strategico,{n},2026,Obiettivo {n}" for n in range(objectives.LIMITS.rows + 1))
    edition = a_small_plan()
    with pytest.raises(RefusedError, match="unreadable_table"):
        objectives.load_objectives(
            person=somebody("administrator"), edition=edition, data=f"livello,codice,anno,titolo\n{rows}".encode()
        )


@pytest.mark.django_db
@pytest.mark.parametrize("door", ["contribution", "minute", "annex", "transcript", "document", "load"])
def test_each_door_says_in_words_that_it_is_busy(door: str, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_given: Any) -> bytes:
        raise ApartError(busy=True)

    monkeypatch.setattr(limited, "run_apart", busy)
    monkeypatch.setattr(plan_apart, "run_apart", busy)
    office, edition = somebody("administrator"), a_small_plan()
    file = SimpleUploadedFile("x.docx", a_row_of(2))
    client.force_login(office)
    if door == "contribution":
        with pytest.raises(RefusedError, match="attachment_busy"):
            received(a_consultation(), files=[SentFile("x.docx", a_row_of(2))])
        return
    act = an_act()
    talk = record_talk(person=office, facts={**TALK, "edition": edition})
    address, sent = {
        "minute": ("/it/scrivania/verbali/", {"body": act.body_id, "day": "2026-01-09", "file": file}),
        "annex": (f"/it/scrivania/atti/{act.slug}/allegati/", {"title": "x", "file": file}),
        "transcript": (f"/it/scrivania/voci/{talk.pk}/", {"verb": "send", "file": file}),
        "document": ("/it/scrivania/documenti/", {"title_it": "x", "language": "it", "file": file}),
        "load": ("/it/scrivania/edizioni/carica/", {"files": file}),
    }[door]
    html = client.post(address, sent, follow=True).content.decode()
    assert re.search(r"si stanno leggendo più file", html)


MANY: list[list[Value]] = [[f"A{n}", f"Riga {n}, «più treni»\nla sera", n / 4, date(2026, 1, 9)] for n in range(6_000)]


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_a_table_read_apart_is_the_table_and_its_faults_keep_their_words(kind: Format) -> None:
    sheet = SheetToWrite("Dati", ["codice", "testo", "valore", "giorno"], MANY)
    data = write_table([sheet, SheetToWrite("Altro", ["x"], [["y"]])], kind)
    asked = ["codice", "testo"]
    assert not is_short_text(data)
    assert table_read_apart(data, asked) == read_table(data, asked)
    few = replace(TABLE_LIMITS, rows=10)
    with pytest.raises(TableError) as apart_fault:
        table_read_apart(data, asked, limits=few)
    with pytest.raises(TableError) as here_fault:
        read_table(data, asked, limits=few)
    assert apart_fault.value.finding == here_fault.value.finding


def test_a_file_of_readings_read_apart_is_the_file_and_breaks_off_where_it_does() -> None:
    lines = [f"RED,99900{n % 9},{1950 + n % 70},{n / 8},{'p' if n % 3 else ''}" for n in range(9_000)]
    lines[7] = "RED,999001,tredici,1,p"
    data = "\n".join(["indicatore,luogo,periodo,valore,segnalazione", *lines]).encode()
    assert not is_short_text(data)
    there, here = readings_read_apart(data, latest_year=2026), read_readings(data, latest_year=2026)
    assert (there.format, there.notes) == (here.format, here.notes)
    found = list(there.observations)
    assert found == list(here.observations)
    assert any(isinstance(one, Finding) for one in found)
    with pytest.raises(TableError):
        list(readings_read_apart(data + b'\n"' + b"x" * 9, latest_year=2026).observations)


def test_what_breaks_its_reader_breaks_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the process that reads prints or does not print, the file is refused in words."""
    packed, long = b"PK" + bytes(9), b"x," * 200_000
    for told in (b"", b"{", b'["csv", []]\n[1'):
        monkeypatch.setattr(tables_apart, "run_apart", lambda *_a, told=told, **_k: told)
        monkeypatch.setattr(readings_apart, "run_apart", lambda *_a, told=told, **_k: told)
        with pytest.raises(TableError, match="too_slow"):
            table_read_apart(packed)
        with pytest.raises(TableError, match="too_slow"):
            list(readings_read_apart(long, latest_year=2026).observations)


@pytest.mark.django_db
@pytest.mark.parametrize("door", ["sheets", "contributions", "readings", "projects", "objectives", "items"])
def test_each_door_for_tables_says_in_words_that_it_is_busy(
    door: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_given: Any, **_named: Any) -> bytes:
        raise ApartError(busy=True)

    monkeypatch.setattr(tables_apart, "run_apart", busy)
    monkeypatch.setattr(readings_apart, "run_apart", busy)
    edition = a_small_plan()
    client.force_login(somebody("administrator"))
    file = SimpleUploadedFile("x.xlsx", b"PK" + bytes(9))
    day = "2026-01-09"
    address, sent = {
        "sheets": ("/it/scrivania/foglio/", {"file": file}),
        "contributions": ("/it/scrivania/contributi/tabella/", {"file": file, "edition": edition.pk}),
        "readings": ("/it/scrivania/rilevazioni/", {"file": file, "retrieved_on": day}),
        "projects": ("/it/scrivania/progetti/", {"file": file, "retrieved_on": day}),
        "objectives": ("/it/scrivania/obiettivi/", {"verb": "load", "table": file, "edition": edition.pk}),
        "items": (f"/it/scrivania/coerenza/{an_instrument().pk}/", {"verb": "items", "file": file}),
    }[door]
    html = client.post(address, sent, follow=True).content.decode()
    assert "si stanno leggendo più file" in html


def test_an_archive_that_claims_to_be_a_document_and_holds_nothing_is_refused_apart() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    with pytest.raises(DocumentError):
        document_read_apart(file.getvalue())


def a_message(of_series: str, observations: int) -> bytes:
    observation = '<Obs TIME_PERIOD="2020" OBS_VALUE="1"/>'
    said = f'<Series REF_AREA="IT" {of_series}>{observation * observations}</Series>'
    return f"<StructureSpecificData><DataSet>{said}</DataSet></StructureSpecificData>".encode()


def test_a_file_of_readings_whose_series_say_too_much_is_refused_at_once() -> None:
    """What a series says is joined to each of its observations: 7 MB of a file kept a process busy for hours."""
    many = " ".join(f'A{n}="x"' for n in range(20_000))
    for data in (
        a_message(many, 1_000),
        json.dumps({"class": "dataset", "id": [f"d{n}" for n in range(500)], "size": [1] * 500} | CUBE).encode(),
    ):
        before = time.thread_time()
        with pytest.raises(TableError, match="too_many_columns"):
            list(read_readings(data, latest_year=2026).observations)
        assert time.thread_time() - before < 3
    few = a_message('FREQ="A" SEX="9"', 1_000)
    assert len(list(read_readings(few, latest_year=2026).observations)) == 1_000, "the honest file is read"


def test_every_format_of_readings_has_an_end() -> None:
    slow = replace(LIMITS, seconds=-1)
    with pytest.raises(TableError, match="too_slow"):
        list(read_readings(a_message('FREQ="A"', 3), latest_year=2026, limits=slow).observations)
