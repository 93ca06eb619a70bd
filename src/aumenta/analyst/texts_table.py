"""Tables of texts as the commands `suggest` and `themes` read them, and the plan's texts to compare them with."""

from collections.abc import Sequence
from pathlib import Path

from aumenta.analyst.frame import InputError, about, tell
from aumenta.analyst.language import _
from aumenta.analyst.tables import open_table
from aumenta.core.synthesis.encoders import Opened, open_encoder
from aumenta.core.synthesis.suggest import Reference
from aumenta.core.tables import TableError
from aumenta.core.text.years import edition_label

IN_ITALIAN = {"text": "testo", "code": "codice", "group": "gruppo", "query": "ricerca", "lang": "lingua"}
"""How an Italian table heads the columns that the commands name in English."""


def rows_of(path: Path, needed: Sequence[str], optional: Sequence[str] = (), *, command: str) -> list[dict[str, str]]:
    """The rows of a table with the columns named; other columns are left out.

    A column may be headed in Italian too (`IN_ITALIAN`). Short rows miss their last cells, which are then empty; rows
    without any cell are left out. InputError names row and column of a cell that holds no value, and the row of a text
    that its separator cut.
    """
    headings = {name: (name, IN_ITALIAN.get(name, name)) for name in (*needed, *optional)}
    table = open_table(path, [heading for names in headings.values() for heading in names], command)
    with about(path):
        places = {name: table.needed(headings[name]) for name in needed}
        places |= {name: place for name in optional if (place := table.place(headings[name])) is not None}
        table.check_widths()
        rows = []
        for row in table.rows:
            cells = {name: row.cell(place) for name, place in places.items()}
            for name, cell in cells.items():
                if (fault := cell.fault) is not None:
                    raise TableError.of(fault, row=row.number, column=name)
            rows.append({name: cell.text for name, cell in cells.items()})
    return rows


def references_of(path: Path, *, command: str) -> list[Reference]:
    """A file of references: columns `code`, `group` and `text`, every cell filled."""
    rows = rows_of(path, ("code", "group", "text"), command=command)
    for number, row in enumerate(rows, 1):
        for name, cell in row.items():
            if not cell.strip():
                missing = _("row %(row)d under the header has no %(name)s") % {"row": number, "name": name}
                raise InputError(missing, path)
    if not rows:
        raise InputError(_("there are no rows under the header"), path)
    return [Reference(row["code"].strip(), row["group"].strip(), row["text"]) for row in rows]


def edition_texts(label: str) -> list[Reference]:
    """The texts of an edition of the plan in this installation, in all its languages."""
    import django
    from django.db import DatabaseError

    django.setup()
    from aumenta.plan.models import Edition
    from aumenta.plan.queries import texts_of_edition

    try:
        texts = texts_of_edition(edition_label(label))
    except (Edition.DoesNotExist, DatabaseError) as problem:
        raise edition_error(label, problem) from None
    if not texts:
        raise InputError(_("the edition “%(label)s” has no texts yet") % {"label": label})
    return [Reference(text.code, text.group, text.text) for text in texts]


def edition_error(label: str, problem: Exception) -> InputError:
    """What to say where an edition is not there, or the database isn't. Only after Django was set up."""
    from django.db import DatabaseError

    from aumenta.plan.models import Edition

    if isinstance(problem, DatabaseError):
        said = _("the plan's database cannot be read (%(reason)s); run “aumenta prepare” first")
        return InputError(said % {"reason": problem})
    known = ", ".join(Edition.objects.order_by("label").values_list("label", flat=True)) or _("none yet")
    said = _("there is no edition “%(label)s”; the editions are: %(known)s")
    return InputError(said % {"label": label, "known": known})


def opened_encoder(command: str) -> Opened:
    """The best encoder that starts, with a line on stderr where it is not the best there is."""
    opened = open_encoder()
    if opened.skipped:
        encoder = f"{opened.encoder.name} {opened.encoder.version}"
        reason = "; ".join(one.sentence for one in opened.skipped)
        said = _("using %(encoder)s: %(reason)s") % {"encoder": encoder, "reason": reason}
        tell(command, said)
    return opened
