"""The modules of the front end, in Node's own test runner: what each `*.test.js` beside this file says must hold."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
NODE = shutil.which("node") or str(Path(sys.executable).parent / "node")


@pytest.mark.parametrize("path", sorted(HERE.glob("*.test.js")), ids=lambda path: path.name.removesuffix(".test.js"))
def test_every_script_does_what_its_tests_say(path: Path) -> None:
    if not Path(NODE).exists():
        if os.environ.get("CI") == "true":
            pytest.fail("Node.js is missing")
        pytest.skip("no Node.js here: make setup brings one")
    # Long enough for the busiest machine: only what never ends is stopped.
    command = [NODE, "--test", "--test-reporter=tap", "--test-timeout=60000", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    failed = re.findall(r"^\s*not ok \d+ - (.*)$", done.stdout, re.MULTILINE)
    assert not failed, done.stdout
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.findall(r"^\s*ok \d+ - ", done.stdout, re.MULTILINE), "no test was found"
