"""What tests of the house itself ask for: its rooms and doors, and its files."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "aumenta"
ROOMS = [
    *("activity", "people", "mailing", "territory", "plan", "review", "pages", "surveys"),
    *("events", "voices", "contacts", "themes", "results", "monitoring", "governance", "following", "chain"),
]
DOORS = ["site", "desk", "console", "live", "opendata", "printing", "analyst", "rehearsal"]


def tracked(*patterns: str) -> list[Path]:
    """The files of the repository that match, generated ones left out."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns]
    lines = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [ROOT / line for line in lines if "/migrations/" not in line and (ROOT / line).exists()]
