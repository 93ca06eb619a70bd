"""Import the encrypted file of a table whose network never came back."""

from typing import Any
from uuid import UUID

from aumenta.core.tablelog.sealed import BadFileError, file_table, open_file
from aumenta.listening.keep_operations import Kept, keep_operations
from aumenta.listening.models import Event, Table
from aumenta.listening.rules import may_run_regia, require


def import_file(*, by: Any, event: Event, content: bytes) -> tuple[Table, Kept]:
    """Keep what is in the file; entries that had arrived already change nothing. Raises BadFileError.

    Its `code` is not-ours, damaged, or other-event for a table of another event.
    """
    require(may_run_regia(by))
    try:
        public_id = UUID(file_table(content))
    except ValueError as fault:
        raise fault if isinstance(fault, BadFileError) else BadFileError("not-ours") from fault
    table = Table.objects.filter(event=event, public_id=public_id).first()
    if table is None:
        raise BadFileError("other-event")
    records = open_file(content, bytes(table.export_key))
    return table, keep_operations(table=table, records=records)
