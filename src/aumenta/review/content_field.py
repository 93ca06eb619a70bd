"""Where versions and proposals keep the content of a sheet.

A version never changes once written, while sheets get new fields: what was written before is read as if the new field
had been left empty.
"""

from typing import Any

from django.db import models

from aumenta.plan.sheet_content import empty_content


class ContentField(models.JSONField):
    """The content of a sheet (plan.sheet_content) with every field of today."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """What is stored, fields that came later as empty; a single key asked for in a query as it is."""
        read = super().from_db_value(value, expression, connection)
        whole = isinstance(read, dict) and "title_it" in read
        return {**empty_content(), **read} if whole else read

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """For migrations it is the plain field it is stored as: a table that never changes is not made anew for it."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs
