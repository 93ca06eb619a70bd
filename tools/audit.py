"""What we ship: known vulnerabilities, licences, and a bill of materials. `make audit`.

Advisories come from osv.dev; where it can't be reached that is said, and nothing is claimed. Licences are those the
installed packages declare; strong copyleft is refused, and so is a package that declares nothing and was not looked at.
"""

import json
import re
import shutil
import subprocess
import sys
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SBOM = ROOT / "var" / "sbom.cdx.json"
REFUSED = re.compile(r"\b(?:A?GPL|GNU (?:Affero )?General Public|SSPL|BUSL|Commons Clause)", re.IGNORECASE)
WEAK = re.compile(r"\bL(?:esser )?GPL|Lesser General Public", re.IGNORECASE)
OUT_OF_REACH = re.compile(
    r"error sending request|failed to (?:fetch|connect|query)|\bdns\b|ENOTFOUND|ECONNREFUSED|ETIMEDOUT"
    r"|audit endpoint returned an error|server error|status code",
    re.IGNORECASE,
)
"""How the programs say that nobody answered."""
LOOKED_AT: dict[str, str] = {"pyrage": "MIT"}
"""Packages that declare no licence in their metadata: what their repository says, after somebody has read it."""


def uv() -> str:
    """Where uv is: the copy that the set-up installed, or the system's."""
    own = ROOT / ".uv" / "bin" / "uv"
    found = str(own) if own.exists() else shutil.which("uv")
    if found is None:
        sys.exit("uv is missing: run make setup first.")
    return found


def shipped() -> list[str]:
    """The names of the Python packages that run in production, as the lock file says."""
    listed = subprocess.run(
        [uv(), "export", "--frozen", "--no-dev", "--no-emit-project", "--no-hashes", "--format", "requirements.txt"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return re.findall(r"^([A-Za-z0-9_.-]+)==", listed, re.MULTILINE)


def licence_of(package: str) -> str:
    """What a package says of its licence; "" where it says nothing, «not installed» where it is for another machine."""
    if package in LOOKED_AT:
        return LOOKED_AT[package]
    try:
        told = metadata(package)
    except PackageNotFoundError:
        return "not installed"
    classifiers = [one.rpartition(" :: ")[2] for one in told.get_all("Classifier") or [] if one.startswith("License ")]
    whole = _first(told, "License-Expression") or " / ".join(classifiers) or _first(told, "License")
    return whole.strip().splitlines()[0][:80] if whole.strip() else ""


def _first(told: PackageMetadata, name: str) -> str:
    return str((told.get_all(name) or [""])[0])


def is_refused(licence: str) -> bool:
    """Whether code under this licence may not be shipped with ours: strong copyleft, or not free."""
    return bool(REFUSED.search(WEAK.sub("", licence)))


def licences() -> dict[str, str]:
    """Package → licence, for all that is shipped."""
    return {name: licence_of(name) for name in shipped()}


def faults(found: dict[str, str]) -> list[str]:
    """A sentence for each package whose licence does not do."""
    silent = "declares no licence; read it and add it to LOOKED_AT."
    refused = [f"{name}: {licence} may not be shipped." for name, licence in found.items() if is_refused(licence)]
    return refused + [f"{name}: {silent}" for name, licence in found.items() if not licence]


def write_sbom() -> int:
    """The bill of materials, as CycloneDX; returns how many components it names."""
    made = subprocess.run(
        [uv(), "export", "--frozen", "--no-dev", "--format", "cyclonedx1.5", "--preview-features", "sbom-export"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    SBOM.parent.mkdir(parents=True, exist_ok=True)
    SBOM.write_text(made, encoding="utf-8")
    return len(json.loads(made)["components"])


def advisories(command: list[str], what: str) -> bool:
    """Ask for known vulnerabilities; False where there are some. Whoever can't be asked is named."""
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    except (OSError, subprocess.TimeoutExpired):
        print(f"{what}: NOT CHECKED, the list of advisories could not be reached.")
        return True
    told = done.stdout + done.stderr
    if done.returncode == 0:
        print(f"{what}: no known vulnerability.")
        return True
    if OUT_OF_REACH.search(told):
        print(f"{what}: NOT CHECKED, the list of advisories could not be reached.")
        return True
    print(f"{what}:\n{told}")
    return False


def main() -> int:
    """Exit status 1 where something has to be done."""
    good = advisories([uv(), "audit", "--frozen", "--no-dev", "--preview-features", "audit-command"], "Python packages")
    if npm := shutil.which("npm"):
        good &= advisories([npm, "audit", "--omit=dev"], "Front-end packages")
    else:
        print("Front-end packages: NOT CHECKED, npm is not installed.")
    found = licences()
    wrong = faults(found)
    print(f"Licences: {len(found)} packages, {len(wrong)} to look at.", *wrong, sep="\n  ")
    print(f"Bill of materials: {write_sbom()} components in {SBOM.relative_to(ROOT)}")
    return 0 if good and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
