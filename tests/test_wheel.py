"""What is installed from the wheel is whole: the built front end, the translations, the data; and it starts."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built and unpacked as pip does."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=300)
    (wheel,) = folder.glob("aumenta-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site-packages")
    return folder / "site-packages"


def test_the_wheel_has_all_that_the_checkout_serves(installed: Path) -> None:
    ours, theirs = ROOT / "src" / "aumenta", installed / "aumenta"
    wanted = {
        path.relative_to(ours)
        for path in ours.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".po"
    }
    assert wanted == {path.relative_to(theirs) for path in theirs.rglob("*") if path.is_file()}
    assert (theirs / "ui" / "static" / "built" / "aumenta.css").stat().st_size > 10_000
    assert {path.parents[3].name for path in ours.rglob("django.po")} == {
        path.parents[3].name for path in theirs.rglob("django.mo")
    }


def test_an_installed_program_finds_what_it_needs_and_keeps_its_data_outside_itself(
    installed: Path, tmp_path: Path
) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AUMENTA_")}
    environment |= {"PYTHONPATH": str(installed), "XDG_DATA_HOME": str(tmp_path / "share"), "LANG": "it_IT.UTF-8"}
    code = (
        "from aumenta.config.cli import start_django; start_django()\n"
        "import aumenta; from django.conf import settings; from django.contrib.staticfiles import finders\n"
        "from django.utils.translation import gettext\n"
        "for one in (aumenta.__file__, settings.DATA_FOLDER, finders.find('built/aumenta.css'), gettext('in force')):\n"
        "    print(one)\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    program, folder, style, word = answer.stdout.strip().splitlines()
    assert Path(program).is_relative_to(installed)
    assert Path(folder) == tmp_path / "share" / "aumenta"
    assert Path(style).is_relative_to(installed)
    assert word == "in vigore"
