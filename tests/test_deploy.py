"""The files an administrator copies: they name settings and commands that exist, and nothing runs as root."""

import re
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

from aumenta.config.environment import PREFIX, VARIABLES
from tests.server_start import settings_with

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
FILES = [
    "systemd/aumenta.env",
    "systemd/aumenta.service",
    "systemd/aumenta-rehearsal.service",
    "Containerfile",
    "compose.yaml",
]
OF_THE_PROXY = {"SITE", "UPSTREAM"}


@pytest.mark.parametrize("name", FILES)
def test_every_setting_and_command_named_is_one_of_aumenta(name: str) -> None:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    named = set(re.findall(rf"\b{PREFIX}([A-Z_]+)", text))
    assert named <= VARIABLES | OF_THE_PROXY
    commands = set(re.findall(r"bin/aumenta ([a-z-]+)", text)) | set(re.findall(r'"aumenta", "([a-z]+)"', text))
    assert {name.replace("-", "_") for name in commands} <= set(get_commands())


def test_the_settings_to_fill_in_would_be_taken_as_they_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (DEPLOY / "systemd" / "aumenta.env").read_text(encoding="utf-8").splitlines()
    given = dict(line.removeprefix(PREFIX).split("=", 1) for line in lines if line.startswith(PREFIX))
    read = settings_with(monkeypatch, tmp_path, {**given, "DATA": str(tmp_path)})
    assert read["SECURE_HSTS_SECONDS"] > 0
    assert read["DEFAULT_FROM_EMAIL"] == "Piano strategico <piano@example.it>"
    assert read["DATABASES"]["default"]["ENGINE"].endswith("postgresql")


def test_the_site_runs_without_rights_it_does_not_need() -> None:
    unit = (DEPLOY / "systemd" / "aumenta.service").read_text(encoding="utf-8")
    assert "User=aumenta" in unit
    for held in ("NoNewPrivileges=yes", "ProtectSystem=strict", "UMask=0077", "RestartPreventExitStatus=2"):
        assert held in unit.splitlines()
    steps = [
        line.split()[0] for line in (DEPLOY / "Containerfile").read_text().splitlines() if re.match(r"[A-Z]+ ", line)
    ]
    assert steps.count("FROM") == 2, "compilers stay in the first stage"
    assert steps.index("USER") < steps.index("CMD")
    site = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]["site"]
    assert (site["read_only"], site["cap_drop"]) == (True, ["ALL"])
    assert site["depends_on"]["database"]["condition"] == "service_healthy"


def test_nothing_secret_stands_in_what_is_copied() -> None:
    for name in FILES:
        text = (DEPLOY / name).read_text(encoding="utf-8")
        assert not re.search(r"(?i)(password|secret)[a-z_]*[=:]\s*(?!CHANGE-ME|\$\{)[\w-]{4,}", text), name
