"""Whatever a person can set, run or visit is documented."""

import re
from pathlib import Path

from django.core.management import get_commands
from tools.list_addresses import page, views

from aumenta.config.cli import analyst_commands

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"


def test_every_setting_is_documented() -> None:
    names = set(re.findall(r"\bAUMENTA_[A-Z_]+\b", (ROOT / "src/aumenta/config/settings.py").read_text()))
    documented = set(re.findall(r"`(AUMENTA_[A-Z_]+)`", (DOCS / "how-to" / "settings.md").read_text()))
    assert names
    assert names <= documented


def test_no_setting_is_documented_that_nothing_reads() -> None:
    documented = set(re.findall(r"`(AUMENTA_[A-Z_]+)`", (DOCS / "how-to" / "settings.md").read_text()))
    readers = [*ROOT.glob("src/**/*.py"), *ROOT.glob("tools/*.py"), *ROOT.glob("tests/**/*.py"), ROOT / "Makefile"]
    read = "\n".join(path.read_text() for path in readers)
    assert not {name for name in documented if name not in read}


def test_every_command_is_documented() -> None:
    ours = {name.replace("_", "-") for name, app in get_commands().items() if app.startswith("aumenta.")}
    documented = set(re.findall(r"`aumenta ([a-z-]+)", (DOCS / "how-to" / "commands.md").read_text()))
    assert ours | set(analyst_commands()) == documented


def test_every_address_is_documented_with_what_its_view_says() -> None:
    assert (DOCS / "addresses.md").read_text() == page(), "run: .venv/bin/python tools/list_addresses.py"


def test_every_view_says_what_it_shows() -> None:
    assert not [address for _door, address, sentence in views() if not sentence]


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
