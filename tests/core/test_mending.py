"""Texts as they come are mended alike, and bytes are read in the encoding they were written in."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aumenta.core.text import decode, mend

PLAIN = "Più treni: la città è «vicina», l’efficienza offre fiumi.\nSocietà e università\fFine"
SIGNS = (
    "\x00\x02\r\n\v\x85\u2028\u2029\u00ad\u200b\u200c\u200d\u202e\u00a0\u2009\ufb01\ufb03\ufeff\ufffe\ud800"
    "e\u0301 \u0301🙂K\u212a"
)


@pytest.mark.parametrize(
    ("spoiled", "whole"),
    [
        ("Citta\u0300 e comunita\u0300", "Città e comunità"),
        ("e\ufb03cienza, \ufb01umi, a\ufb00etto, ra\ufb04es", "efficienza, fiumi, affetto, raffles"),
        ("uni\u00adver\u00adsità", "università"),
        ("univer\u00ad\n  sità", "università"),
        ("un\u00a0po’\u202fdi\u2009spazio", "un po’ di spazio"),
        ("zero\u200blarghe\ufeffzza\u2060", "zerolarghezza"),
        ("testo \u202egirato\u202c", "testo girato"),
        ("a\u200db\u200c", "ab"),
        ("nu\x00lli\x07", "nulli"),
        ("uno\r\ndue\rtre\u2028quattro\vcinque\x85sei", "uno\ndue\ntre\nquattro\ncinque\nsei"),
        ("mezza \ud83d lettera", "mezza \ufffd lettera"),
    ],
)
def test_each_kind_of_spoiled_text_is_mended(spoiled: str, whole: str) -> None:
    assert mend(spoiled) == whole


def test_what_is_whole_stays_as_it_is() -> None:
    for text in (
        PLAIN,
        "👩\u200d🌾 contadina",
        "می\u200cخواهم",
        "tab\te\ncapo\f",
        "“virgolette” ‘semplici’ – lineette…",
    ):
        assert mend(text) == text


def test_lines_of_a_printed_page_stay_lines() -> None:
    printed = "la so\u00adcie\u00ad\ntà e l’uni\ufffe\nversità di con\x02 \ndove\u00ad"
    mended = mend(printed, lines=True)
    assert mended.count("\n") == printed.count("\n")
    assert mended == "la socie\u00ad\ntà e l’uni\u00ad\nversità di con\u00ad \ndove\u00ad"


@example(text="\ufb01\u0300\u200c\u0250", lines=False)
@example(text="i\u200c\u0300\u200c\u0250", lines=False)
@given(st.one_of(st.text(), st.text(alphabet=SIGNS, max_size=12)), st.booleans())
def test_mending_twice_is_mending_once_and_leaves_nothing_that_cannot_be_kept(text: str, lines: bool) -> None:
    mended = mend(text, lines=lines)
    assert mend(mended, lines=lines) == mended
    assert unicodedata.is_normalized("NFC", mended)
    assert not set(mended) & set("\x00\r\v\x85\u2028\u2029\u200b\u202e\u00a0\ufb01\ufb03\ufeff\ufffe\ud800")
    mended.encode()


ITALIAN = "testo;data\r\nPiù treni, perché la città è lontana: così «può» arrivare l’università\r\n"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"],
)
def test_a_text_is_read_in_the_encoding_it_was_written_in(encoding: str) -> None:
    found = decode(ITALIAN.encode(encoding))
    assert found.text == ITALIAN
    assert found.damaged == 0


def test_old_computers_are_read_too() -> None:
    text = "Più treni, perché la città è lontana: così può arrivare"
    assert decode(text.encode("mac_roman")).text == text
    assert decode(text.encode("cp850")).text == text
    assert decode(b"solo ascii").encoding == "utf-8"
    assert decode(b"") == decode(b"\xef\xbb\xbf")


def test_a_few_damaged_letters_do_not_make_it_another_encoding() -> None:
    data = (ITALIAN * 5).encode()
    found = decode(data[:13] + b"\xff" + data[13:-1] + b"\xc3")
    assert found.encoding == "utf-8"
    assert found.damaged == 2
    assert found.text.replace("\ufffd", "").startswith(ITALIAN)


@given(st.binary(max_size=60))
def test_any_bytes_give_some_text(data: bytes) -> None:
    assert isinstance(decode(data).text, str)
