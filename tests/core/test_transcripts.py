"""Transcripts: who speaks and when, in every kind of file, and what of the file was not read."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aumenta.config.cli import run_analyst
from aumenta.core.documents import DocumentError, DocumentFault, LeftOutKind
from aumenta.core.transcripts import ProblemKind, Transcript, read_transcript
from tests.documents_made import docx, odt


def said(transcript: Transcript) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in transcript.turns]


def read(text: str, encoding: str = "utf-8") -> Transcript:
    return read_transcript(text.encode(encoding))


def paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


VTT = """WEBVTT - an interview

NOTE a word to colleagues

1
00:00:01.000 --> 00:00:04.000
<v Anna Rossi>Good morning</v>

00:00:04.000 --> bad
lost?

00:05.000 --> 00:06.500 align:start
<v Bruno>Yes, <i>of course</i> &amp; more
"""


def test_voices_and_times_of_subtitles() -> None:
    found = read(VTT)
    assert found.kind == "vtt"
    assert [turn[:4] for turn in found.turns] == [
        ("Anna Rossi", 1.0, 4.0, "Good morning"),
        ("Bruno", 5.0, 6.5, "Yes, of course & more"),
    ]


def test_a_broken_subtitle_is_said_with_its_words_and_its_line() -> None:
    kinds = {one.kind: one for one in read(VTT).left_out}
    assert kinds[LeftOutKind.BROKEN_CUE].line == 9
    assert "lost?" in kinds[LeftOutKind.BROKEN_CUE].text
    assert "a word to colleagues" in kinds[LeftOutKind.CUE_NOTE].text


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ("00:01,000 --> 00:05,000", "00:04,000 --> 00:06,000", ProblemKind.OVERLAP),
        ("00:04,000 --> 00:05,000", "00:01,000 --> 00:02,000", ProblemKind.BACKWARDS),
        ("00:01,000 --> 00:02,000", "00:05,000 --> 00:04,000", ProblemKind.ENDS_BEFORE_IT_STARTS),
    ],
)
def test_odd_times_are_said_and_their_words_kept(first: str, second: str, kind: ProblemKind) -> None:
    found = read(f"1\n{first}\none\n\n2\n{second}\ntwo\n")
    assert [turn.text for turn in found.turns] == ["one", "two"]
    assert [(one.kind, one.line) for one in found.problems if one.kind is kind] == [(kind, 6)]


def test_two_people_of_one_name_who_speak_at_once_are_noticed() -> None:
    found = read("WEBVTT\n\n00:01.000 --> 00:05.000\n<v Anna>one\n\n00:03.000 --> 00:06.000\n<v Anna>two\n")
    assert [one.kind for one in found.problems] == [ProblemKind.SAME_NAME_AT_ONCE]


def test_subtitles_without_empty_lines_between_them_keep_every_one() -> None:
    found = read("1\n00:01,000 --> 00:02,000\none\n2\n00:02,000 --> 00:03,000\ntwo\n")
    assert [turn.text for turn in found.turns] == ["one", "two"]


def test_lines_of_one_subtitle_with_dashes_are_two_people() -> None:
    assert [turn.text for turn in read("00:01,000 --> 00:02,000\n- Yes\n- No\n").turns] == ["Yes", "No"]


INTERVIEW = """Interview of 3 November
Data: 3 novembre 2020

INTERVISTATORE: Da dove partiamo?
ANNA ROSSI: Il punto è questo: mancano i treni.
E la sera non c'è niente.
INTERVISTATORE: E poi?
[01:03:10] ANNA ROSSI: Poi le scuole, dalle 10:30.
"""


def test_names_before_a_colon_speak_and_other_colons_do_not() -> None:
    found = read(INTERVIEW)
    assert found.speakers == ["INTERVISTATORE", "ANNA ROSSI"]
    assert said(found) == [
        (None, "Interview of 3 November\nData: 3 novembre 2020"),
        ("INTERVISTATORE", "Da dove partiamo?"),
        ("ANNA ROSSI", "Il punto è questo: mancano i treni.\nE la sera non c'è niente."),
        ("INTERVISTATORE", "E poi?"),
        ("ANNA ROSSI", "Poi le scuole, dalle 10:30."),
    ]
    assert found.turns[-1].start == 3790.0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_end_of_line_reads_alike(encoding: str, end: str) -> None:
    assert said(read(INTERVIEW.replace("\n", end), encoding)) == said(read(INTERVIEW))


@pytest.mark.parametrize(
    "text",
    [
        "Anna Rossi  0:03\nCiao a tutti\nBruno Bianchi  0:10\nCiao Anna\n",
        "00:00:03 Anna Rossi\nCiao a tutti\n00:00:10 Bruno Bianchi\nCiao Anna\n",
        "Anna Rossi (0:03): Ciao a tutti\nBruno Bianchi (0:10): Ciao Anna\n",
        "[00:03] Anna Rossi: Ciao a tutti\n[00:10] Bruno Bianchi: Ciao Anna\n",
        "0:03\tAnna Rossi\tCiao a tutti\n0:10\tBruno Bianchi\tCiao Anna\n",
        "Anna Rossi\t0:03\tCiao a tutti\nBruno Bianchi\t0:10\tCiao Anna\n",
    ],
)
def test_times_are_found_where_programmes_write_them(text: str) -> None:
    assert [turn[:4] for turn in read(text).turns] == [
        ("Anna Rossi", 3.0, 10.0, "Ciao a tutti"),
        ("Bruno Bianchi", 10.0, None, "Ciao Anna"),
    ]


def test_who_speaks_once_in_a_dialogue_keeps_the_own_words_and_is_pointed_out() -> None:
    found = read("Anna: uno\nBruno: due\nAnna: tre\nCarla: d'accordo\nBruno: quattro\n")
    assert ("Carla", "d'accordo") in said(found)
    assert [(one.kind, one.line, one.text) for one in found.problems] == [(ProblemKind.PERHAPS_A_SPEAKER, 4, "Carla")]


def test_writings_of_one_name_are_kept_apart_and_said() -> None:
    found = read("Anna Rossi: uno\nBruno: due\nANNA ROSSI: tre\nBruno: quattro\n")
    assert found.speakers == ["Anna Rossi", "Bruno", "ANNA ROSSI"]
    assert (ProblemKind.NAMES_ALIKE, 3, "Anna Rossi / ANNA ROSSI") in found.problems
    numbered = read("Speaker 1: uno\nSpeaker 2: due\nSpeaker 1: tre\nSpeaker 2: quattro\n")
    assert not any(one.kind is ProblemKind.NAMES_ALIKE for one in numbered.problems)


def test_a_text_that_names_nobody_is_read_by_paragraphs_and_says_so() -> None:
    found = read("Un testo senza nomi.\n\nUn altro.\n")
    assert said(found) == [(None, "Un testo senza nomi."), (None, "Un altro.")]
    assert [one.kind for one in found.problems] == [ProblemKind.NO_SPEAKERS]


def test_markup_in_a_text_is_text() -> None:
    found = read("ANNA: <script>alert(1)</script> ciao\n")
    assert found.turns[0].text == "<script>alert(1)</script> ciao"
    assert [(one.kind, one.line) for one in found.problems] == [(ProblemKind.MARKUP, 1)]


def test_a_word_document_is_read_with_what_was_inserted_and_says_what_was_not() -> None:
    deleted = "<w:del><w:r><w:delText>via</w:delText></w:r></w:del>"
    inserted = f"<w:p><w:ins><w:r><w:t>ANNA: dentro</w:t></w:r></w:ins>{deleted}</w:p>"
    moved = "<w:p><w:moveFrom><w:r><w:t>BRUNO: altrove</w:t></w:r></w:moveFrom></w:p>"
    box = f"<w:p><w:r><w:txbxContent>{paragraph('a lato')}</w:txbxContent><w:t>BRUNO: fuori</w:t></w:r></w:p>"
    control = f"<w:sdt><w:sdtContent>{paragraph('ANNA: nel controllo')}</w:sdtContent></w:sdt>"
    row = "".join(f"<w:tc>{paragraph(words)}</w:tc>" for words in ("BRUNO", "in tabella"))
    content = docx(
        inserted + moved + box + control + f"<w:tbl><w:tr>{row}</w:tr></w:tbl>",
        comments=f"<w:comment>{paragraph('un commento')}</w:comment>",
        footnotes=f"<w:footnote>{paragraph('una nota')}</w:footnote>",
        header1=paragraph("riservato"),
    )
    found = read_transcript(content)
    assert said(found) == [
        ("ANNA", "dentro"),
        ("BRUNO", "fuori"),
        ("ANNA", "nel controllo"),
        ("BRUNO", "in tabella"),
    ]
    assert {(one.kind, one.text) for one in found.left_out} == {
        (LeftOutKind.DELETION, "via"),
        (LeftOutKind.TEXT_BOX, "a lato"),
        (LeftOutKind.COMMENT, "un commento"),
        (LeftOutKind.NOTE, "una nota"),
        (LeftOutKind.HEADER, "riservato"),
    }


def test_an_open_document_is_read_without_what_was_deleted() -> None:
    body = (
        "<text:tracked-changes><text:deletion><text:p>via</text:p></text:deletion></text:tracked-changes>"
        "<text:p>ANNA: ciao<office:annotation><text:p>un commento</text:p></office:annotation></text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>BRUNO</text:p></table:table-cell>"
        "<table:table-cell><text:p>in tabella</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p>ANNA: fine<draw:image/></text:p>"
    )
    found = read_transcript(odt(body))
    assert said(found) == [("ANNA", "ciao"), ("BRUNO", "in tabella"), ("ANNA", "fine")]
    assert [(one.kind, one.text) for one in found.left_out] == [
        (LeftOutKind.DELETION, "via"),
        (LeftOutKind.COMMENT, "un commento"),
        (LeftOutKind.IMAGE, ""),
    ]


def test_rich_text_format_is_read_without_what_was_deleted() -> None:
    found = read_transcript(rb"{\rtf1\ansi ANNA: citt\'e0\par BRUNO: {\deleted tolto}resta{\pict\pngblip 00}\par}")
    assert said(found) == [("ANNA", "città"), ("BRUNO", "resta")]
    assert [(one.kind, one.text) for one in found.left_out] == [
        (LeftOutKind.IMAGE, ""),
        (LeftOutKind.DELETION, "tolto"),
    ]


def zip_bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * 50_000_000)
    return target.getvalue()


def with_a_lying_directory() -> bytes:
    """A package whose directory says that it is longer than all that stands before it."""
    content = bytearray(docx("<w:p/>"))
    end = content.rfind(b"PK\x05\x06")
    content[end + 12 : end + 16] = (2**31).to_bytes(4, "little")
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"\xd0\xcf\x11\xe0old", DocumentFault.OLD_WORD),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), DocumentFault.LOCKED),
        (b"PK\x03\x04broken", DocumentFault.DAMAGED),
        (with_a_lying_directory(), DocumentFault.DAMAGED),
        (b"%PDF-1.4 broken", DocumentFault.DAMAGED),
        (b"   \n\n", DocumentFault.WITHOUT_TEXT),
        (bytes(range(256)) * 20 + b"\0" * 4000, DocumentFault.UNKNOWN_KIND),
        (docx("<w:p/>"), DocumentFault.WITHOUT_TEXT),
        (docx("<!DOCTYPE x><w:p/>"), DocumentFault.DAMAGED),
        (docx("<w:tbl>" * 5000 + "</w:tbl>" * 5000), DocumentFault.DAMAGED),
        (zip_bomb(), DocumentFault.TOO_LARGE),
        (b"x" * 20_000_001, DocumentFault.TOO_LARGE),
    ],
    ids=lambda value: str(value) if isinstance(value, DocumentFault) else "",
)
def test_what_gives_no_text_is_refused_with_its_reason(content: bytes, fault: DocumentFault) -> None:
    with pytest.raises(DocumentError) as refused:
        read_transcript(content)
    assert refused.value.fault is fault


def test_long_lines_and_very_many_names_are_read_to_their_end() -> None:
    found = read("Anna: uno" + " " * 200_000 + "due\nBruno" + " " * 200_000 + "x\nAnna: tre\n")
    assert [turn.speaker for turn in found.turns] == ["Anna", "Anna"]
    many = read("".join(f"{name}: parola\n" for name in (f"Nome{n} Cognome" for n in range(20_000))))
    assert len(many.turns) == 20_000


def test_a_pdf_says_which_pages_have_no_text() -> None:
    pages = b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>"
    one = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 5 0 R/Resources<</Font<</F 6 0 R>>>>>>"
    words = b"BT /F 12 Tf 10 100 Td (ANNA: ciao) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        pages,
        one,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(words), words),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"".join(b"%d 0 obj%sendobj\n" % (n, part) for n, part in enumerate(objects, start=1))
    found = read_transcript(b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF")
    assert said(found) == [("ANNA", "ciao")]
    assert [(one.kind, one.line) for one in found.left_out] == [(LeftOutKind.PAGE_WITHOUT_TEXT, 2)]


SPOKEN = {"ANNA: uno": "uno", "Bruno: due": "due", "[00:01] tre": "tre", "- quattro": "quattro"}
lines = st.lists(
    st.one_of(
        st.sampled_from([*SPOKEN, "", "0:03 Carla", "Nota: x", "WEBVTT", "NOTE", "1", "00:01.0 --> 00:02.0", "-->"]),
        st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=30),
    ),
    max_size=15,
)


@given(lines)
def test_no_word_of_a_file_is_lost_in_silence(written: list[str]) -> None:
    try:
        found = read("\n".join(written))
    except DocumentError:
        return
    shown = [turn.text for turn in found.turns] + [one.text for one in found.left_out]
    for line, word in SPOKEN.items():
        assert " ".join(shown).count(word) >= written.count(line)


def test_the_command_prints_turns_times_and_what_was_not_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "interview.vtt"
    path.write_text(VTT, encoding="utf-8")
    assert run_analyst("transcript", [str(path), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["speakers"] == ["Anna Rossi", "Bruno"]
    assert shown["turns"][1] == {
        "speaker": "Bruno",
        "start": 5.0,
        "end": 6.5,
        "text": "Yes, of course & more",
        "line": 12,
    }
    assert [one["kind"] for one in shown["not_read"]] == ["cue_note", "broken_cue"]
    assert run_analyst("transcript", [str(path)]) == 0
    assert "[0:00:05] Bruno: Yes, of course & more" in capsys.readouterr().out


def test_a_file_without_text_is_refused_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "old.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0old")
    assert run_analyst("transcript", [str(path)]) == 2
    assert "save it as DOCX or ODT" in capsys.readouterr().err
