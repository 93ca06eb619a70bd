"""The package that office documents are, hostile: readers of documents and of tables refuse the same things."""

import io
import zipfile
from collections.abc import Callable

import pytest

from aumenta.core.documents import DocumentError, document_text
from aumenta.core.tables import TableError, read_table

DOCUMENT = "word/document.xml"


def packed(parts: dict[str, bytes], *, times: int = 0) -> bytes:
    """An archive of `parts`, with `times` empty ones beside them."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        for number in range(times):
            archive.writestr(f"word/{number}.bin", b"")
    return made.getvalue()


def refused_as_document(content: bytes) -> str:
    with pytest.raises(DocumentError) as refused:
        document_text(content)
    return str(refused.value.fault)


def refused_as_table(content: bytes) -> str:
    with pytest.raises(TableError) as refused:
        read_table(content)
    return refused.value.code


def odf(content: bytes, kind: str, **more: int) -> bytes:
    mimetype = f"application/vnd.oasis.opendocument.{kind}".encode()
    return packed({"mimetype": mimetype, "content.xml": content}, **more)


READERS = [
    pytest.param(refused_as_document, "text", {"large": "too_large", "damaged": "damaged"}, id="documents"),
    pytest.param(refused_as_table, "spreadsheet", {"large": "unpacked", "damaged": "damaged"}, id="tables"),
]


@pytest.mark.parametrize(("refused", "kind", "faults"), READERS)
def test_readers_of_documents_and_tables_refuse_the_same_packages(
    refused: Callable[[bytes], str], kind: str, faults: dict[str, str]
) -> None:
    assert refused(odf(b"<a>" + b" " * 5_000_000 + b"</a>", kind)) == faults["large"], "shrinks as no text does"
    assert refused(odf(b"<a/>", kind, times=5_001)) == faults["large"], "more parts than a document has"
    assert refused(odf(b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", kind)) == faults["damaged"]
    hidden = "<?xml version='1.0' encoding='utf-16'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>".encode("utf-16")
    assert refused(odf(hidden, kind)) == faults["damaged"], "a document type in letters of two bytes"
    assert refused(odf(b"<a><b></a>", kind)) == faults["damaged"]
    sound = odf(b"<a/>", kind)
    assert refused(sound[: len(sound) // 2]) == faults["damaged"]


def test_a_document_nested_too_deep_is_damaged() -> None:
    deep = b"<a>" * 60_000 + b"</a>" * 60_000
    assert refused_as_document(packed({"[Content_Types].xml": b"<Types/>", DOCUMENT: deep})) == "damaged"
