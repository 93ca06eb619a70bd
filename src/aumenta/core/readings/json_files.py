"""JSON taken in with bounds: no numbers that are none, no nesting without end, no value of an unexpected kind."""

import json
from typing import Any, Final

from aumenta.core.tables import TableError

MOST_BYTES: Final = 30_000_000
MOST_OBSERVATIONS: Final = 1_000_000


def open_json(data: bytes) -> dict[str, Any]:
    """The object in a file. Raises TableError (too_large, json_damaged)."""
    if len(data) > MOST_BYTES:
        raise TableError("too_large", most=MOST_BYTES // 1_000_000)
    try:
        found = json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except json.JSONDecodeError as problem:
        raise TableError("json_damaged", row=problem.lineno, reason=f"{problem.msg}, {problem.colno}") from None
    except UnicodeDecodeError:
        raise TableError("json_damaged", reason="UTF-8") from None
    except RecursionError:
        raise TableError("json_damaged", reason="nesting") from None
    except ValueError as problem:
        raise TableError("json_damaged", reason=str(problem)[:60]) from None
    if not isinstance(found, dict):
        raise TableError("not_readings", kind="JSON")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(name)


def part(of: Any, name: str, kind: type | tuple[type, ...], where: str) -> Any:
    """A member of an object that must be there and be of a kind. Raises TableError (part_missing)."""
    found = of.get(name) if isinstance(of, dict) else None
    if not isinstance(found, kind) or isinstance(found, bool):
        raise TableError("part_missing", part=f"{where}.{name}".lstrip("."))
    return found


def written(value: Any) -> str:
    """A value as text, for the one reader of numbers; a list or an object is no number."""
    if value is None:
        return ""
    return repr(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else str(value)[:80]
