"""A text with passages marked in it, which may overlap."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


def marked_text(text: str, spans: Sequence[tuple[int, int]]) -> SafeString:
    """The text, escaped, with `<mark>` around what any of the spans covers.

    Spans are code points; what is outside of the text is left out.
    """
    covered: list[tuple[int, int]] = []
    for start, end in sorted((max(0, start), min(len(text), end)) for start, end in spans):
        if start >= end:
            continue
        if covered and start <= covered[-1][1]:
            covered[-1] = (covered[-1][0], max(end, covered[-1][1]))
        else:
            covered.append((start, end))
    ends = [0, *(end for _start, end in covered)]
    plain = [(text[before:start], text[start:end]) for before, (start, end) in zip(ends, covered, strict=False)]
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", plain), text[ends[-1] :])
