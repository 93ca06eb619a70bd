"""Tables for programs that read columns: Parquet, with the types of the columns and what the file says of itself."""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from aumenta.core.tables.writing import clean


def write_parquet(rows: Sequence[Mapping[str, Any]], told: Mapping[str, str]) -> bytes:
    """The rows as Parquet; `told` are the file's own key-value metadata.

    Rows have the same keys. A list stays a list of texts; a column with numbers and texts in it is one of texts.
    """
    # 30 MB of memory that a process needs only once somebody asks for such a file.
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = list(rows[0]) if rows else ["code"]
    columns = {name: [row[name] for row in rows] for name in names}
    schema = pa.schema([(name, _kind(pa, values)) for name, values in columns.items()])
    arrays = {name: [_fits(one, schema.field(name).type, pa) for one in values] for name, values in columns.items()}
    described = schema.with_metadata({key: clean(value) for key, value in told.items()})
    table = pa.table(arrays, schema=described)
    made = io.BytesIO()
    pq.write_table(table, made, compression="zstd")
    return made.getvalue()


def _kind(pa: Any, values: Sequence[Any]) -> Any:
    """The narrowest type that holds every value of a column."""
    kinds = {type(one) for one in values if one is not None}
    if kinds & {list, tuple}:
        return pa.list_(pa.string())
    if kinds == {bool}:
        return pa.bool_()
    if kinds == {int}:
        return pa.int64()
    if kinds and kinds <= {int, float}:
        return pa.float64()
    if kinds == {datetime}:
        return pa.timestamp("us", tz="UTC")
    if kinds == {date}:
        return pa.date32()
    return pa.string()


def _fits(value: Any, kind: Any, pa: Any) -> Any:
    if value is None:
        return None
    if pa.types.is_list(kind):
        return [clean(str(one)) for one in (value if isinstance(value, list | tuple) else [value])]
    return clean(str(value)) if pa.types.is_string(kind) else value
