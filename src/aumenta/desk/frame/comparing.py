"""The texts of an axis, a strategy or a new action side by side."""

from collections.abc import Mapping
from typing import Any

from aumenta.core.diff import diff_words
from aumenta.desk.frame.forms import LABELS
from aumenta.desk.proposals.comparing import readable


def compare_texts(old: Mapping[str, str], new: Mapping[str, str]) -> list[dict[str, Any]]:
    """The texts that differ, as the page of a sheet's proposal draws them, in the form's order."""
    fields = []
    for name, label in LABELS.items():
        before, after = old.get(name, ""), new.get(name, "")
        if before != after:
            before, after = readable(before), readable(after)
            fields.append(
                {
                    "name": name,
                    "label": label,
                    "language": name[-2:],
                    "spans": diff_words(before, after),
                    "only_layout": before == after,
                }
            )
    return fields
