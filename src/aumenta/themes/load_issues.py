"""Loads the issues that a bundled plan names in print, into an edition that has no codebook yet."""

from pathlib import Path
from typing import Final

from django.db import transaction

from aumenta.plan.load_frameworks import rows
from aumenta.plan.models import Edition
from aumenta.themes.models import Issue

FOLDER: Final = Path(__file__).parent / "data" / "torino"
ORIGIN: Final = "Piano strategico metropolitano 2021-2023, fig. 2"
"""The document; the titles are short words of ours, in the order in which it prints them."""


@transaction.atomic
def load_issues(*, edition: Edition, folder: Path = FOLDER) -> int:
    """Load the headings and issues; returns how many issues there are, 0 where the edition has a codebook already."""
    if Issue.objects.filter(edition=edition).exists():
        return 0
    headings: dict[str, Issue] = {}
    issues = []
    for row in rows(folder / "issues.csv"):
        titles = {"title_it": row["title_it"], "title_en": row["title_en"], "origin": ORIGIN}
        if row["issue"]:
            place = {"parent": headings[row["heading"]], "position": int(row["issue"])}
            issues.append(Issue(edition=edition, **place, **titles))
        else:
            made = Issue.objects.create(edition=edition, position=int(row["heading"]), **titles)
            headings[row["heading"]] = made
    return len(Issue.objects.bulk_create(issues))
