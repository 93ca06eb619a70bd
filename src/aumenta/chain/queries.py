"""The next step of one thing in the chain, for its own page; and what rests on the words of somebody who was heard."""

from dataclasses import dataclass

from aumenta.themes.models import Issue, PaperPart
from aumenta.themes.papers.versions import public_versions
from aumenta.voices.models import Contribution, Passage, Speaker, Statement


def issues_named_in(contribution: Contribution) -> list[Issue]:
    """The issues that readers found in a contribution, where its words are for everybody. One query."""
    passages = Passage.objects.quotable().filter(contribution=contribution)
    rows = Issue.objects.in_use().issues().filter(codings__passage__in=passages, parent__active=True).distinct()
    return list(rows.select_related("parent", "edition").order_by("parent__position", "position"))


@dataclass(frozen=True)
class Touched:
    """What rests on somebody's words: statements that anybody may read, passages given to issues, parts of papers that
    are being written, published versions of papers."""

    statements: int
    passages: int
    parts: int
    versions: int

    def __bool__(self) -> bool:
        return bool(self.statements or self.passages or self.parts or self.versions)


def touched_by(speaker: Speaker) -> Touched:
    """What leaves the site, or has to be written anew, where she takes her consent back. Five queries."""
    own = Passage.objects.filter(statement__speaker=speaker)
    keys = set(own.values_list("pk", flat=True))
    citing = [
        version
        for version in public_versions()
        if any(
            source.get("key") in keys
            for part in version.parts
            for source in part["sources"]
            if source["kind"] == "passage"
        )
    ]
    return Touched(
        Statement.objects.quotable().filter(speaker=speaker).count(),
        own.filter(blind=False, codings__isnull=False).distinct().count(),
        PaperPart.objects.filter(sources__passage__in=keys).distinct().count(),
        len(citing),
    )
