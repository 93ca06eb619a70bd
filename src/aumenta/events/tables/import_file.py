"""Import the encrypted file of a table whose network never came back."""

from uuid import UUID

from aumenta.activity.log import log
from aumenta.core.tablelog.encrypted_export import BadFileError, decrypt, file_table
from aumenta.events.activity import TABLE_FILE_IMPORTED
from aumenta.events.models import Event, Table
from aumenta.events.rules import may_run_regia
from aumenta.events.tables.append_operations import AppendResult, append_operations
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError


def import_file(*, person: User, event: Event, content: bytes) -> tuple[Table, AppendResult]:
    """Keep what is in the file; entries that had arrived already change nothing.

    Refused where it is none of ours, damaged, or of a table of another event.
    """
    check_permission(may_run_regia(person, event))
    try:
        public_id = UUID(file_table(content))
    except ValueError as fault:
        raise RefusedError("file_not_ours") from fault
    table = Table.objects.filter(event=event, public_id=public_id).first()
    if table is None:
        raise RefusedError("file_of_other_event")
    try:
        records = decrypt(content, bytes(table.export_key))
    except BadFileError as fault:
        raise RefusedError("file_damaged") from fault
    result = append_operations(table=table, records=records)
    log(code=TABLE_FILE_IMPORTED, person=person, about=table, subject=str(table.number), within=event.title_it)
    return table, result
