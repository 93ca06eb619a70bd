"""`aumenta themes FILE.csv [--groups N | --headings FILE] [--edition LABEL] [--seed S] [--json]`: group texts.

The JSON has `themes` (`id`, `name`, `keywords`, `quotation`), `items` (`id`, `theme`), one item for each row of FILE in
order, and, where there are any, `no_content`: ids of answers that say nothing («non so»), which `--keep` takes back;
`theme` is null for those, where there is nothing to read, and for all rows where they are too few to group and there is
no plan to list them by. What was not done as asked is said on stderr.
"""

import argparse
from pathlib import Path

from aumenta.analyst.frame import InputError, answer, content_of, json_option, tell
from aumenta.analyst.language import _
from aumenta.analyst.texts_table import edition_texts, opened_encoder, rows_of
from aumenta.core.synthesis.suggest import PlanIndex
from aumenta.core.synthesis.themes import Caveat, CaveatKind, Grouping, Method, propose
from aumenta.core.synthesis.vectors import MemoryCache
from aumenta.core.text import decode, mend
from aumenta.people.reader import in_quotes

MOST_HEADINGS = 100_000
"""Bytes of a file of headings."""
HELP = _("Group the texts of a CSV (columns text and, if there is one, id) into themes with names and keywords.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The texts and how to group them."""
    parser.add_argument("file", type=Path, help=_("CSV with a column text; id names the rows"))
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--groups", type=int, metavar="N", help=_("how many themes, from 1 to 70; else as many as there are")
    )
    how.add_argument("--headings", type=Path, metavar="FILE", help=_("headings to group under, one a line"))
    parser.add_argument("--edition", metavar="LABEL", help=_("project the texts on an edition of the plan: 2021-2023"))
    parser.add_argument(
        "--keep",
        metavar="IDS",
        default="",
        help=_("ids of rows, with commas, that were listed as no content and are not"),
    )
    parser.add_argument("--seed", type=int, default=0, help=_("the same seed gives the same themes (default 0)"))
    json_option(parser)


def run(options: argparse.Namespace) -> None:
    """Group and print."""
    rows = rows_of(options.file, ("text",), ("id",), command="themes")
    headings = _headings(options.headings) if options.headings else []
    if options.groups is not None and not 1 <= options.groups <= 70:
        raise InputError(_("--groups %(number)d: ask for 1 to 70 themes") % {"number": options.groups})
    if options.seed < 0:
        raise InputError(_("--seed %(number)d: a seed is 0 or more") % {"number": options.seed})
    names = [row.get("id", "").strip() or str(number) for number, row in enumerate(rows, 1)]
    taken_back = _places(options.keep, names)
    references = edition_texts(options.edition) if options.edition else []
    opened, cache = opened_encoder("themes"), MemoryCache()
    plan = PlanIndex(references, opened.encoder, cache) if references else None
    texts = [row["text"] for row in rows]
    grouping = propose(
        texts,
        opened.encoder,
        cache,
        plan=plan,
        groups=options.groups,
        headings=headings,
        seed=options.seed,
        taken_back=taken_back,
    )
    for note in _notes(grouping, names):
        tell("themes", note)
    answer(_as_json(grouping, names, texts), options, lambda _shown: _in_words(grouping, texts))


def _places(ids: str, names: list[str]) -> list[int]:
    """Where the rows with these ids are."""
    wanted = [one.strip() for one in ids.split(",") if one.strip()]
    for one in wanted:
        if one not in names:
            raise InputError(_("--keep: no row has the id “%(id)s”") % {"id": one})
    return [place for place, name in enumerate(names) if name in wanted]


def _headings(path: Path) -> list[str]:
    content = content_of(path, MOST_HEADINGS)
    decoded = decode(content).text
    if "\0" in decoded or content.startswith((b"PK\x03\x04", b"%PDF-")):
        raise InputError(_("this is no text: write the headings in a text file, one a line"), path)
    text = mend(decoded)
    headings = list(dict.fromkeys(line.strip() for line in text.split("\n") if line.strip()))
    if not headings:
        raise InputError(_("there are no headings; write one a line"), path)
    return headings


def _notes(grouping: Grouping, names: list[str]) -> list[str]:
    caveats = [_sentence(note) for note in grouping.caveats]
    if grouping.method is Method.NONE:
        caveats.append(_("with --edition they would be listed by strategy"))
    if grouping.left:
        caveats.append(_("nothing to read in: %(rows)s") % {"rows": _some(names, grouping.left)})
    if grouping.no_content:
        caveats.append(
            _("no content in: %(rows)s (to group them all the same: --keep with their ids)")
            % {"rows": _some(names, grouping.no_content)}
        )
    if grouping.outside:
        caveats.append(_("perhaps outside the plan: %(rows)s") % {"rows": _some(names, grouping.outside)})
    return caveats


def _sentence(note: Caveat) -> str:
    sentences = {
        CaveatKind.TOO_MANY_ASKED: _(
            "%(asked)d themes of at least %(least)d voices cannot be made of %(found)d statements"
        ),
        CaveatKind.OTHER_NUMBER: _("the statements fall into %(found)d themes rather than %(asked)d"),
        CaveatKind.TOO_FEW: _("%(found)d different statements are too few to group"),
        CaveatKind.NOT_MADE: _("the %(asked)d themes asked for were not made"),
    }
    return sentences[note.what] % {"asked": note.asked, "found": note.found, "least": note.least}


def _some(names: list[str], places: tuple[int, ...]) -> str:
    return ", ".join(names[place] for place in places[:20]) + (" …" if len(places) > 20 else "")


def _as_json(grouping: Grouping, names: list[str], texts: list[str]) -> dict[str, object]:
    nothing = {"no_content": [names[place] for place in grouping.no_content]} if grouping.no_content else {}
    return {
        "themes": [
            {
                "id": theme.id,
                "name": theme.name,
                "keywords": list(theme.keywords),
                "quotation": texts[theme.quotation] if theme.quotation is not None else "",
            }
            for theme in grouping.themes
        ],
        "items": [{"id": name, "theme": theme} for name, theme in zip(names, grouping.theme_of, strict=True)],
        **nothing,
    }


def _in_words(grouping: Grouping, texts: list[str]) -> str:
    lines = []
    for theme in grouping.themes:
        lines.append(f"{theme.id}. {theme.name} ({len(theme.members)}): {', '.join(theme.keywords)}")
        if theme.quotation is not None:
            lines.append(f"   {in_quotes(texts[theme.quotation])}")
    return "\n".join(lines) or _("No themes.")
