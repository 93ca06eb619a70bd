"""Import the encrypted file of a table whose network never came back."""

from typing import Any
from uuid import UUID

from aumenta.core.tablelog.sealed import BadFileError, file_table, open_file
from aumenta.events.models import Event, Table
from aumenta.events.rules import may_run_regia
from aumenta.events.tables.keep_operations import Kept, keep_operations
from aumenta.people.permission import check_permission


def import_file(*, by: Any, event: Event, content: bytes) -> tuple[Table, Kept]:
    """Keep what is in the file; entries that had arrived already change nothing. Raises BadFileError.

    Its `code` is not-ours, damaged, or other-event for a table of another event.
    """
    check_permission(may_run_regia(by, event))
    try:
        public_id = UUID(file_table(content))
    except ValueError as fault:
        raise fault if isinstance(fault, BadFileError) else BadFileError("not-ours") from fault
    table = Table.objects.filter(event=event, public_id=public_id).first()
    if table is None:
        raise BadFileError("other-event")
    records = open_file(content, bytes(table.export_key))
    return table, keep_operations(table=table, records=records)
