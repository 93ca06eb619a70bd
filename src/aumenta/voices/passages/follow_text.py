"""Passages follow the text they stand in when it is corrected."""

from aumenta.core.text.anchors import moved
from aumenta.voices.models import Passage, Statement


def follow_statement(statement: Statement, before: str, after: str) -> list[Passage]:
    """Move the passages of a statement whose text was `before` and is `after`; returns those that were not found again,
    which are kept, marked as lost. Called inside the verb that changes the text."""
    lost = []
    for passage in Passage.objects.filter(statement=statement):
        span = moved(before, after, passage.span)
        if span is None:
            passage.lost, passage.start, passage.end = True, 0, max(1, len(after))
            lost.append(passage)
        else:
            passage.start, passage.end = span
        passage.save(update_fields=["lost", "start", "end"])
    return lost
