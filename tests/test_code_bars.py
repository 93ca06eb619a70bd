"""Bars for every file of Python: short functions, small folders, no circles, one way for each recurring thing."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.house import DOORS, PACKAGE, ROOMS, ROOT, tracked

LONGEST_FUNCTION = 40
MOST_MODULES = 25
KEEPS = {
    "core/process_cache.py": "the one cache of what depends on the database",
    "config/leaving/personal.py": "the classes of fields, from a file of the program",
    "console/shell.py": "files of the program, which do not change while a process lives",
    "ui/not_found.py": "addresses of the program, which do not change while a process lives",
}


def parsed() -> Iterator[tuple[Path, ast.Module]]:
    for path in tracked("src/*.py"):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def test_no_function_is_longer_than_forty_lines() -> None:
    """Their docstring and arguments apart. Tables of words are as long as their words: functions that only return a
    dictionary."""
    long = []
    for path, tree in parsed():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not _is_table(node):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                lines = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
                if lines > LONGEST_FUNCTION:
                    long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name} has {lines} lines")
    assert not long, "\n".join(long)


def _is_table(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return len(body) == 1 and isinstance(body[0], ast.Return) and isinstance(body[0].value, ast.Dict | ast.List)


def test_no_folder_has_more_than_twenty_five_modules() -> None:
    count = Counter(path.parent.relative_to(ROOT) for path in tracked("src/*.py") if path.name != "__init__.py")
    assert not {str(folder): number for folder, number in count.items() if number > MOST_MODULES}


def test_people_are_people_and_not_anything() -> None:
    vague = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in parsed()
        for node in ast.walk(tree)
        if isinstance(node, ast.arg) and node.arg in {"by", "person"} and node.annotation is not None
        if isinstance(node.annotation, ast.Name) and node.annotation.id == "Any"
        if path.relative_to(PACKAGE).parts[0] in ROOMS
    ]
    assert not vague


def test_no_two_files_need_each_other() -> None:
    """Imports written inside functions count as well: a circle does not go away by being hidden."""
    needs = _needs()
    circles = [group for group in _groups_that_need_each_other(needs) if len(group) > 1]
    assert not circles, "\n".join(" ↔ ".join(sorted(group)) for group in circles)


def _needs() -> dict[str, set[str]]:
    modules = {_name(path): path for path in tracked("src/*.py")}
    needs: dict[str, set[str]] = {name: set() for name in modules}
    for name, path in modules.items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        unread = {
            inner
            for node in ast.walk(tree)
            if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
            for inner in ast.walk(node)
        }
        for node in ast.walk(tree):
            if node in unread:
                continue
            if isinstance(node, ast.Import):
                needs[name] |= {alias.name for alias in node.names} & modules.keys()
            elif isinstance(node, ast.ImportFrom) and node.module:
                inside = {f"{node.module}.{alias.name}" for alias in node.names} & modules.keys()
                needs[name] |= inside or {node.module} & modules.keys()
        needs[name].discard(name)
    return needs


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _groups_that_need_each_other(needs: dict[str, set[str]]) -> list[set[str]]:
    """Each module with those that it reaches and that reach it."""
    reach: dict[str, set[str]] = {}
    for start in needs:
        found: set[str] = set()
        waiting = [start]
        while waiting:
            for other in needs[waiting.pop()] - found:
                found.add(other)
                waiting.append(other)
        reach[start] = found
    groups: list[set[str]] = []
    for name in needs:
        if not any(name in group for group in groups):
            groups.append({name} | {other for other in reach[name] if name in reach[other]})
    return groups


def test_what_depends_on_the_database_is_kept_in_one_way() -> None:
    """`lru_cache` and dictionaries of a module's own are not emptied between tests, and grow without a word. In `core`
    what a function answers depends on what it is given alone, and may be remembered."""
    own_way = []
    for path, tree in parsed():
        where = path.relative_to(PACKAGE).as_posix()
        names = {
            alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module in {"functools", "collections"}
            for alias in node.names
        }
        if not where.startswith("core/") and names & {"lru_cache", "cache", "OrderedDict"} and where not in KEEPS:
            own_way.append(where)
    assert not own_way


def test_packages_from_outside_are_unpacked_in_one_place_with_bounds() -> None:
    unpacking = [
        path.relative_to(PACKAGE).as_posix()
        for path in tracked("src/*.py")
        if re.search(r"ZipFile\((?!\w+, \"w\")", path.read_text(encoding="utf-8"))
    ]
    # `kinds.py` runs in a process of its own, under limits of the system, and loads nothing else of ours.
    assert unpacking == ["core/documents/kinds.py", "core/package.py"]


def test_a_command_of_analysts_refuses_by_raising() -> None:
    """`config/cli.py` prints the sentence and gives the exit status, for all of them."""
    own_way = [
        path.name
        for path in tracked("src/aumenta/analyst/*.py")
        if path.name != "frame.py" and re.search(r"return 2\b|file=sys\.stderr", path.read_text(encoding="utf-8"))
    ]
    assert own_way == ["layout.py"], "layout says on stderr what it saw: its answer is the layout itself"


def test_the_language_of_the_reader_is_asked_for_in_one_place() -> None:
    asking = [
        path.relative_to(PACKAGE).as_posix()
        for path in tracked("src/*.py")
        if "get_language" in path.read_text(encoding="utf-8")
    ]
    assert asking == ["people/reader.py"]


def test_rooms_and_doors_of_this_test_are_all_there_is() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    assert folders - {"core", "ui", "config"} == {*ROOMS, *DOORS}


READ_BY_MACHINES = re.compile(
    r'\b(?:value|href|id|for|name|action|list|start|aria-controls|aria-labelledby|aria-describedby|data-[a-z-]+)="[^"<>]*"'
)
BARE_NUMBER = re.compile(
    r"\{\{ *[^}|]*(?:\b(?:pk|number|revision|counter0?|year|row\.row|row\.base)|_(?:number|id))"
    r" *(?:\|default:[^|}]*)?\}\}"
)
WORDS = {"{{ field.auto_id }}"}


def test_keys_and_numbers_that_machines_read_are_not_grouped_for_people() -> None:
    """`value="{{ one.pk }}"` is `1.234` in Italian from the thousandth row on, and the form names nothing any more."""
    bare = [
        f"{path.relative_to(ROOT)}: {found}"
        for path in tracked("src/*.html")
        for attribute in READ_BY_MACHINES.findall(path.read_text(encoding="utf-8"))
        for found in BARE_NUMBER.findall(attribute)
        if found not in WORDS
    ]
    assert not bare, "\n".join(bare)
