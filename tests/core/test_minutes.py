"""Minutes read as they are written: invented ones in the usual shapes, and the published one where it is at hand."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aumenta.config.cli import run_analyst
from aumenta.core.documents import DocumentError, DocumentFault, document_text
from aumenta.core.minutes import read_minute
from aumenta.core.minutes.attendance import AttendanceState
from aumenta.core.minutes.names import matched, names_in

PUBLISHED = Path(__file__).resolve().parents[3] / "shared" / "sources" / "003_26645b74916a2f9f.txt"

COUNCIL = """VERBALE DEL CONSIGLIO METROPOLITANO
Il giorno 12 marzo 2031 alle ore 10 con la partecipazione della Segretaria Generale Ada Verdi si è riunito il Consiglio.
Sono presenti il Sindaco metropolitano Ugo Bianchi e i Consiglieri:
Mario ROSSI - Anna ROSSI - Pia DE LUCA -
Gino D'ORO - Leo
NERI
Assenti giustificati: Rita Gallo, Ivo Conti.
Partecipano senza diritto di voto i Portavoce di:
Zona omogenea 3 "Alta-
valle", Zona omogenea 4
OGGETTO: Piano di prova 2031-2033.
Premesso che con deliberazione del Consiglio metropolitano n. 7/2030 del 2 maggio 2031 è stato avviato il percorso;
il presidente pone ai voti l'emendamento n. 2
Presenti 6, votanti 5, favorevoli 2 (De Luca, Neri), contrari 3 (Bianchi, D’Oro, M. Rossi), non votanti 1 (Rossi Anna)
si procede alla votazione della deliberazione
Presenti: 6
Votanti: 6
Favorevoli: 5
(Bianchi - Rosi - De Luca - D'Oro - Neri)
Astenuti: 1
(Rossi)
Si vota infine l'immediata eseguibilità, con n. 6 voti favorevoli su 6 presenti
"""


def test_a_minute_in_sentences_gives_attendance_votings_and_acts() -> None:
    minute = read_minute(COUNCIL)
    by_state = {state: [one.name for one in minute.attendance if one.state is state] for state in AttendanceState}
    assert set(by_state[AttendanceState.PRESENT]) == {
        "Ugo Bianchi",
        "Mario ROSSI",
        "Anna ROSSI",
        "Pia DE LUCA",
        "Gino D'ORO",
        "Leo NERI",
    }
    assert by_state[AttendanceState.ABSENT] == ["Rita Gallo", "Ivo Conti"]
    assert by_state[AttendanceState.WITHOUT_VOTE] == ["Ada Verdi", 'Zona omogenea 3 "Alta-valle"', "Zona omogenea 4"]
    assert {one.name: one.role for one in minute.attendance}["Ugo Bianchi"] == "Sindaco metropolitano"
    amendment, whole, at_once = minute.votes
    assert amendment.subject == "Emendamento 2"
    assert (amendment.present, amendment.voters) == (6, 5)
    assert amendment.names == {
        "for": ["Pia DE LUCA", "Leo NERI"],
        "against": ["Ugo Bianchi", "Gino D'ORO", "Mario ROSSI"],
        "abstained": [],
        "not_voting": ["Anna ROSSI"],
    }
    assert whole.subject == "Piano di prova 2031-2033"
    assert (at_once.subject, at_once.present, at_once.declared) == ("Immediata eseguibilità", 6, {"for": 6})


def test_a_name_that_fits_nobody_or_two_people_is_listed_and_stays_as_printed() -> None:
    minute = read_minute(COUNCIL)
    lost = {one.text: one.nearest for one in minute.unmatched}
    assert lost["Rosi"].endswith("ROSSI")
    assert lost["Rossi"] == "Mario ROSSI / Anna ROSSI"
    assert "Rosi" in minute.votes[1].names["for"]


def test_a_year_that_is_not_that_of_the_date_is_told() -> None:
    minute = read_minute(COUNCIL)
    assert [(act.number, act.year, act.body) for act in minute.acts] == [("7", 2030, "Consiglio metropolitano")]
    assert [one.kind for one in minute.problems if "date" in one.kind] == ["year_differs_from_date"]


ROLL = """CONFERENZA METROPOLITANA - seduta del 3/4/2031
| Alfa Rossa | Presente |
| Beta Verde | Assente |
| Gamma Blu | Presente |
| Delta Viola | Presente |
OGGETTO: parere sul piano
Presenti 3, votanti 3, voti favorevoli 2 (Alfa Rossa, Beta Verde), contrari 2
Astenuti: Gamma Blu, Gamma Blu
"""


def test_a_roll_call_in_a_table_is_attendance_and_what_cannot_be_right_is_told_with_its_line() -> None:
    minute = read_minute(ROLL)
    assert [one.state for one in minute.attendance] == [
        AttendanceState.PRESENT,
        AttendanceState.ABSENT,
        AttendanceState.PRESENT,
        AttendanceState.PRESENT,
    ]
    told = {(one.kind, one.line) for one in minute.problems}
    assert {("more_votes_than_present", 7), ("absent_votes", 7), ("name_twice", 7), ("votes_do_not_add_up", 7)} <= told


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Presenti 9, votanti 9, favorevoli 9", "present_differ_from_attendance"),
        ("Presenti 6, votanti 6, favorevoli 6 (Neri, De Luca)", "names_differ_from_count"),
        ("Presenti 6, votanti 6, favorevoli 6 (Verdi)", "votes_without_right"),
        ("Presenti 6, favorevoli 4, contrari 1", "votes_do_not_add_up"),
        ("con deliberazione n. 3 del 31/02/2031", "impossible_date"),
    ],
)
def test_each_kind_of_contradiction_is_told(sentence: str, kind: str) -> None:
    head = COUNCIL.split("Premesso")[0]
    assert kind in {one.kind for one in read_minute(f"{head}Premesso ciò\n{sentence}\n").problems}


def test_one_vote_for_all_is_everybody_present_only_where_the_number_is_theirs() -> None:
    head = COUNCIL.split("Premesso")[0]
    minute = read_minute(f"{head}Premesso ciò\nPresenti 6\nIl Consiglio approva all'unanimità\n")
    assert len(minute.votes[0].names["for"]) == 6
    minute = read_minute(f"{head}Premesso ciò\nPresenti 5\nIl Consiglio approva all'unanimità\n")
    assert not minute.votes[0].names["for"]


def test_a_text_that_is_no_minute_says_that_nothing_was_found() -> None:
    minute = read_minute("Una lista della spesa.\nPane, latte.")
    assert {one.kind for one in minute.problems} == {"no_attendance", "no_vote"}


@pytest.mark.parametrize(
    ("printed", "member"),
    [
        ("D’AGOSTINO", "Davide D'Agostino"),
        ("Lo Russo", "Stefano LO RUSSO"),
        ("LO RUSSO Stefano", "Stefano LO RUSSO"),
        ("S. Lo Russo", "Stefano LO RUSSO"),
        ("Russo", "Stefano LO RUSSO"),
        ("Cagno", None),
        ("S.", None),
        ("Lo", None),
    ],
)
def test_a_name_is_matched_by_whole_words_and_initials_only(printed: str, member: str | None) -> None:
    assert matched(printed, ["Davide D'Agostino", "Stefano LO RUSSO", "Marco COGNO"]).member == member


def test_lists_are_parted_by_what_parts_them() -> None:
    assert names_in("Anna Blu, Ugo Neri e Pia De Luca") == ["Anna Blu", "Ugo Neri", "Pia De Luca"]
    assert names_in("1) Anna Blu\n2) Ugo Neri") == ["Anna Blu", "Ugo Neri"]
    assert names_in("dott.ssa Anna Blu; Ugo Neri-\nVerdi") == ["Anna Blu", "Ugo Neri-Verdi"]


@given(st.text(max_size=400), st.sampled_from([COUNCIL, ROLL]), st.integers(0, 400))
def test_no_text_is_too_odd_to_be_read(odd: str, minute: str, place: int) -> None:
    read = read_minute(minute[:place] + odd + minute[place:])
    assert all(problem.line >= 1 for problem in read.problems)
    assert all(name.line >= 1 for name in read.unmatched)


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published minute is not at hand")
def test_the_published_minute_of_10_may_2023_is_read_whole() -> None:
    minute = read_minute(PUBLISHED.read_text(encoding="utf-8"))
    states = [one.state for one in minute.attendance]
    assert (
        states.count(AttendanceState.PRESENT),
        states.count(AttendanceState.ABSENT),
        states.count(AttendanceState.WITHOUT_VOTE),
    ) == (14, 5, 4)
    [vote] = minute.votes
    assert (vote.present, vote.voters, vote.declared) == (14, 14, {"for": 13, "abstained": 1})
    assert len(vote.names["for"]) == 13
    assert [(one.text, one.nearest) for one in minute.unmatched] == [("Cagno", "Marco COGNO")]
    assert ("23", 2023, "Consiglio metropolitano") in [(act.number, act.year, act.body) for act in minute.acts]
    assert "year_differs_from_date" in {one.kind for one in minute.problems}


def docx(xml: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", xml)
    return out.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_a_word_file_gives_insertions_and_cells_and_not_what_was_deleted() -> None:
    text = document_text(
        docx(
            f"<w:document {W}><w:body><w:p><w:ins><w:r><w:t>Uno</w:t></w:r></w:ins>"
            "<w:del><w:r><w:delText>no</w:delText></w:r></w:del><w:r><w:tab/><w:t>due</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p>"
            "</w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"
        )
    )
    assert text == "Uno\tdue\na\tb"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"%PDF-1.4 damaged", DocumentFault.DAMAGED),
        (b"PK\x03\x04 damaged", DocumentFault.DAMAGED),
        (b"\xd0\xcf\x11\xe0 old", DocumentFault.OLD_WORD),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), DocumentFault.LOCKED),
        (b"", DocumentFault.WITHOUT_TEXT),
        (docx('<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'), DocumentFault.DAMAGED),
        (docx(f"<w:document {W}><w:body>{'<w:p/>' * 7_000_000}"), DocumentFault.TOO_LARGE),
        (docx("<w:document"), DocumentFault.DAMAGED),
        (b"x" * 20_000_001, DocumentFault.TOO_LARGE),
    ],
    ids=lambda value: value.value if isinstance(value, DocumentFault) else "",
)
def test_a_document_without_text_is_refused_by_kind(content: bytes, fault: DocumentFault) -> None:
    with pytest.raises(DocumentError) as refused:
        document_text(content)
    assert refused.value.fault is fault


def odt(xml: str, mimetype: bytes = b"application/vnd.oasis.opendocument.text") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", mimetype)
        package.writestr("content.xml", xml)
    return out.getvalue()


ODF = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'


def test_an_odt_with_odd_spaces_and_a_huge_first_part_is_read() -> None:
    xml = f'<a {ODF}><text:p>a<text:s text:c="x"/>b<text:s text:c="-3"/>c</text:p></a>'
    assert document_text(odt(xml, b"application/vnd.oasis.opendocument.text" + b" " * 50_000_000)) == "a b c"


def test_a_document_nested_without_end_is_refused() -> None:
    with pytest.raises(DocumentError) as refused:
        document_text(odt(f"<a {ODF}><text:p>{'<b>' * 9000}x{'</b>' * 9000}</text:p></a>"))
    assert refused.value.fault is DocumentFault.DAMAGED


def test_the_command_prints_json_and_refuses_with_a_sentence(tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "verbale.txt"
    file.write_text(COUNCIL, encoding="cp1252")
    assert run_analyst("minutes", [str(file), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) == {"attendance", "votes", "acts", "unmatched", "problems"}
    assert answer["attendance"][0] == {"name": "Ada Verdi", "as": "Segretaria Generale", "state": "without_vote"}
    file.write_bytes(b"")
    assert run_analyst("minutes", [str(file), "--json"]) == 2
    said = capsys.readouterr()
    assert not said.out
    assert str(file) in said.err
