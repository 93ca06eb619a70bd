"""The verbs of the rooms, read from the code: which functions somebody calls to change something, and what they reach.

Read, not imported: a test that asks about every verb must not depend on somebody having listed it.
"""

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "aumenta"
ACTOR = {"person", "by"}
"""The keyword by which a verb is told who asks."""
WRITES = {"save", "create", "bulk_create", "bulk_update", "update", "delete", "get_or_create", "update_or_create"}


@dataclass
class Function:
    """One top-level function: its module, and the names it calls."""

    module: str
    name: str
    is_verb: bool
    calls: set[str] = field(default_factory=set)
    writes: bool = False

    @property
    def full_name(self) -> str:
        return f"{self.module}.{self.name}"


def modules_of(room: str) -> list[Path]:
    """The modules of a room, without its migrations and commands."""
    found = sorted((PACKAGE / room).rglob("*.py"))
    return [path for path in found if not {"migrations", "management"} & set(path.parts)]


@cache
def functions(rooms: tuple[str, ...]) -> dict[str, Function]:
    """Every top-level function of the rooms by its full name, such as «review.approve.approve»."""
    found: dict[str, Function] = {}
    for room in rooms:
        for path in modules_of(room):
            module = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
            tree = ast.parse(path.read_text(encoding="utf-8"))
            known = imported(tree) | {n.name: f"{module}.{n.name}" for n in tree.body if isinstance(n, ast.FunctionDef)}
            for node in tree.body:
                if isinstance(node, ast.FunctionDef):
                    found[f"{module}.{node.name}"] = _function(module, node, known)
    return found


def verbs_that_write(rooms: tuple[str, ...]) -> list[Function]:
    """The public functions that are told who asks and that change something, themselves or by what they call."""
    all_of_them = functions(rooms)
    return [one for one in all_of_them.values() if one.is_verb and any(f.writes for f in reached(one, all_of_them))]


def reached(start: Function, among: dict[str, Function]) -> list[Function]:
    """A function and all that it calls, however far."""
    seen, waiting = {start.full_name}, [start]
    found = []
    while waiting:
        one = waiting.pop()
        found.append(one)
        for name in sorted(one.calls & among.keys() - seen):
            seen.add(name)
            waiting.append(among[name])
    return found


def _function(module: str, node: ast.FunctionDef, known: dict[str, str]) -> Function:
    named = {argument.arg for argument in node.args.kwonlyargs}
    made = Function(module, node.name, is_verb=bool(named & ACTOR) and not node.name.startswith("_"))
    made.calls = names_called([node], known)
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute) and inner.func.attr in WRITES:
            made.writes = True
    return made


def names_called(nodes: Sequence[ast.AST], known: dict[str, str]) -> set[str]:
    """The full names of what the code uses of all that its module knows."""
    called: set[str] = set()
    for inner in (inner for node in nodes for inner in ast.walk(node)):
        if isinstance(inner, ast.Name) and inner.id in known:
            # Also where it is handed on, as to `transaction.on_commit`.
            called.add(known[inner.id])
        if isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name) and inner.value.id in known:
            called.add(f"{known[inner.value.id]}.{inner.attr}")
    return called


def imported(tree: ast.Module) -> dict[str, str]:
    """What a module imports of the package: the name there and the full name."""
    names: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("aumenta."):
            where = (node.module or "").removeprefix("aumenta.")
            names |= {alias.asname or alias.name: f"{where}.{alias.name}" for alias in node.names}
    return names
