"""The closed rich text of the plan: paragraphs, bold, italic, lists, links and one level of heading, nothing else."""

import html
import re
from typing import Final

import nh3

from aumenta.core.text.pasted import readable
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
# Anything but our own tags as we write them: it is read as what it looks like before it is cleaned.
_FOREIGN: Final = re.compile(
    r"<(?!/?(?:p|strong|em|ul|ol|li|h3)>|a href=\"[^\"]*\">|/a>)[a-z!?/]|<p>[·•§o\u2013-](?:&nbsp;|[ \u00a0]){2}",
    re.IGNORECASE,
)
_EMPTY: Final = re.compile(r"<(p|h3|li|ul|ol|strong|em)>(?:\s|&nbsp;|\u00a0)*</\1>")
_STRUCTURE: Final = re.compile(r"<(?:p|h[1-6]|ul|ol|li|div|table|tr|td|th|br|pre)\b", re.IGNORECASE)
_BULLET: Final = re.compile("[·•▪‣◦●■○\uf0b7\uf0a7][ \t\u00a0]+|[o§\u2013-][ ]?\t+[ ]*")
_NUMBER_THEN_TAB: Final = re.compile(r"^(\(?(?:\d{1,3}|[a-zA-Z])[.)])\t+")
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
    text = markup.replace("\r\n", "\n").replace("\x00", "")
    if _FOREIGN.search(text):
        text = readable(text if _STRUCTURE.search(text) else _BLANK_LINE.sub("<br>", text))
    text = _without_empty(_CLEANER.clean(text))
    if text.strip() and not _STRUCTURE.search(text):
        # A tag open across two paragraphs is closed in the first by the parser.
        text = _without_empty(_CLEANER.clean("".join(map(_block, _BLANK_LINE.split(text)))))
    return text.strip()


def _block(text: str) -> str:
    """A stretch of lines as one paragraph; rows with tabs, and lines with a bullet, each for itself."""
    lines = [line for line in text.split("\n") if line.strip()]
    if not any("\t" in line.strip() or _BULLET.match(line.lstrip()) for line in lines):
        return f"<p>{' '.join(text.split())}</p>"
    table = len(lines) > 1 and all("\t" in line for line in lines)
    pieces = []
    for line in lines:
        words = line.strip()
        if bullet := _BULLET.match(words):
            pieces.append(f"<ul><li>{' '.join(words[bullet.end() :].split())}</li></ul>")
            continue
        words = _NUMBER_THEN_TAB.sub(r"\1 ", line.rstrip() if table else words)
        cells = [" ".join(cell.split()) or "\u2013" for cell in words.split("\t")]
        pieces.append(f"<p>{' | '.join(cells)}</p>")
    return "".join(pieces).replace("</ul><ul>", "")


def paragraphs_of(plain: str) -> str:
    """Plain text as rich text, a paragraph for each stretch between blank lines."""
    return clean_rich_text(html.escape(plain, quote=False))


def _without_empty(text: str) -> str:
    previous = None
    while previous != text:
        previous, text = text, _EMPTY.sub("", text).strip(" \n\r\f")
    return text
