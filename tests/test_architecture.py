"""The house stands as it is drawn: one-way doors, small files, the same names in every room."""

import ast
import re
from collections import Counter

import pytest
from django.apps import apps
from django.core.management import call_command

from tests.house import PACKAGE, ROOMS, ROOT, tracked
from tests.markup import BLOCKS
from tests.measured import slow_files

LONGEST_FILE = 400
LONGEST_SCRIPT_LINE = 140
MOST_MODULES = 25
LONGEST_LINE_OF_A_TEMPLATE = 160


def test_no_file_of_code_is_longer_than_four_hundred_lines() -> None:
    files = tracked("*.py", "*.js", "*.mjs", "*.scss", "*.html")
    long = {path.relative_to(ROOT): n for path in files if (n := len(path.read_text().splitlines())) > LONGEST_FILE}
    assert not long


def test_no_line_of_script_is_longer_than_a_hundred_and_forty_characters() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{n}"
        for path in tracked("*.js", "*.mjs")
        for n, line in enumerate(path.read_text().splitlines(), start=1)
        if len(line) > LONGEST_SCRIPT_LINE
    ]
    assert not long


def test_no_folder_of_scripts_has_more_than_twenty_five_modules() -> None:
    folders = Counter(path.parent.relative_to(ROOT) for path in tracked("frontend/*.js"))
    assert folders
    assert not {folder: n for folder, n in folders.items() if n > MOST_MODULES}


def test_no_line_of_a_template_is_longer_than_a_screen() -> None:
    lines = [(path, line) for path in tracked("*.html") for line in path.read_text().splitlines()]
    assert lines
    assert not [f"{path.relative_to(ROOT)}: {line}" for path, line in lines if len(line) > LONGEST_LINE_OF_A_TEMPLATE]


def test_a_line_of_a_template_has_one_block_of_the_page() -> None:
    """A line holds one opening or one closing tag of a block, or both of the same block with its text between them;
    what stands inside a line of text (links, marks) stays there, where a line break would be read as a space."""
    tag = re.compile(rf"</?(?:{'|'.join(BLOCKS)})\b")
    crowded = []
    for path in tracked("*.html"):
        for number, line in enumerate(path.read_text().splitlines(), start=1):
            found = tag.findall(re.sub(r"{#.*?#}", "", line))
            whole = len(found) == 2 and found[1] == found[0].replace("<", "</")
            if len(found) > 1 and not whole:
                crowded.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()}")
    assert not crowded, "\n".join(crowded)


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        path.relative_to(ROOT)
        for path in tracked("src/*.py", "tests/*.py", "tools/*.py", "benchmarks/*.py")
        if path.read_text().strip() and not path.read_text().lstrip().startswith(('"""', "#!"))
    ]
    assert not silent


def test_nothing_has_a_catch_all_name() -> None:
    names = {"utils", "helpers", "common", "misc", "base"}
    assert not [path for path in tracked("src/*.py") if path.stem in names]


def test_models_have_no_save_of_their_own_and_nobody_listens_to_signals() -> None:
    for path in tracked("src/*.py"):
        text = path.read_text()
        assert not re.search(r"^    def save\(self", text, re.MULTILINE) or "forms" in path.stem, path
        assert "django.db.models.signals" not in text, path


def test_only_rooms_have_tables() -> None:
    ours = {model._meta.app_label for model in apps.get_models() if model.__module__.startswith("aumenta.")}
    assert ours <= set(ROOMS)


def test_views_and_addresses_are_in_doors_only() -> None:
    for room in ROOMS:
        assert not list((PACKAGE / room).glob("views*")), room
        assert not (PACKAGE / room / "urls.py").exists(), room


@pytest.mark.django_db
def test_every_change_of_a_table_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_files_left_out_of_the_fast_run_are_there() -> None:
    assert {name for name in slow_files() if not (ROOT / "tests" / name).is_file()} == set()


def test_nothing_is_taken_from_a_test_module() -> None:
    """What tests share has a module of its own: else a file of tests can't be moved, split or run by itself."""
    taken = []
    for path in tracked("tests/*.py", "tools/*.py", "benchmarks/*.py", "src/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Import(names=names):
                    modules = [name.name for name in names]
                case ast.ImportFrom(module=module, names=names):
                    modules = [f"{module}.{name.name}" for name in names]
                case _:
                    continue
            parts = {part for module in modules if module.startswith("tests.") for part in module.split(".")[:-1]}
            taken += [f"{path.relative_to(ROOT)}: {part}" for part in sorted(parts) if part.startswith("test_")]
            taken += [f"{path.relative_to(ROOT)}: {m}" for m in modules if re.fullmatch(r"tests\.(\w+\.)*test_\w+", m)]
    assert not taken
