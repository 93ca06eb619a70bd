"""The database itself refuses that somebody who wrote in a proposal decides on it: for the room's migrations.

Its author is kept out by a constraint; who else wrote in it stands in another table, which no constraint can ask.
"""

from typing import Any

from django.db import migrations

_WROTE = "SELECT 1 FROM review_drafteditor WHERE proposal_id = NEW.id AND person_id = NEW.decided_by_id"
_MESSAGE = "whoever wrote in a proposal does not decide on it"


def _make(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION review_writers_do_not_decide() RETURNS trigger AS $$ "
            f"BEGIN IF EXISTS ({_WROTE}) THEN RAISE EXCEPTION '{_MESSAGE}' "
            "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql",
            params=None,
        )
        schema_editor.execute(
            "CREATE TRIGGER review_writers_do_not_decide BEFORE UPDATE OF decided_by_id ON review_proposal "
            "FOR EACH ROW EXECUTE FUNCTION review_writers_do_not_decide()",
            params=None,
        )
    else:
        schema_editor.execute(
            "CREATE TRIGGER IF NOT EXISTS review_writers_do_not_decide "
            f"BEFORE UPDATE OF decided_by_id ON review_proposal WHEN EXISTS ({_WROTE}) "
            f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END",
            params=None,
        )


def _unmake(apps: Any, schema_editor: Any) -> None:
    on = " ON review_proposal" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER IF EXISTS review_writers_do_not_decide{on}", params=None)


def writers_do_not_decide() -> migrations.RunPython:
    """The operation. On SQLite a later migration that rebuilds the table of proposals has it again."""
    return migrations.RunPython(_make, _unmake)
