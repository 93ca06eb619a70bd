"""A position paper on invented interviews, for trying the site out; every page of it says so."""

from typing import Final

from django.db import transaction

from aumenta.people.models import User
from aumenta.themes.models import Coding, Issue, Paper
from aumenta.themes.papers.versions import freeze_paper, publish_version
from aumenta.themes.papers.write_paper import Cited, begin_paper, write_part
from aumenta.voices.models import Passage

HEARD: Final = (
    (
        "1.14",
        "Di sera, chi vive lontano dalla città si muove solo in macchina.",
        "At night, whoever lives far from town can only drive.",
    ),
    ("6.9", "Chi è giovane se ne va, e chi resta lo dice.", "Young people leave, and those who stay say so."),
)
"""Invented, as the interviews are: the issue, the words in both languages."""
PROPOSED: Final = ("Provare tre sere la settimana una corsa a chiamata.", "Try a bus on call on three nights a week.")
OWN: Final = ("Questo documento serve solo a provare il sito.", "This paper is only there to try the site out.")


@transaction.atomic
def make_demo_paper(*, person: User, colleague: User) -> bool:
    """Make it once, where invented interviews were given to issues; whether it was made."""
    passages = Passage.objects.counted().filter(statement__talk__invented=True, codings__issue__active=True)
    coded = Coding.objects.filter(passage__in=passages).select_related("issue__edition").first()
    if coded is None or Paper.objects.exists():
        return False
    edition = coded.issue.edition
    issues = {one.code: one for one in Issue.objects.in_use().issues().filter(edition=edition).select_related("parent")}
    title_it, title_en = (
        "Prova inventata: muoversi di sera e restare",
        "Invented sample: getting about at night, and staying",
    )
    paper = begin_paper(person=person, edition=edition, kind="position", title_it=title_it, title_en=title_en)
    own = {"kind": "other", "text_it": OWN[0], "text_en": OWN[1], "own": True}
    write_part(person=person, paper=paper, facts=own, cited=Cited())
    for code, text_it, text_en in HEARD:
        found = passages.filter(codings__issue=issues[code]).select_related("statement").order_by("-pk")
        # Two talks may say the same sentence: a page would quote it twice.
        said = list({one.words: one for one in found}.values())[:2]
        facts = {"kind": "heard", "text_it": text_it, "text_en": text_en}
        write_part(person=person, paper=paper, facts=facts, cited=Cited(issues=[issues[code]], passages=said))
    facts = {"kind": "proposed", "text_it": PROPOSED[0], "text_en": PROPOSED[1]}
    write_part(person=person, paper=paper, facts=facts, cited=Cited(issues=[issues[HEARD[0][0]]]))
    publish_version(person=colleague, version=freeze_paper(person=colleague, paper=paper))
    return True
