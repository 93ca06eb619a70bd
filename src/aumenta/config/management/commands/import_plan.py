"""`aumenta import-plan FILE… --edition 2021-2023`: a published document becomes an edition of the plan."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from aumenta.analyst.extraction_messages import beginning, extraction_message, problem_name
from aumenta.core.extraction import ExtractionError, read_plan
from aumenta.core.extraction.document import PlanDocument
from aumenta.core.extraction.layout import load_layout
from aumenta.people.reader import in_language
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.plan.import_plan import ImportReport
from aumenta.plan.models import Framework
from aumenta.review.editions.import_edition import import_edition


class Command(BaseCommand):
    """Reads the file, writes the edition in one transaction, says what is new."""

    help = gettext_noop("Import a published plan (text, PDF, web pages or aumenta-plan/1 JSON) into an edition.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The files, the edition, how they are printed, and whether a document that is not whole may be imported."""
        parser.add_argument(
            "files",
            metavar="file",
            nargs="+",
            type=Path,
            help=_("the document: .txt, .pdf, .html or .json; several are one"),
        )
        parser.add_argument("--edition", required=True, help=_("its years, such as 2021-2023"))
        parser.add_argument(
            "--layout", type=Path, help=_("how the plan is printed (TOML), where it isn't a known layout")
        )
        parser.add_argument("--partial", action="store_true", help=_("import what is there and list what is not"))

    def handle(
        self, *, files: list[Path], edition: str, partial: bool, layout: Path | None = None, **options: Any
    ) -> None:
        """Exit status 0 when the database says what the document says, 2 when it was refused and is untouched."""
        try:
            document = read_plan(files, partial=partial, layout=load_layout(layout) if layout else None)
            report = import_edition(document=document, label=edition)
        except ExtractionError as refusal:
            raise CommandError(extraction_message(refusal, ", ".join(map(str, files))), returncode=2) from refusal
        except RefusedError as refusal:
            raise CommandError(refusal_sentence(refusal), returncode=2) from refusal
        self._tell(report, document)

    def _tell(self, report: ImportReport, document: PlanDocument) -> None:
        write = self.stdout.write
        if report.kept:
            write(_("Left as the office has reviewed them: %(codes)s.") % {"codes": ", ".join(report.kept)})
        if report.nothing_new:
            write(
                _("Edition %(label)s already says what the document says: nothing was changed.")
                % {"label": report.edition}
            )
        else:
            write(
                _("Edition %(label)s: %(added)d new, %(changed)d changed.")
                % {"label": report.edition, "added": len(report.added), "changed": len(report.changed)}
            )
        if report.removed:
            write(_("Removed, as only the proposal had them: %(codes)s.") % {"codes": ", ".join(report.removed)})
        if report.absent:
            told = _("The edition has these, the document has not, and they stay: %(codes)s.")
            write(told % {"codes": ", ".join(report.absent)})
        self._tell_new_names(report)
        proposed = sum(action.title_proposed for action in document.actions)
        if proposed:
            write(_("Short titles made from the text, to be confirmed: %(count)d.") % {"count": proposed})
        count = len(document.problems)
        if count:
            write(
                ngettext("%(count)d line found no place:", "%(count)d lines found no place:", count) % {"count": count}
            )
        for problem in document.problems:
            write(
                _("  line %(line)s (%(kind)s): %(text)s")
                % {
                    "line": f"{problem.file}:{problem.line}" if problem.file else problem.line,
                    "kind": problem_name(problem),
                    "text": beginning(problem.text),
                }
            )

    def _tell_new_names(self, report: ImportReport) -> None:
        kinds = {one.code: in_language(one.name_it, one.name_en) for one in Framework.objects.all()}
        kinds["actor"] = _("actor")
        for framework, wording in report.unknown_names:
            self.stdout.write(
                _("A name that no alias knew was added (%(kind)s): %(wording)s")
                % {"kind": kinds.get(framework, framework), "wording": wording}
            )
