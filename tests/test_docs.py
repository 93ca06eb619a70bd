"""Whatever a person can set, run or visit is documented."""

import re
from datetime import date
from pathlib import Path

from django.core.management import get_commands
from tools.draw_data_model import page as data_model
from tools.draw_data_model import relations, rooms
from tools.list_addresses import page, views

import aumenta
from aumenta.config.cli import analyst_commands
from aumenta.config.environment import PREFIX, VARIABLES

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"


def test_every_setting_is_documented() -> None:
    names = {f"{PREFIX}{name}" for name in VARIABLES}
    documented = set(re.findall(r"`(AUMENTA_[A-Z_]+)`", (DOCS / "how-to" / "settings.md").read_text()))
    assert names
    assert names <= documented


def test_no_setting_is_documented_that_nothing_reads() -> None:
    documented = set(re.findall(r"`(AUMENTA_[A-Z_]+)`", (DOCS / "how-to" / "settings.md").read_text()))
    readers = [*ROOT.glob("src/**/*.py"), *ROOT.glob("tools/*.py"), *ROOT.glob("tests/**/*.py"), ROOT / "Makefile"]
    read = "\n".join(path.read_text() for path in readers)
    ours = {f"{PREFIX}{name}" for name in VARIABLES}
    assert not {name for name in documented - ours if name not in read}
    settings = (ROOT / "src/aumenta/config/settings.py").read_text()
    assert not {name for name in VARIABLES if f'"{name}"' not in settings}


def test_every_command_is_documented() -> None:
    ours = {name.replace("_", "-") for name, app in get_commands().items() if app.startswith("aumenta.")}
    documented = set(re.findall(r"`aumenta ([a-z-]+)", (DOCS / "how-to" / "commands.md").read_text()))
    assert ours | set(analyst_commands()) == documented


def test_every_address_is_documented_with_what_its_view_says() -> None:
    assert (DOCS / "addresses.md").read_text() == page(), "run: .venv/bin/python tools/list_addresses.py"


def test_every_view_says_what_it_shows() -> None:
    assert not [view.address for view in views() if not view.sentence]


def test_the_two_commands_stand_at_the_top_of_the_readme() -> None:
    top = (ROOT / "README.md").read_text().splitlines()[:15]
    assert any("make run" in line for line in top)
    assert any("make test" in line for line in top)


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    block = text[text.index("dependencies = [") : text.index("[build-system]")]
    names = set(re.findall(r'^    "([A-Za-z0-9-]+)', block, re.MULTILINE))
    reasons = (DOCS / "decisions" / "dependencies.md").read_text()
    assert names
    assert not {name for name in names if f"`{name}`" not in reasons}


def test_links_between_pages_of_the_docs_lead_somewhere() -> None:
    for document in [ROOT / "README.md", *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text()):
            assert (document.parent / target).exists(), f"{document.relative_to(ROOT)} → {target}"


def test_every_file_that_the_docs_name_is_there() -> None:
    """A page that sends somebody to a file that has moved costs more than no page."""
    source = ROOT / "src" / "aumenta"
    lost = set()
    for document in [*DOCS.rglob("*.md"), *ROOT.glob("*.md")]:
        if document.name == "CHANGELOG.md":
            continue
        text = document.read_text(encoding="utf-8")
        for name in re.findall(r"`([\w.-]+(?:/[\w.-]+)+\.(?:py|html|js|scss|md|toml|json|csv))`", text):
            if not any((base / name).exists() for base in (ROOT, source, document.parent, source / "core")):
                lost.add((document.name, name))
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text):
            if not (document.parent / target).exists():
                lost.add((document.name, target))
    assert not lost


def test_the_picture_of_the_house_names_every_subject_of_core() -> None:
    picture = (DOCS / "architecture.md").read_text(encoding="utf-8").partition("  CORE ")[2].partition("```")[0]
    subjects = [path.parent.name for path in (ROOT / "src/aumenta/core").glob("*/__init__.py")]
    assert not [subject for subject in subjects if not re.search(rf"\b{subject}\b", picture)]


# Decisions

SHAPE = re.compile(
    r"# (?P<title>.+)\n\n\* Status: (?P<status>in force|replaced by (?P<heir>\d{4}))\n"
    r"\* Date: (?P<date>\d{4}-\d\d-\d\d)\n\* Alternatives: \S.+\n"
)
DECISIONS = sorted(
    path for path in (DOCS / "decisions").glob("*.md") if path.name not in ("README.md", "dependencies.md")
)


def test_decisions_are_numbered_one_after_the_other() -> None:
    """A file that has no number takes the next one: 0015-its-name.md."""
    names = [path.name for path in DECISIONS]
    assert [name[:5] for name in names] == [f"{number:04}-" for number in range(1, len(names) + 1)]


def test_every_decision_says_its_status_its_date_and_what_else_there_was() -> None:
    numbers = {path.name[:4] for path in DECISIONS}
    for path in DECISIONS:
        head = SHAPE.match(path.read_text(encoding="utf-8"))
        assert head, f"{path.name}: title, status, date, alternatives, as in the others"
        date.fromisoformat(head["date"])
        assert head["heir"] in {None, *numbers}


def test_the_index_of_decisions_says_what_they_say() -> None:
    index = (DOCS / "decisions" / "README.md").read_text(encoding="utf-8")
    said = [line for line in index.splitlines() if line.startswith("| [")]
    heads = [(path.name, SHAPE.match(path.read_text(encoding="utf-8"))) for path in DECISIONS]
    assert said == [
        f"| [{name[:4]}]({name}) | {head['title']} | {head['date']} | {head['status']} |"
        for name, head in heads
        if head
    ]


# Pictures


def test_the_picture_of_the_data_model_is_that_of_the_models() -> None:
    assert (DOCS / "data-model.md").read_text() == data_model(), "run: .venv/bin/python tools/draw_data_model.py"


def test_every_table_says_what_it_holds() -> None:
    """Django writes «Model(field, field)» where nobody says anything."""
    silent = [
        m.__name__ for models in rooms().values() for m in models if (m.__doc__ or "").startswith(f"{m.__name__}(")
    ]
    assert not silent


def test_keys_between_tables_go_down_and_only_the_log_knows_a_person_above_it() -> None:
    order = list(rooms())
    siblings = {"events": "voices", "voices": "events"}
    up = []
    for room, models in rooms().items():
        for line in (line for model in models for line in relations(model)):
            other = line.split()[2].rpartition("_")[0] or room
            if other in order and (order.index(other) > order.index(room) or siblings.get(room) == other):
                up.append(line.strip())
    assert up == ["ActivityEntry }o--o| people_User : person"]


def test_files_and_functions_of_the_sequences_are_there() -> None:
    text = (DOCS / "sequences.md").read_text(encoding="utf-8")
    for diagram in text.split("```mermaid")[1:]:
        files = dict(re.findall(r"participant (\w+) as (\S+)", diagram))
        sources = {}
        for name, path in files.items():
            file = ROOT / path if path.startswith("frontend/") else ROOT / "src" / "aumenta" / path
            assert file.exists(), path
            sources[name] = file.read_text(encoding="utf-8")
        calls = re.findall(r"->>(\w): (.+)", diagram)
        assert len(calls) > 5
        for name, words in calls:
            for function in re.findall(r"(\w+)\(\)", words):
                stands = re.search(
                    rf"(def|function|const|async) {function}\b|^  {function}\(", sources[name], re.MULTILINE
                )
                assert stands, f"{files[name]}: {function}"


def test_the_version_is_the_same_wherever_it_stands() -> None:
    said = {
        "pyproject.toml": re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE),
        "uv.lock": re.search(r'name = "aumenta"\nversion = "(.+)"', (ROOT / "uv.lock").read_text()),
        "publiccode.yml": re.search(r"^softwareVersion: (.+)$", (ROOT / "publiccode.yml").read_text(), re.MULTILINE),
        "package.json": re.search(r'"version": "(.+)"', (ROOT / "package.json").read_text()),
    }
    assert {where: found and found[1] for where, found in said.items()} == dict.fromkeys(said, aumenta.__version__)


def test_the_readme_shows_the_product_in_two_light_pictures() -> None:
    pictures = re.findall(r"!\[[^\]]{10,}\]\(([^)]+\.png)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(pictures) == 2
    for picture in pictures:
        assert 20_000 < (ROOT / picture).stat().st_size <= 200_000, picture


def test_the_readme_names_every_command_of_make_and_every_room_and_door() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(targets) > 8
    assert not [target for target in targets if f"make {target}" not in readme]
    folders = [path.parent.name for path in (ROOT / "src" / "aumenta").glob("*/__init__.py")]
    assert not [folder for folder in folders if not re.search(rf"\b{folder}\b", readme)]
