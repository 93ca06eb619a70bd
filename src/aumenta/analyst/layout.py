"""`aumenta layout FILE…`: a layout proposed from a document, to be corrected and given to `aumenta extract --layout`.

The layout is printed on the standard output, what was seen and what it reads on the error output.
"""

import argparse
import sys
from pathlib import Path

from aumenta.analyst.extraction_messages import extraction_message, how_many
from aumenta.analyst.frame import InputError
from aumenta.analyst.language import _
from aumenta.core.extraction import ExtractionError
from aumenta.core.extraction.joined_files import JoinedFiles
from aumenta.core.extraction.proposing.layout import ProposedLayout, propose_layout
from aumenta.core.extraction.sources import heights_in, open_source

HELP = _("Propose how a published plan is printed: headings, codes and labels, as a layout (TOML) to be corrected.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The document."""
    parser.add_argument("files", metavar="file", nargs="+", type=Path, help=_("the plan: text, PDF or saved web page"))


def run(options: argparse.Namespace) -> None:
    """Print the layout."""
    path = ", ".join(map(str, options.files))
    try:
        sources = [open_source(file) for file in options.files]
        joined = JoinedFiles([(str(file), source.text) for file, source in zip(options.files, sources, strict=True)])
        heights = heights_in(joined, sources)
        proposed = propose_layout(joined.text, name=options.files[0].stem, path=path, heights=heights)
    except ExtractionError as error:
        raise InputError(extraction_message(error, path)) from None
    print(proposed.toml)
    print(_in_words(proposed), file=sys.stderr)


def _in_words(proposed: ProposedLayout) -> str:
    """What was seen and what the layout reads as it is."""
    lines = [
        _("label “%(label)s”: on %(count)d sheets, read as %(field)s")
        % {"label": label.label, "count": label.sheets, "field": label.field}
        for label in proposed.labels
    ]
    lines += [
        _("perhaps a label, behind # in the layout: “%(label)s”, on %(count)d sheets")
        % {"label": label.label, "count": label.sheets}
        for label in proposed.rare
    ]
    plan = proposed.plan
    if plan is None:
        lines.append(_("As it is, the layout reads nothing: correct the headings."))
    else:
        lines.append(_("As it is, the layout reads %(what)s.") % {"what": how_many(plan)})
    lines.append(_("Save it in a file, correct it, and try it: aumenta extract FILE --layout LAYOUT"))
    return "\n".join(lines)
