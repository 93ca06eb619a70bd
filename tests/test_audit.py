"""`make audit`: licences of what is shipped, and its bill of materials; what can't be reached is said."""

import re
import shutil
import subprocess
import sys

import pytest
from tools import audit

needs_uv = pytest.mark.skipif(
    not (audit.ROOT / ".uv" / "bin" / "uv").exists() and not shutil.which("uv"), reason="uv is not installed"
)


@pytest.mark.parametrize(
    ("licence", "refused"),
    [
        ("AGPL-3.0-only", True),
        ("GPL-2.0-or-later", True),
        ("GNU General Public License v3 (GPLv3)", True),
        ("SSPL-1.0", True),
        ("LGPL-3.0-only", False),
        ("GNU Lesser General Public License v3 or later", False),
        ("MIT", False),
        ("EUPL-1.2", False),
        ("Apache-2.0", False),
    ],
)
def test_strong_copyleft_is_refused_and_weak_is_not(licence: str, refused: bool) -> None:
    assert audit.is_refused(licence) is refused


def test_a_package_that_declares_nothing_is_a_fault() -> None:
    assert audit.faults({"one": "MIT", "two": ""}) == ["two: declares no licence; read it and add it to LOOKED_AT."]


def test_the_static_analysis_of_make_audit_finds_nothing() -> None:
    """It stopped at its first step, so that nobody read the licences and the list of advisories behind it."""
    recipe = re.search(r"^audit:.*\n\t\$\(BIN\)/ruff (check .*)$", (audit.ROOT / "Makefile").read_text(), re.MULTILINE)
    assert recipe
    ruff = [sys.executable, "-m", "ruff", *recipe[1].split()]
    done = subprocess.run(ruff, cwd=audit.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2_000:]


@needs_uv
def test_everything_shipped_may_be() -> None:
    found = audit.licences()
    assert {"django", "pillow", "granian"} <= set(found)
    assert "pytest" not in found
    assert audit.faults(found) == []


def test_vulnerabilities_fail_and_a_list_out_of_reach_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    def command(words: str, status: int) -> list[str]:
        return [sys.executable, "-c", f"import sys; print({words!r}); sys.exit({status})"]

    assert audit.advisories(command("none", 0), "Python")
    assert not audit.advisories(command("django 5.0 has 1 vulnerability", 1), "Python")
    assert audit.advisories(command("error sending request for url", 2), "Python")
    assert "NOT CHECKED" in capsys.readouterr().out.splitlines()[-1]
