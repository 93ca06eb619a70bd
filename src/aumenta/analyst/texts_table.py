"""CSV files of texts as the commands `suggest` and `themes` read them, and the plan's texts to compare them with."""

import csv
import sys
from collections.abc import Sequence
from pathlib import Path

from aumenta.analyst.language import _
from aumenta.core.synthesis.encoders import Opened, open_encoder
from aumenta.core.synthesis.suggest import Reference


class TableError(ValueError):
    """The file cannot be read as asked; the message says what, where and what to do."""


def rows_of(path: Path, needed: Sequence[str], optional: Sequence[str] = ()) -> list[dict[str, str]]:
    """The rows of a CSV (comma, semicolon or tab; UTF-8) with the columns named; other columns are left out.

    Short rows miss their last cells, which are then empty; rows without any cell are left out.
    """
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    try:
        text = path.read_text(encoding="utf-8-sig", errors="strict")
    except OSError as problem:
        raise TableError(
            _("%(path)s: the file cannot be read (%(reason)s)") % {"path": path, "reason": problem.strerror}
        ) from None
    except UnicodeDecodeError:
        raise TableError(
            _("%(path)s: the file is not UTF-8 text: save it again as CSV UTF-8") % {"path": path}
        ) from None
    header_line = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header_line.count)
    reader = csv.reader(text.replace("\x00", "").splitlines(keepends=True), delimiter=delimiter)
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        for name in needed:
            if name not in header:
                there = ", ".join(header) or _("none, the file is empty")
                raise TableError(
                    _("%(path)s: there is no column «%(name)s»; the columns are: %(there)s")
                    % {"path": path, "name": name, "there": there}
                )
        places = {name: header.index(name) for name in (*needed, *optional) if name in header}
        rows = []
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append({name: row[place] if place < len(row) else "" for name, place in places.items()})
    except csv.Error as problem:
        raise TableError(
            _("%(path)s: line %(line)d: this is not well-formed CSV (%(reason)s)")
            % {"path": path, "line": reader.line_num, "reason": problem}
        ) from None
    return rows


def references_of(path: Path) -> list[Reference]:
    """A file of references: columns `code`, `group` and `text`, every cell filled."""
    rows = rows_of(path, ("code", "group", "text"))
    for number, row in enumerate(rows, 1):
        for name, cell in row.items():
            if not cell.strip():
                raise TableError(
                    _("%(path)s: row %(row)d under the header has no %(name)s")
                    % {"path": path, "row": number, "name": name}
                )
    if not rows:
        raise TableError(_("%(path)s: there are no rows under the header") % {"path": path})
    return [Reference(row["code"].strip(), row["group"].strip(), row["text"]) for row in rows]


def edition_texts(label: str) -> list[Reference]:
    """The texts of an edition of the plan in this installation, in all its languages."""
    import django
    from django.db import DatabaseError

    django.setup()
    from aumenta.plan.models import Edition
    from aumenta.plan.queries import texts_of_edition

    try:
        texts = texts_of_edition(label)
    except Edition.DoesNotExist:
        known = ", ".join(Edition.objects.order_by("label").values_list("label", flat=True)) or _("none yet")
        raise TableError(
            _("there is no edition «%(label)s»; the editions are: %(known)s") % {"label": label, "known": known}
        ) from None
    except DatabaseError as problem:
        raise TableError(
            _("the plan's database cannot be read (%(reason)s); run «aumenta prepare» first") % {"reason": problem}
        ) from None
    if not texts:
        raise TableError(_("the edition «%(label)s» has no texts yet") % {"label": label})
    return [Reference(text.code, text.group, text.text) for text in texts]


def opened_encoder(command: str) -> Opened:
    """The best encoder that starts, with a line on stderr where it is not the best there is."""
    opened = open_encoder()
    if opened.skipped:
        encoder = f"{opened.encoder.name} {opened.encoder.version}"
        reason = "; ".join(one.sentence for one in opened.skipped)
        said = _("using %(encoder)s: %(reason)s") % {"encoder": encoder, "reason": reason}
        print(f"aumenta {command}: {said}", file=sys.stderr)
    return opened
