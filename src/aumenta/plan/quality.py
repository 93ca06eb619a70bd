"""What the sheets of an edition lack: found by queries, so that a list of a hundred sheets costs as much as one."""

from django.db.models import Exists, OuterRef, Q

from aumenta.plan.models import ActionQuerySet, Alignment, Edition, Involvement

LACKS = ("summary", "for_whom", "description", "actors", "alignments", "funds", "english")


def sheets_lacking(what: str, sheets: ActionQuerySet, edition: Edition) -> ActionQuerySet:
    """Of `sheets`, those of an edition that lack something of LACKS: a summary, what it means for whom, a description
    in Italian, any actor, any alignment, a framework that brings funds, or the English of a text that there is in
    Italian."""
    of = sheets.of(edition)
    alignments = Alignment.objects.filter(action=OuterRef("pk"))
    lacking = {
        "summary": Q(summary_it=""),
        "for_whom": Q(for_whom_it=""),
        "description": Q(description_it=""),
        "actors": ~Exists(Involvement.objects.filter(action=OuterRef("pk"))),
        "alignments": ~Exists(alignments),
        "funds": ~Exists(alignments.filter(item__framework__brings_funds=True)),
        "english": Q(title_en="")
        | (Q(summary_en="") & ~Q(summary_it=""))
        | (Q(for_whom_en="") & ~Q(for_whom_it=""))
        | (Q(description_en="") & ~Q(description_it="")),
    }
    return of.filter(lacking[what])
