"""Damaged files of every kind that enters anywhere: each is taken, or refused with a sentence; none ends in an error.

`make fuzz` feeds 2,000 of each kind; here a sample is, unless AUMENTA_FUZZ says how many.
"""

import os
import random
import zipfile
from collections.abc import Callable
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image

from aumenta.core.documents import DocumentError, document_text
from aumenta.core.documents import kinds as kinds_module
from aumenta.core.documents.kinds import DAMAGED, HAS_MACROS, KINDS, WRONG_KIND, kind_of_document
from aumenta.core.documents.limited import kind_looked_at_apart
from aumenta.core.tables import TableError, read_table, write_table
from aumenta.core.tables.writing import SheetToWrite
from aumenta.events.tables.keep_photo import photo_anew
from aumenta.pages import document_types
from aumenta.pages.pictures import make_picture
from aumenta.people.refusals import RefusedError, refusal_sentence

HOW_MANY = int(os.environ.get("AUMENTA_FUZZ", "120"))


def picture(kind: str) -> bytes:
    file = BytesIO()
    Image.effect_noise((420, 300), 40).convert("RGB").save(file, kind)
    return file.getvalue()


def package(**parts: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("CT", "[Content_Types]"), text)
    return file.getvalue()


def docx() -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    text = "".join(f"<w:p><w:r><w:t>Più treni n. {n}</w:t></w:r></w:p>" for n in range(40))
    return package(
        CT_xml='<Types><Override ContentType="x.wordprocessingml.document.main+xml"/></Types>',
        word__document_xml=f"<w:document {space}><w:body>{text}</w:body></w:document>",
    )


def odt() -> bytes:
    spaces = " ".join(
        f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in ("office", "text", "table")
    )
    text = "".join(f"<text:p>Più treni n. {n}</text:p>" for n in range(40))
    body = f"<office:body><office:text>{text}</office:text></office:body>"
    return package(
        mimetype="application/vnd.oasis.opendocument.text",
        content_xml=f"<office:document-content {spaces}>{body}</office:document-content>",
    )


def pdf() -> bytes:
    file = BytesIO()
    document = pypdfium2.PdfDocument.new()
    document.new_page(300, 400)
    document.save(file)
    return file.getvalue()


def spreadsheet(kind: str) -> bytes:
    rows = [[f"1.1.{n}", f"Titolo n. {n}"] for n in range(40)]
    return write_table([SheetToWrite("Schede", ("codice", "titolo"), rows)], kind)  # type: ignore[arg-type]


def damaged(whole: bytes, chance: random.Random) -> bytes:
    """Cut, flipped, sown with odd bytes; of a package also a part of it, packed anew so that its sums are right."""
    if whole.startswith(b"PK") and chance.random() < 0.5:
        return _damaged_inside(whole, chance)
    spoiled = bytearray(whole[: chance.randrange(3, len(whole) + 1)] if chance.random() < 0.5 else whole)
    for _ in range(chance.randrange(1, 12)):
        spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
    return bytes(spoiled)


def _damaged_inside(whole: bytes, chance: random.Random) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(whole)) as source, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            part = bytearray(source.read(name))
            for _ in range(chance.randrange(0, 6)):
                if part:
                    part[chance.randrange(len(part))] = chance.randrange(256)
            made.writestr(name, bytes(part))
    return file.getvalue()


def as_photo(data: bytes) -> None:
    try:
        anew = photo_anew(data)
    except RefusedError as refusal:
        told = refusal.code
    else:
        with Image.open(BytesIO(anew)) as opened:
            opened.load()
            told = f"{opened.format} {dict(opened.getexif())}"
    assert told in {"not_a_photo", "JPEG {}"}


def as_picture(data: bytes) -> None:
    try:
        made = make_picture(data)
    except RefusedError as refusal:
        told = refusal_sentence(refusal)
    else:
        told = "taken"
        for content in made.files.values():
            with Image.open(BytesIO(content)) as opened:
                opened.load()
                assert not dict(opened.getexif())
    assert told


def as_document(data: bytes) -> None:
    assert kind_of_document(data) in KINDS | {WRONG_KIND, DAMAGED, HAS_MACROS}


def as_text(data: bytes) -> None:
    try:
        told = document_text(data)
    except DocumentError as refusal:
        told = refusal.fault
    assert told.strip()


def as_table(data: bytes) -> None:
    try:
        read_table(data, ("codice", "titolo"))
    except TableError as refusal:
        told = refusal.code
    else:
        told = "read"
    assert told


ENTRANCES: list[tuple[str, Callable[[], bytes], Callable[[bytes], None]]] = [
    ("a photo of a poster", lambda: picture("JPEG"), as_photo),
    *((f"a {kind} of a page", lambda kind=kind: picture(kind), as_picture) for kind in ("JPEG", "PNG", "WEBP")),  # type: ignore[misc]
    *((f"a {make.__name__} of a page", make, as_document) for make in (docx, odt, pdf)),
    *((f"the text of a {make.__name__}", make, as_text) for make in (docx, odt, pdf)),
    *((f"sheets as {kind}", lambda kind=kind: spreadsheet(kind), as_table) for kind in ("xlsx", "ods", "csv")),  # type: ignore[misc]
]


@pytest.mark.parametrize(("name", "make", "take"), ENTRANCES, ids=[name for name, *_rest in ENTRANCES])
def test_a_damaged_file_is_taken_or_refused_with_a_sentence(
    name: str, make: Callable[[], bytes], take: Callable[[bytes], None]
) -> None:
    whole, chance = make(), random.Random(name)
    take(whole)
    for _ in range(HOW_MANY):
        take(damaged(whole, chance))


def test_a_document_is_looked_at_apart_and_what_it_does_there_stays_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: os.PathLike[str]
) -> None:
    assert [kind_looked_at_apart(make()) for make in (pdf, docx, odt)] == ["pdf", "docx", "odt"]
    writes = f"open('{tmp_path}/kept', 'w').write('x' * 9)"
    for body in ("while True: pass", "x = bytearray(8 * 1024 ** 3)", writes, "os.abort()"):
        bad = f"{tmp_path}/bad.py"
        with open(bad, "w", encoding="utf-8") as file:  # noqa: PTH123
            limits = "((resource.RLIMIT_CPU, 1), (resource.RLIMIT_AS, 2**30), (resource.RLIMIT_FSIZE, 0))"
            start = f"import os, resource\nfor what, most in {limits}:\n    resource.setrlimit(what, (most, most))\n"
            file.write(f"{start}{body}\nprint('pdf')\n")
        monkeypatch.setattr(kinds_module, "__file__", bad)
        assert kind_looked_at_apart(b"%PDF-") == DAMAGED


@pytest.mark.parametrize("found", [WRONG_KIND, DAMAGED, HAS_MACROS])
def test_each_refusal_of_a_document_has_its_sentence(monkeypatch: pytest.MonkeyPatch, found: str) -> None:
    monkeypatch.setattr(document_types, "kind_looked_at_apart", lambda _data: found)
    with pytest.raises(RefusedError) as refusal:
        document_types.kind_of_document(b"x")
    assert refusal_sentence(refusal.value)
