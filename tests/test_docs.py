"""Whatever a person can set, run or visit is documented."""

import re
from pathlib import Path

from django.core.management import get_commands
from django.urls import URLPattern, URLResolver, get_resolver

from aumenta.config.cli import analyst_commands

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
BEHIND_A_LOGIN = {"admin"}


def addresses() -> list[str]:
    """Every address of ours as a pattern, such as «/it/<label>/azioni/<code>/»."""
    found = []

    def walk(patterns: list[URLPattern | URLResolver], start: str) -> None:
        for pattern in patterns:
            address = start + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                if pattern.app_name not in BEHIND_A_LOGIN:
                    walk(pattern.url_patterns, address)
            elif pattern.callback.__module__.startswith("aumenta."):
                found.append("/" + re.sub(r"<\w+:", "<", address))

    walk(get_resolver().url_patterns, "")
    return found


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


def test_every_address_is_documented() -> None:
    text = (DOCS / "addresses.md").read_text()
    documented = set(re.findall(r"`(/[^`]*)`", text))
    missing = [address for address in addresses() if address not in documented]
    assert not missing


def test_no_address_is_documented_that_does_not_exist() -> None:
    documented = set(re.findall(r"^\| `(/[^`]*)`", (DOCS / "addresses.md").read_text(), re.MULTILINE))
    assert documented <= set(addresses())


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
    for page in [ROOT / "README.md", *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.relative_to(ROOT)} → {target}"
