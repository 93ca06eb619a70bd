"""Text as it comes, mended alike wherever it comes from: a PDF, a web page, a table, something pasted or typed.

Standard library alone: ftfy also straightens quotation marks and guesses at letters read wrongly, which would change
what somebody wrote; what is needed here are the six kinds below.
"""

import re
import unicodedata
from typing import Final

# Letters printed as one sign, which some fonts give back as that sign.
_LIGATURES: Final = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
_SPACES: Final = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
# They take no room; those that turn the direction of writing can make a text look like another one.
_ROOMLESS: Final = "\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2066\u2067\u2068\u2069\ufeff"
# Neither databases, XML nor spreadsheets hold them; tab, line feed and form feed stay.
_CONTROLS: Final = "".join(map(chr, [*range(9), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0)]))
_SIGNS: Final = str.maketrans(
    _LIGATURES
    | dict.fromkeys(_SPACES, " ")
    | dict.fromkeys(_ROOMLESS + _CONTROLS + "\ufffe\uffff", "")
    | {chr(code): "\ufffd" for code in range(0xD800, 0xE000)}  # half a letter: no encoding can write it
)
_LINE_END: Final = re.compile("\r\n|[\r\v\x85\u2028\u2029]")
_SOFT_AT_END: Final = re.compile("\u00ad+[ \t]*\n[ \t]*")
_SOFT: Final = "\u00ad"
_SOFT_INSIDE: Final = re.compile("\u00ad+(?![ \t\u00ad]*(?:\n|\\Z))")
# They join emoji and letters of other scripts; between ours they are only in the way.
_JOINERS: Final = re.compile("(?:(?<=[\x00-\u024f])|^)[\u200c\u200d]+|[\u200c\u200d]+(?=[\x00-\u024f]|\\Z)")
# Whether there is anything to do: most texts are plain, and this is asked of every cell.
_PLAIN: Final = re.compile("[\t\n\f\x20-\x7e\xa1-\xac\xae-\xff\u2010-\u2027\u2030-\u205e\u20ac]*")


def mend(text: str, *, lines: bool = False) -> str:
    """The text as its writer meant it: composed letters (NFC), no ligatures, no soft hyphens, plain spaces.

    Signs that take no room, NULs and other control characters go; every line end, old or new, is a line feed (form
    feeds stay). A soft hyphen at the end of a line joins the word to the next line; with `lines`, for a printed page
    whose lines are counted, it stays there instead for whoever joins them, and so do the signs PDF readers put in its
    place (U+FFFE, U+0002). Mending twice gives the same as mending once.
    """
    if _PLAIN.fullmatch(text):
        return text
    text = _LINE_END.sub("\n", unicodedata.normalize("NFC", text))
    if lines:
        text = re.sub("[\ufffe\x02](?=[ \t]*(?:\n|\\Z))", _SOFT, text)
    text = text.translate(_SIGNS)
    text = _SOFT_INSIDE.sub("", text) if lines else _SOFT_AT_END.sub("", text).replace(_SOFT, "")
    # A letter may be composed only once a joiner is gone, and then stand beside the next one.
    mended = unicodedata.normalize("NFC", text)
    while (again := unicodedata.normalize("NFC", _JOINERS.sub("", mended))) != mended:
        mended = again
    return mended
