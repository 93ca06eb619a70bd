"""The database refuses to change a version or an entry of the log.

On SQLite a migration that rebuilds one of the two tables drops its trigger: such a migration runs `make` again.
"""

from django.db import migrations

KEPT = {
    "review_version": "edition_id, code, number, origin, content, content_hash, approved_by_id, author_id, reason, made_at",
    "review_activityentry": "at, person_id, code, subject, detail",
}
MESSAGE = "what was approved or logged never changes"


def make(apps, schema_editor):
    for table, columns in KEPT.items():
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE OR REPLACE FUNCTION {table}_immutable() RETURNS trigger AS $$ "
                f"BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$ "
                "LANGUAGE plpgsql",
                params=None,
            )
            schema_editor.execute(
                f"CREATE TRIGGER {table}_immutable BEFORE UPDATE OF {columns} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {table}_immutable()",
                params=None,
            )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER IF NOT EXISTS {table}_immutable BEFORE UPDATE OF {columns} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
                params=None,
            )


def unmake(apps, schema_editor):
    for table in KEPT:
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_immutable{on}", params=None)


class Migration(migrations.Migration):
    dependencies = [("review", "0001_initial")]
    operations = [migrations.RunPython(make, unmake)]
