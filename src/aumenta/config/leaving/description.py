"""What an exported folder says of itself: a Data Package (v2) of JSON Lines, and a README in both languages."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final

from django.db import models
from django.db.models import Model
from django.utils import translation
from django.utils.translation import gettext as _

from aumenta.config.leaving.personal import kind_of
from aumenta.config.leaving.rows import columns

FORMAT: Final = "aumenta-installation/1"
DESCRIPTION: Final = "datapackage.json"
README: Final = "README.md"
TABLES, MEDIA = "tables", "media"
PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
TYPES: Final[dict[str, tuple[type[models.Field[Any, Any]], ...]]] = {
    "boolean": (models.BooleanField,),
    "integer": (models.IntegerField, models.AutoField),
    "number": (models.FloatField,),
    "datetime": (models.DateTimeField,),
    "date": (models.DateField,),
    "time": (models.TimeField,),
    "any": (models.JSONField,),
}
"""How a Data Package names the types; what is not here is a text. A moment is a day too, so the order counts."""


@dataclass(frozen=True)
class File:
    """A written file: where it is in the folder, its SHA-256, its bytes; of a table, its rows too."""

    path: str
    digest: str
    size: int
    rows: int = 0


def written_table(model: type[Model], file: File) -> dict[str, Any]:
    """A table as a resource of the package."""
    meta = model._meta
    return {
        "name": meta.label_lower.replace(".", "-"),
        "title": str(meta.verbose_name_plural),
        "path": file.path,
        "format": "jsonl",
        "mediatype": "application/jsonl",
        "encoding": "utf-8",
        "hash": f"sha256:{file.digest}",
        "bytes": file.size,
        "rows": file.rows,
        "schema": {
            # In the order in which the lines have them: readers take the columns from the first line.
            "fields": sorted((_written_field(field) for field in columns(model)), key=itemgetter("name")),
            # An empty text is a text; what is missing is null.
            "missingValues": [],
            "primaryKey": [meta.pk.attname] if meta.pk else [],
            "foreignKeys": list(_ties(model)),
        },
    }


def _written_field(field: models.Field[Any, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": field.attname,
        "type": type_of(field),
        "title": str(field.verbose_name),
        "class": kind_of(field),
    }
    if isinstance(_told(field), models.BinaryField):
        told["description"] = "base64"
    if not field.null:
        told["constraints"] = {"required": True}
    return told


def _told(field: models.Field[Any, Any]) -> models.Field[Any, Any]:
    """The field that says what a value is: of a tie, the key it leads to."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    return field


def type_of(field: models.Field[Any, Any]) -> str:
    """The type of a column, in the words of Data Package."""
    told = _told(field)
    return next((name for name, kinds in TYPES.items() if isinstance(told, kinds)), "string")


def _ties(model: type[Model]) -> Iterable[dict[str, Any]]:
    for field in columns(model):
        if isinstance(field, models.ForeignKey):
            other = field.related_model
            yield {
                "fields": [field.attname],
                "reference": {
                    "resource": other._meta.label_lower.replace(".", "-"),
                    "fields": [field.target_field.attname],
                },
            }


def package(about: dict[str, Any], resources: Sequence[dict[str, Any]]) -> bytes:
    """The description of the folder as JSON; what leads to a table without a file is no tie of the package."""
    names = {one["name"] for one in resources}
    for one in resources:
        ties = one["schema"]["foreignKeys"]
        one["schema"]["foreignKeys"] = [tie for tie in ties if tie["reference"]["resource"] in names]
    told = {
        "$schema": PROFILE,
        "name": "aumenta-installation",
        "title": "Aumenta: a whole installation",
        "aumenta": about,
        "resources": resources,
    }
    return f"{json.dumps(told, ensure_ascii=False, indent=1)}\n".encode()


def readme(about: dict[str, Any], resources: Sequence[dict[str, Any]]) -> bytes:
    """What the folder is, in both languages, and its tables."""
    parts = []
    for language in ("it", "en"):
        with translation.override(language):
            parts.append(_readme(about, resources))
    return "\n".join(parts).encode()


def _readme(about: dict[str, Any], resources: Sequence[dict[str, Any]]) -> str:
    people = (
        _("With what is personal: keep it as you keep the database itself, and delete it when it has served.")
        if about["people"]
        else _("Without what is personal: accounts are numbers, and rows that are about a person stayed behind.")
    )
    title, tables, rows = _("A whole installation of Aumenta"), _("Tables of the database"), _("rows")
    return "\n".join(
        [
            f"# {title}",
            "",
            _("Each table is a file of JSON Lines (UTF-8, one row a line) in tables/; uploads are in media/."),
            _(
                "datapackage.json says what every column is, how tables lead to one another, "
                "and the SHA-256 of each file."
            ),
            _("Moments are in UTC, bytes in base64. An empty installation takes it in: aumenta import FOLDER."),
            people,
            "",
            f"## {tables}",
            "",
            *(f"* `{one['path']}`: {one['rows']} {rows}" for one in resources),
            "",
        ]
    )
