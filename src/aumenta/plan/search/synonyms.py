"""Everyday words and what they mean in the plan: read for the search, loaded from the table that Aumenta ships."""

from pathlib import Path

from django.db import transaction

from aumenta.core.search import Synonym
from aumenta.plan.load_frameworks import rows
from aumenta.plan.models import SearchSynonym

FILE = Path(__file__).parent.parent / "data" / "search" / "synonyms.csv"


def parts(text: str) -> tuple[str, ...]:
    """The words of a field, parted by `;`, each once."""
    return tuple(dict.fromkeys(part for piece in text.split(";") if (part := " ".join(piece.split()))))


def read_synonyms() -> list[Synonym]:
    """All everyday words of the database."""
    return [
        Synonym(language, parts(written), parts(meaning))
        for language, written, meaning in SearchSynonym.objects.values_list("language", "written", "meaning")
    ]


@transaction.atomic
def load_synonyms(*, file: Path = FILE) -> int:
    """Fill an empty table with the everyday words that Aumenta ships; returns how many rows were added.

    A table that holds anything is the office's and stays as it is.
    """
    if SearchSynonym.objects.exists():
        return 0
    made = [
        SearchSynonym(language=row["language"], written=row["written"], meaning=row["meaning"]) for row in rows(file)
    ]
    SearchSynonym.objects.bulk_create(made)
    return len(made)
