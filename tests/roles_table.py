"""The first table of docs/roles.md: what each role may do at each address of the desk."""

from pathlib import Path

from aumenta.people.models import Role

TABLE = Path(__file__).resolve().parents[1] / "docs" / "roles.md"
ROLES = Role.values
HEAD = "| address | what it is | "


def table() -> dict[str, dict[str, str]]:
    """The table of the docs: what each role may do at each address."""
    rows = {}
    for line in TABLE.read_text(encoding="utf-8").partition("## The other doors")[0].splitlines():
        if line.startswith("| `"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            rows[cells[0].strip("`")] = dict(zip(ROLES, cells[2:], strict=True))
    return rows
