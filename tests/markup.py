"""HTML as a reader meets it: line breaks and indentation of templates do not count where they are not seen."""

import html
import re

import lxml.html

BLOCKS = (
    "address article aside blockquote caption dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr legend li main nav ol optgroup option p section summary table tbody td tfoot th "
    "thead tr ul"
).split()
"""The elements that begin and end a line of their own: white space at their edges is not seen."""

_BLOCK = rf"</?(?:{'|'.join(BLOCKS)})\b[^>]*>"


def squeezed(page: str) -> str:
    """`page` in one line: white space collapsed to one space, and none at the edges of blocks or inside a tag's end."""
    line = re.sub(r" (?=/?>)", "", re.sub(r"\s+", " ", page))
    return re.sub(rf" ?({_BLOCK}) ?", r"\1", line)


def words(page: str) -> str:
    """The words of a page, without its tags, in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def words_in(page: str, language: str) -> str:
    """The words of a page that are said to be in `language`: without what is marked with another, scripts, styles."""
    root = lxml.html.fromstring(page.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    for other in root.xpath("//script | //style | //*[@lang and @lang != $language]", language=language):
        other.drop_tree()
    return " ".join(root.text_content().split())
