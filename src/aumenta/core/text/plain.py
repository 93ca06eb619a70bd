"""Texts without marks, and keys under which different spellings of one name meet."""

import html
import re
import unicodedata

_BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|blockquote|ul|ol)>|<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"\s+")
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
_DASHES = str.maketrans({"–": "-", "—": "-", "‐": "-", "‑": "-"})
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "«": '"', "»": '"'})


def plain_text(markup: str) -> str:
    """The words of our closed rich text, blocks separated by one space, character references resolved."""
    return _SPACE.sub(" ", html.unescape(_TAG.sub("", _BLOCK_END.sub(" ", markup)))).strip()


def fold(text: str) -> str:
    """A text without case or accents: «Città» and «citta» are one."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def name_key(wording: str) -> str:
    """The key of a name: no case, accents, typographic signs or doubled spaces, and no full stop at its end.

    >>> name_key("  Centri di ricerca e  TT.") == name_key("centri di Ricerca e TT")
    True
    """
    text = fold(wording.translate(_DASHES).translate(_APOSTROPHES))
    return _SPACE.sub(" ", text).strip().rstrip(".;,").strip()


def whole_number(text: str) -> int | None:
    """The whole number a person typed, from 0 to nine figures; None for anything else, such as «²» or «-1».

    For keys and pages that come with an address or a form: a database refuses what is longer.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None


def slug(wording: str, *, longest: int = 120, nothing: str = "x") -> str:
    """A short name for addresses: ASCII letters, digits and hyphens, cut at a word; `nothing` where none is left."""
    words = re.findall(r"[a-z0-9]+", name_key(wording).encode("ascii", "ignore").decode())
    text = "-".join(words)
    if len(text) > longest:
        text = text[:longest].rsplit("-", 1)[0]
    return text or nothing


def can_be_kept(text: str) -> bool:
    """Whether every database we run on takes the text: without NUL, and without halves of letters, which JSON can
    name."""
    return _UNKEEPABLE.search(text) is None
