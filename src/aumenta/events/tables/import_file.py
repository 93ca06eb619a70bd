"""Import the encrypted file of a table whose network never came back."""

from collections import Counter
from typing import NamedTuple
from uuid import UUID

from aumenta.activity.log import log
from aumenta.core.tablelog.encrypted_export import BadFileError, decrypt, file_table
from aumenta.core.tablelog.operation import thing_of
from aumenta.events.activity import TABLE_FILE_IMPORTED
from aumenta.events.models import Event, Table, TableDevice
from aumenta.events.rules import may_run_regia
from aumenta.events.tables.append_operations import append_operations
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError


class Imported(NamedTuple):
    """What came of a file: the table, and how many things are at the centre and were refused, as people count them."""

    table: Table
    kept: int
    refused: int


def import_file(*, person: User, event: Event, content: bytes) -> Imported:
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
    had = set(table.operations.values_list("public_id", flat=True))
    result = append_operations(table=table, records=records)
    # What a device said it still holds came with the file: the regia must not go on waiting for it.
    sent = {record["id"]: record for record in records if isinstance(record, dict) and {"id", "device"} <= set(record)}
    things = {key: thing_of(record.get("what"), record.get("key"), key) for key, record in sent.items()}
    new = [key for key in result.kept if key in sent and UUID(key) not in had]
    arrived = Counter(device for device, _thing in {(sent[key]["device"], things[key]) for key in new})
    for device in TableDevice.objects.filter(table=table, public_id__in=list(arrived)):
        device.waiting = max(0, device.waiting - arrived[str(device.public_id)])
        device.save(update_fields=["waiting"])
    log(code=TABLE_FILE_IMPORTED, person=person, about=table, subject=str(table.number), within=event.title_it)
    kept = {things.get(key, key) for key in result.kept}
    refused = {things.get(one.id, one.id) for one in result.refused} - kept
    return Imported(table, len(kept), len(refused))
