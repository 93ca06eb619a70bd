"""The text of a web page, line by line, as somebody would copy it: blocks apart, items with their bullet."""

from __future__ import annotations

import email
import email.policy
import re
from collections import Counter
from email.message import EmailMessage
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

# Where a page may say its own encoding: in a tag of its head.
DECLARED: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
OPENING: Final = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|main|article|section|div|p|"
    rb"h[1-6]|ul|ol|table|span|strong|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
# Not read by anybody who reads the page.
UNSEEN: Final = frozenset({"script", "style", "noscript", "template", "head", "svg", "iframe", "select", "textarea"})
# Around the text, not of it. (A header may hold the title, a form the whole page, a button the heading of a part.)
AROUND: Final = frozenset({"nav", "footer", "aside"})
# The main part of a page is taken alone where it holds at least so much of its text.
MAIN_SHARE: Final = 0.25
BLOCKS: Final = frozenset(
    "address article blockquote body dd details dialog div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 hr main "
    "ol p pre section summary table td th tr ul caption".split()
)
# Pages nest some tens of levels deep; what is deeper is no text for people.
DEEPEST: Final = 400
# A parser's time grows with the square of the levels: what leaves so many elements open is damaged, or made to hurt.
MOST_OPEN: Final = 3000
TAGS: Final = re.compile(r"<(/?)([a-zA-Z][\w:-]*)")
# They end by themselves where the next begins, or have no end.
ENDED_BY_OTHERS: Final = frozenset(
    "area base br col colgroup dd dt embed hr img input li link meta option p param rp rt source tbody td tfoot th "
    "thead tr track wbr".split()
)


def is_html(content: bytes) -> bool:
    """Whether a file begins like a web page."""
    return OPENING.match(content[:8000].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")[:4000]) is not None


def is_web_archive(content: bytes) -> bool:
    """Whether it is a page saved whole in one file (MHTML)."""
    return b"multipart/related" in content[:2000].lower() and b"mime-version:" in content[:2000].lower()


def page_of_archive(content: bytes) -> bytes:
    """The page inside an MHTML file; b"" where there is none."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    for part in message.walk():
        if isinstance(part, EmailMessage) and part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            return page if isinstance(page, bytes) else b""
    return b""


def declared_encoding(content: bytes) -> str:
    """The encoding that the page says it has; "" where it says none."""
    found = DECLARED.search(content[:4000])
    return found[1].decode("ascii").lower() if found else ""


def is_nested_too_deep(markup: str) -> bool:
    """Whether more elements stand open in each other than in any page for people."""
    depth, open_of = 0, Counter[str]()
    for closing, written in TAGS.findall(markup):
        name = written.lower()
        # An end without its beginning closes nothing: it makes no room for the next.
        if name in ENDED_BY_OTHERS or (closing and not open_of[name]):
            continue
        step = -1 if closing else 1
        open_of[name] += step
        depth += step
        if depth > MOST_OPEN:
            return True
    return False


def html_text(markup: str) -> str:
    """The page's text. A block begins and ends its line with a blank one beside it; an item begins with «• »."""
    tree = LexborHTMLParser(markup)
    body = tree.body or tree.root
    if body is None:
        return ""
    text = _Writer(AROUND).write(body)
    main = tree.css_first("main")
    if main is not None:
        part = _Writer(AROUND).write(main)
        text = part if len(part) >= MAIN_SHARE * len(text) else text
    return text if text.strip() else _Writer(frozenset()).write(body)


class _Writer:
    def __init__(self, around: frozenset[str]) -> None:
        self.left_out = UNSEEN | around
        self.lines: list[str] = []
        self.words: list[str] = []

    def write(self, root: LexborNode) -> str:
        """Walk the tree without recursion: a damaged page may be nested very deep."""
        stack: list[tuple[LexborNode, bool, int]] = [(root, False, 0)]
        while stack:
            node, leaving, depth = stack.pop()
            tag = node.tag or ""
            if tag == "-text":
                self.words.append(node.text_content or "")
            elif leaving:
                self._end(tag)
            elif tag not in self.left_out and depth < DEEPEST:
                self._begin(tag)
                stack.append((node, True, depth))
                children = []
                child = node.child
                while child is not None:
                    children.append((child, False, depth + 1))
                    child = child.next
                stack += reversed(children)
        self._line()
        return "\n".join(self.lines)

    def _begin(self, tag: str) -> None:
        if tag == "br":
            self._line()
        elif tag in BLOCKS or tag == "li":
            self._line()
            self._blank()
            if tag == "li":
                self.words.append("• ")

    def _end(self, tag: str) -> None:
        if tag in BLOCKS or tag == "li":
            self._line()
            self._blank()

    def _line(self) -> None:
        """A line's text is one run of words, whatever line ends the markup has."""
        text = " ".join("".join(self.words).split())
        self.words = []
        if text and text != "•":
            self.lines.append(text)
        elif text:
            self.words = ["• "]  # an item whose text begins with a block of its own

    def _blank(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")
