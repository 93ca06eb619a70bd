"""Import the encrypted file of a table whose network never came back."""

from uuid import UUID

from aumenta.core.tablelog.encrypted_export import BadFileError, decrypt, file_table
from aumenta.events.models import Event, Table
from aumenta.events.rules import may_run_regia
from aumenta.events.tables.append_operations import AppendResult, append_operations
from aumenta.people.models import User
from aumenta.people.permission import check_permission


def import_file(*, person: User, event: Event, content: bytes) -> tuple[Table, AppendResult]:
    """Keep what is in the file; entries that had arrived already change nothing. Raises BadFileError.

    Its `code` is not-ours, damaged, or other-event for a table of another event.
    """
    check_permission(may_run_regia(person, event))
    try:
        public_id = UUID(file_table(content))
    except ValueError as fault:
        raise fault if isinstance(fault, BadFileError) else BadFileError("not-ours") from fault
    table = Table.objects.filter(event=event, public_id=public_id).first()
    if table is None:
        raise BadFileError("other-event")
    records = decrypt(content, bytes(table.export_key))
    return table, append_operations(table=table, records=records)
