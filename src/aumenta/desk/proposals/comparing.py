"""Two contents side by side, field by field: what the review page and the comparison of versions draw."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import Truncator, capfirst

from aumenta.core.diff import diff_lists, diff_words
from aumenta.core.text import clean_rich_text, plain_text
from aumenta.pages.models import Page, PageDraft
from aumenta.pages.write_page import LINES, PageContent
from aumenta.pages.write_page import RICH as RICH_OF_PAGES
from aumenta.people.reader import in_quotes, reader_language
from aumenta.plan.near_names import NearNames
from aumenta.plan.sheet_content import LISTS, RICH, TEXTS, normal_content
from aumenta.review.field_names import FIELD_LABELS
from aumenta.review.sentences import RowNames

_BLOCK_ENDS = ("</p>", "</li>", "</h3>")
_LONGEST_SHOWN = 400


def readable(markup: str) -> str:
    """Rich text as a person reads it, a line for each paragraph and each entry of a list."""
    text = markup
    for end in _BLOCK_ENDS:
        text = text.replace(end, f"{end}\n")
    return "\n".join(line for line in (plain_text(part) for part in text.split("\n")) if line)


def compare_pages(old: Page, new: Page) -> list[dict[str, Any]]:
    """The texts of a page that differ, in the form's order, as `compare_contents` gives those of a sheet."""
    fields = []
    for name in (*LINES, *RICH_OF_PAGES):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            if name in RICH_OF_PAGES:
                before, after = readable(before), readable(after)
            label = getattr(Page._meta.get_field(name), "verbose_name", name)
            same, spans = before == after, diff_words(before, after)
            fields.append(
                {"name": name, "label": capfirst(label), "language": name[-2:], "spans": spans, "only_layout": same}
            )
    return fields


def page_changes(theirs: Page | PageDraft, mine: PageContent) -> list[str]:
    """A line for each text of a page that differs: that which is there, then hers."""
    lines = []
    for name in (*LINES, *RICH_OF_PAGES):
        before, after = str(getattr(theirs, name)), str(getattr(mine, name))
        if name in RICH_OF_PAGES:
            before, after = readable(before), readable(clean_rich_text(after))
        if before.split() != after.split():
            label = capfirst(getattr(Page._meta.get_field(name), "verbose_name", name))
            shown = [Truncator(" ".join(text.split())).chars(_LONGEST_SHOWN) for text in (before, after)]
            lines.append(f"{label}: {in_quotes(shown[0])} → {in_quotes(shown[1])}")
    return lines


def compare_contents(
    old: Mapping[str, Any], new: Mapping[str, Any], names: RowNames | None = None
) -> list[dict[str, Any]]:
    """The fields that differ, each with the spans of its texts or the changes of its list, in the sheet's order.

    Whoever compares many pairs gives the `names` of all, read once.
    """
    old, new = normal_content(old), normal_content(new)
    names = names or RowNames([old, new], reader_language())
    fields: list[dict[str, Any]] = []
    for text in TEXTS:
        if old[text] != new[text]:
            before, after = (readable(c[text]) if text in RICH else c[text] for c in (old, new))
            fields.append(
                {
                    "name": text,
                    "label": FIELD_LABELS[text],
                    "language": text[-2:],
                    "spans": diff_words(before, after),
                    "only_layout": before == after,
                }
            )
    for name in LISTS:
        if old[name] != new[name]:
            before_rows, after_rows = ([names.words(name, row) for row in c[name]] for c in (old, new))
            changes = diff_lists(before_rows, after_rows)
            fields.append({"name": name, "label": FIELD_LABELS[name], "changes": changes})
    return fields


def new_actors(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The actors that a proposal would add to the plan, each with the one that may have been meant, "" for none."""
    near = NearNames()
    return [(row["printed"], near.actor(row["printed"])) for row in content["actors"] if not row["actor"]]
