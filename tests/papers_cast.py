"""Invented position papers."""

from aumenta.core.text.anchors import Span
from aumenta.plan.models import Edition, Strategy
from aumenta.themes.issues.code_passages import code_passage
from aumenta.themes.models import Paper, PaperPart, PaperVersion
from aumenta.themes.papers.versions import freeze_paper, publish_version
from aumenta.themes.papers.write_paper import Cited, begin_paper, write_part
from tests.cast import somebody
from tests.issues_cast import a_codebook, a_quotable

KINDS = {"paper": "odt", "office-paper": "odt"}
"""The kind of file by the name of its route."""
TITLE = "Documento di prova"


def a_paper(edition: Edition) -> Paper:
    """A paper with a part that rests on an issue and a passage, the verdict on a strategy, and words of the office."""
    if found := Paper.objects.filter(edition=edition).first():
        return found
    office = somebody("editor")
    paper = begin_paper(person=office, edition=edition, kind="position", title_it=TITLE, title_en="Sample paper")
    issue, said = a_codebook(edition)["1.1"], a_quotable(edition, "Di sera non passa nessuno")
    passage = code_passage(person=office, text=said, span=Span(0, len(said.text)), issues=[issue])
    heard = {"kind": "heard", "text_it": "Di sera mancano i treni.", "text_en": "There are no trains at night."}
    write_part(person=office, paper=paper, facts=heard, cited=Cited(issues=[issue], passages=[passage]))
    strategy = Strategy.objects.of(edition)[0]
    verdict = {"kind": "verdict", "strategy": strategy, "verdict": "changed", "text_it": "Perché i treni mancano."}
    write_part(person=office, paper=paper, facts=verdict, cited=Cited(documents=["Rapporto 2020, p. 12"]))
    own = {"kind": "other", "text_it": "Grazie a chi ha parlato.", "own": True}
    write_part(person=office, paper=paper, facts=own, cited=Cited())
    return paper


def a_paper_part(edition: Edition) -> PaperPart:
    """Its first part."""
    part = a_paper(edition).parts.first()
    assert part is not None
    return part


def a_frozen_paper(edition: Edition) -> PaperVersion:
    """Its first version, which only the office sees."""
    paper = a_paper(edition)
    return paper.versions.first() or freeze_paper(person=somebody("approver"), paper=paper)


def a_published_paper(edition: Edition) -> PaperVersion:
    """Its first version, on the site where its edition is."""
    version = a_frozen_paper(edition)
    if version.published_at or not edition.is_public:
        return version
    return publish_version(person=somebody("approver"), version=version)


def a_changed_paper(edition: Edition) -> PaperVersion:
    """Its second version, on the site where its edition is, after the first."""
    paper = a_published_paper(edition).paper
    if found := paper.versions.filter(number=2).first():
        return found
    own = {"kind": "other", "text_it": "E a chi ha scritto.", "own": True}
    write_part(person=somebody("editor"), paper=paper, facts=own, cited=Cited())
    made = freeze_paper(person=somebody("approver"), paper=paper)
    return publish_version(person=somebody("approver"), version=made) if edition.is_public else made


def paper_place(edition: Edition, key: str, name: str) -> int:
    """What stands in the address of a paper: its key, or the number of a version."""
    second = a_changed_paper(edition)
    if key == "paper":
        return second.paper_id
    return second.number if name == "site:paper_changes" else 1
