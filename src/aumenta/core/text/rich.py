"""The closed rich text of the plan: paragraphs, bold, italic, lists, links and one level of heading, nothing else."""

import html
import re
from typing import Final

import nh3

from aumenta.core.text.plain import plain_text

TAGS: Final = frozenset({"p", "strong", "em", "ul", "ol", "li", "a", "h3"})
SCHEMES: Final = frozenset({"http", "https", "mailto"})

_CLEANER: Final = nh3.Cleaner(
    tags=set(TAGS),
    attributes={"a": {"href"}},
    url_schemes=set(SCHEMES),
    link_rel=None,
    clean_content_tags={"script", "style"},
)
# What word processors and browsers write for the same thing.
_SYNONYMS: Final = re.compile(r"<(/?)(b|i|h1|h2|h4|h5|h6|div)(\s[^<>]*)?>", re.IGNORECASE)
_TAG_OF: Final = {"b": "strong", "i": "em", "div": "p"}
_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
_EMPTY: Final = re.compile(r"<(p|h3|li|ul|ol|strong|em)>(?:\s|&nbsp;|\u00a0)*</\1>")
_STRUCTURE: Final = re.compile(r"<(?:p|h3|ul|ol)\b", re.IGNORECASE)
_BLANK_LINE: Final = re.compile(r"\n\s*\n")


def clean_rich_text(markup: str) -> str:
    """`markup` with only our tags: everything else loses its tag and keeps its words (scripts and styles lose both).

    Text without any block becomes paragraphs, one for each stretch between blank lines; empty blocks go. Cleaning
    twice gives the same as cleaning once.
    """
    text = markup
    # Badly nested markup is mended differently each time it is parsed: go on until nothing moves any more.
    for _ in range(9):
        cleaned = _cleaned_once(text)
        if cleaned == text:
            return text
        text = cleaned
    return _cleaned_once(html.escape(plain_text(text), quote=False))


def _cleaned_once(markup: str) -> str:
    text = _SYNONYMS.sub(_renamed, markup.replace("\r\n", "\n").replace("\x00", ""))
    text = _CLEANER.clean(_BREAK.sub("\n", text)).strip()
    text = _without_empty(text)
    if not text:
        return ""
    if not _STRUCTURE.search(text):
        blocks = [" ".join(block.split()) for block in _BLANK_LINE.split(text)]
        text = "".join(f"<p>{block}</p>" for block in blocks if block)
        # A tag open across two paragraphs is closed in the first by the parser.
        text = _without_empty(_CLEANER.clean(text))
    return text


def paragraphs_of(plain: str) -> str:
    """Plain text as rich text, a paragraph for each stretch between blank lines."""
    return clean_rich_text(html.escape(plain, quote=False))


def _renamed(match: re.Match[str]) -> str:
    name = match[2].lower()
    return f"<{match[1]}{_TAG_OF.get(name, 'h3')}>"


def _without_empty(text: str) -> str:
    previous = None
    while previous != text:
        previous, text = text, _EMPTY.sub("", text).strip()
    return text
