"""What goes along where nobody asked for people: docs/fields.md says which field is personal, the rest follows.

A personal text becomes a dash, anything else that is personal is emptied. Where a row can't be without what it says of
a person, it stays behind, and with it whatever can't be without that row. Accounts become numbers without a name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.db import models
from django.db.models import CheckConstraint, Model, Q, UniqueConstraint

FIELDS: Final = Path(__file__).with_name("fields.md")
ROW: Final = re.compile(r"^\| `([\w.]+)` \|(.*?)\|(.*?)\|(.*?)\|$", re.MULTILINE)
CLASSES: Final = ("public", "office", "personal")
ACCOUNT: Final = "people.User"
"""Its rows are not left behind: others need them, as numbers."""
LEFT_BEHIND: Final = frozenset({"admin.LogEntry", "django_tasks_database.DBTaskResult", "review.Presence"})
"""Tables of which nothing is left once what is personal is gone."""
UNTOLD: Final = "–"
"""Stands where a text was: a rule that asks for words is kept, and nobody takes it for a text."""
Field = models.Field[Any, Any]


@cache
def kinds() -> dict[str, str]:
    """Field («room.Model.field») → public, office or personal, as docs/fields.md says it."""
    return {
        f"{model}.{name}": kind
        for model, *lists in ROW.findall(FIELDS.read_text(encoding="utf-8"))
        for kind, names in zip(CLASSES, lists, strict=True)
        for name in names.split()
    }


def kind_of(field: Field) -> str:
    """The class of a field; what the page does not know is personal, unless it is the number the database counts by."""
    if field.primary_key and isinstance(field, models.AutoField):
        return "office"
    return kinds().get(f"{field.model._meta.label}.{field.name}", "personal")


@dataclass(frozen=True)
class Without:
    """What an export without people leaves out: tables whole, fields emptied, texts that become a dash."""

    tables: frozenset[str]
    emptied: dict[str, dict[str, Any]]
    """Table → field → what stands there."""
    texts: dict[str, frozenset[str]]

    def row(self, model: type[Model], row: dict[str, Any]) -> dict[str, Any]:
        """A row as it goes along."""
        label = model._meta.label
        told = row | self.emptied.get(label, {})
        told |= {name: UNTOLD for name in self.texts.get(label, ()) if told[name]}
        return told | {"email": f"{row['id']}@account.invalid", "password": "!"} if label == ACCOUNT else told


def without_people(tables: list[type[Model]]) -> Without:
    """What stays behind, worked out from the fields of today."""
    out: set[str] = set(LEFT_BEHIND)
    emptied: dict[str, dict[str, Any]] = {}
    texts: dict[str, set[str]] = {}
    for model in tables:
        label = model._meta.label
        for field in model._meta.concrete_fields:
            if kind_of(field) != "personal" or label == ACCOUNT:
                continue
            if _is_unique(field):
                out.add(label)
            elif _is_account(field):
                if field.null and not _is_checked(field):
                    emptied.setdefault(label, {})[field.attname] = None
            elif isinstance(field, models.CharField | models.TextField) and not field.choices:
                texts.setdefault(label, set()).add(field.attname)
            elif (field.null or field.has_default()) and not _is_checked(field):
                emptied.setdefault(label, {})[field.attname] = None if field.null else field.get_default()
            else:
                out.add(label)
    _follow(tables, out, emptied)
    emptied[ACCOUNT] = _nobody()
    return Without(frozenset(out), emptied, {label: frozenset(names) for label, names in texts.items()})


def _is_account(field: Field) -> bool:
    return bool(field.remote_field) and field.related_model is apps.get_model(ACCOUNT)


def _is_unique(field: Field) -> bool:
    """Whether rows are told apart by this field: then they are about what it says."""
    meta = field.model._meta
    together = [set(rule.fields) for rule in meta.constraints if isinstance(rule, UniqueConstraint)]
    together += [set(names) for names in meta.unique_together]
    return field.unique or any(field.name in names for names in together)


def _is_checked(field: Field) -> bool:
    """Whether a rule of the table says what may stand in this field."""
    checks = (rule.condition for rule in field.model._meta.constraints if isinstance(rule, CheckConstraint))
    return any(field.name in _names(condition) for condition in checks)


def _names(condition: Any) -> Iterator[str]:
    if isinstance(condition, Q):
        for part in condition.children:
            yield from _names(part)
    elif isinstance(condition, tuple):
        yield condition[0].partition("__")[0]


def _follow(tables: list[type[Model]], out: set[str], emptied: dict[str, dict[str, Any]]) -> None:
    """What leads to a row that stays behind leads nowhere, or stays behind too."""
    before = -1
    while before != len(out):
        before = len(out)
        for model in tables:
            for field in model._meta.concrete_fields:
                other = field.related_model
                if not other or other._meta.label not in out:
                    continue
                if field.null and not _is_checked(field):
                    emptied.setdefault(model._meta.label, {})[field.attname] = None
                else:
                    out.add(model._meta.label)


def _nobody() -> dict[str, Any]:
    """What an account says of its person: nothing; it can't be used either."""
    told: dict[str, Any] = {}
    for field in apps.get_model(ACCOUNT)._meta.concrete_fields:
        if field.primary_key or field.name in {"email", "password"}:
            continue
        match field:
            case models.BooleanField():
                told[field.attname] = False
            case models.DateTimeField() if not field.null:
                told[field.attname] = "2000-01-01T00:00:00Z"
            case models.CharField() | models.TextField():
                told[field.attname] = field.get_default() if field.has_default() else ""
            case _:
                told[field.attname] = None
    return told
