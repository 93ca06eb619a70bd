"""Set up what a fresh machine lacks, with nothing but Python's standard library.

Without an argument: the virtual environment .venv, exactly as uv.lock says, with Node.js from a wheel where the
system has none. With `npm`: the front end's packages, exactly as package-lock.json says.
"""

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV_VERSION = "0.13.9"
UV_FOLDER = ROOT / ".uv"


def main() -> None:
    """Do what the argument says."""
    if sys.version_info < (3, 11):
        sys.exit("Aumenta needs Python 3.11 or later: set PYTHON=/path/to/python3.11 before make.")
    if sys.argv[1:] == ["npm"]:
        install_packages()
    else:
        make_environment()


def make_environment() -> None:
    """Make .venv with every Python package of the lock file."""
    groups = [] if shutil.which("node") and shutil.which("npm") else ["--group", "node"]
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "UV_LINK_MODE": "copy"}
    environment.pop("VIRTUAL_ENV", None)
    command = [str(find_uv()), "sync", "--frozen", "--python", sys.executable, *groups]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def find_uv() -> Path:
    """The uv of this project, fetched once from PyPI; pip and venv are not needed for it."""
    uv = UV_FOLDER / f"uv-{UV_VERSION}"
    if not uv.exists():
        UV_FOLDER.mkdir(exist_ok=True)
        with urllib.request.urlopen(f"https://pypi.org/pypi/uv/{UV_VERSION}/json", timeout=60) as answer:
            files = json.load(answer)["urls"]
        wheel = next((f for f in files if fits_this_machine(f["filename"])), None)
        if wheel is None:
            sys.exit(f"There is no uv {UV_VERSION} for this machine: install uv yourself and run «uv sync --frozen».")
        with urllib.request.urlopen(wheel["url"], timeout=300) as answer:
            content = answer.read()
        if hashlib.sha256(content).hexdigest() != wheel["digests"]["sha256"]:
            sys.exit("The download of uv arrived damaged: run the command again.")
        archive = UV_FOLDER / "uv.whl"
        archive.write_bytes(content)
        with zipfile.ZipFile(archive) as parts:
            name = next(n for n in parts.namelist() if n.endswith("/scripts/uv"))
            uv.write_bytes(parts.read(name))
        archive.unlink()
        uv.chmod(0o755)
    return uv


def fits_this_machine(filename: str) -> bool:
    """Whether a wheel of uv runs here, told from its file name."""
    machine = platform.machine().lower().replace("amd64", "x86_64")
    if sys.platform == "darwin":
        return "macosx" in filename and machine in filename and filename.endswith(".whl")
    return "manylinux" in filename and machine in filename and filename.endswith(".whl")


def install_packages() -> None:
    """Make node_modules with every package of package-lock.json."""
    bin_folder = ROOT / ".venv" / "bin"
    environment = {**os.environ, "PATH": f"{os.environ['PATH']}{os.pathsep}{bin_folder}"}
    npm = shutil.which("npm", path=environment["PATH"])
    if npm is None:
        sys.exit("npm is missing: run «make clean» and then the command again.")
    subprocess.run([npm, "ci", "--no-audit", "--no-fund"], cwd=ROOT, env=environment, check=True)


if __name__ == "__main__":
    main()
