"""A table whose rows the database itself refuses to change: for the migrations of the rooms that have one."""

from collections.abc import Sequence
from typing import Any

from django.db import migrations

MESSAGE = "what was approved or logged never changes"


def never_changes(table: str, columns: Sequence[str]) -> migrations.RunPython:
    """The operation that makes the database refuse every UPDATE of `columns` of `table`.

    On SQLite a later migration that rebuilds the table drops its trigger: such a migration has this operation again.
    """
    name, listed = f"{table}_immutable", ", ".join(columns)

    def make(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ "
                f"BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$ "
                "LANGUAGE plpgsql",
                params=None,
            )
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE UPDATE OF {listed} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
                params=None,
            )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE UPDATE OF {listed} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
                params=None,
            )

    def unmake(apps: Any, schema_editor: Any) -> None:
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}", params=None)

    return migrations.RunPython(make, unmake)
