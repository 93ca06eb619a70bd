"""A package as bytes: tables as CSV, their metadata twice, a README in both languages, all in a zip."""

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from aumenta.core.tables.writing import csv_lines
from aumenta.opendata.package.tables import OF_PLAN, SEPARATOR, Column, Table
from aumenta.plan.models import Edition
from aumenta.ui.files import LICENCE, LICENCE_ADDRESS

PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
DIALECT: Final = {"delimiter": ",", "lineTerminator": "\r\n", "header": True}
CSVW: Final = "http://www.w3.org/ns/csvw"
LEVEL: Final = 6
MARK: Final = "\ufeff"
CSVW_KINDS: Final = {"datetime": "dateTime", "number": "double"}
Cell = str | int | float | None


def write_package(edition: Edition, tables: Sequence[Table], changed_at: datetime) -> bytes:
    """The zip of an edition's open data; `changed_at` is when its state last changed, and the time of every file."""
    files: dict[str, bytes] = {}
    resources = []
    for table in tables:
        name = f"{table.name}.csv"
        files[name] = _csv(table)
        files[f"{name}-metadata.json"] = _json(_csvw(edition, table, name))
        resources.append(_resource(edition, table, name, files[name]))
    files["datapackage.json"] = _json(_descriptor(edition, resources, changed_at))
    files["README.md"] = _readme(edition, tables, changed_at).encode()
    return _zip(files, changed_at)


def _zip(files: dict[str, bytes], changed_at: datetime) -> bytes:
    """In the order of their names, with the time of the state: the same files are the same bytes."""
    moment = timezone.localtime(changed_at)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, files[name])
    return out.getvalue()


def _json(told: Any) -> bytes:
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def _cell(value: Any) -> Cell:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return SEPARATOR.join(str(one) for one in value)
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _csv(table: Table) -> bytes:
    """UTF-8 without a mark, as both descriptions say."""
    names = [column.name for column in table.columns]
    rows = ([_cell(row[name]) for name in names] for row in table.rows)
    return "".join(csv_lines(names, rows)).removeprefix(MARK).encode()


def _licence(edition: Edition, table: Table) -> tuple[str, str] | None:
    """Name and address of a table's licence; None where the authority states none for its texts."""
    if table.whose != OF_PLAN:
        return LICENCE, LICENCE_ADDRESS
    return (edition.licence, edition.licence_address) if edition.licence else None


def _meaning(column: Column) -> str:
    parts = [_(column.meaning)] if column.meaning else []
    return " ".join([*parts, _("(parts separated by |)")] if column.listed else parts)


def _field(column: Column) -> dict[str, Any]:
    told: dict[str, Any] = {"name": column.name, "type": column.kind, "description": _meaning(column)}
    if column.kind == "datetime":
        told["format"] = "any"
    return told


def _resource(edition: Edition, table: Table, name: str, content: bytes) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    told: dict[str, Any] = {
        "name": table.name,
        "type": "table",
        "path": name,
        "title": _(table.title),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": DIALECT,
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema,
    }
    if licence := _licence(edition, table):
        told["licenses"] = [_stated(licence)]
    return told


def _stated(licence: tuple[str, str]) -> dict[str, str]:
    name, address = licence
    # A name of the Open Definition has neither spaces nor capitals to be sure of; the title is as it is stated.
    return {"name": name.replace(" ", "-"), "title": name} | ({"path": address} if address else {})


def _descriptor(edition: Edition, resources: list[dict[str, Any]], changed_at: datetime) -> dict[str, Any]:
    return {
        "$schema": PROFILE,
        "name": f"{edition.plan.slug}-{edition.label}",
        "title": edition.title_it,
        "description": _("The open data of the plan: one table each, with what every column means."),
        "homepage": f"{settings.PUBLIC_ADDRESS}{reverse('site:open_data')}",
        "version": f"1.{edition.revision}.0",
        "created": changed_at.isoformat(timespec="seconds"),
        "contributors": [{"title": edition.plan.authority_it, "roles": ["publisher"]}],
        "sources": [{"title": edition.source or edition.title_it}],
        "resources": resources,
    }


def _csvw(edition: Edition, table: Table, name: str) -> dict[str, Any]:
    columns = [
        {
            "name": column.name,
            "titles": column.name,
            "datatype": CSVW_KINDS.get(column.kind, column.kind),
            "dc:description": _meaning(column),
        }
        for column in table.columns
    ]
    schema: dict[str, Any] = {"columns": columns}
    # CSVW lets no empty cell be part of a key.
    if table.key and all(row[key] not in {None, ""} for row in table.rows for key in table.key):
        schema["primaryKey"] = list(table.key)
    told: dict[str, Any] = {
        "@context": [CSVW, {"@language": "it"}],
        "url": name,
        "dc:title": _(table.title),
        "dc:source": edition.source or edition.title_it,
        "dc:publisher": edition.plan.authority_it,
        "tableSchema": schema,
    }
    licence = _licence(edition, table)
    if licence and licence[1]:
        told["dc:license"] = {"@id": licence[1]}
    return told


def _readme(edition: Edition, tables: Sequence[Table], changed_at: datetime) -> str:
    parts = []
    for language in ("it", "en"):
        with translation.override(language):
            parts.append(_readme_in_language(edition, tables, changed_at))
    return "\n".join(parts)


def _readme_in_language(edition: Edition, tables: Sequence[Table], changed_at: datetime) -> str:
    stated = edition.licence or _("not stated: ask the authority that publishes the plan")
    facts = [
        (_("Source"), edition.source or edition.title_it),
        (_("Publisher"), edition.plan.authority_it),
        (_("Licence of the texts of the plan"), stated),
        (_("Licence of the other tables"), f"{LICENCE} ({LICENCE_ADDRESS})"),
        (_("State of"), changed_at.isoformat(timespec="seconds")),
    ]
    lines = [
        f"# {edition.title_it}",
        "",
        _("The open data of the plan: one table each, with what every column means."),
        "",
        *(f"* {name}: {value}" for name, value in facts),
        "",
        _(
            "CSV in UTF-8 with commas. A text that a spreadsheet would take for a formula has an apostrophe before it. "
            "The metadata are in datapackage.json (Data Package 2) and beside each table (CSVW)."
        ),
        "",
    ]
    rows, licence = _("Rows"), _("Licence")
    for table in tables:
        named = _licence(edition, table)
        said = f"{_(table.title)}. {rows}: {len(table.rows)}. {licence}: {named[0] if named else stated}."
        columns = (f"* `{column.name}` ({column.kind}): {_meaning(column)}" for column in table.columns)
        lines += [f"## {table.name}.csv", "", said, "", *columns, ""]
    return "\n".join(lines)
