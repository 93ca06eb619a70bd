"""A process in which everything is imported already, and which makes a child for each fault.

To start the tests costs more than to run those that should notice. So the code is imported once; each child gives the
functions that the fault changes their new code, in place, and runs the tests. What can't be changed so, such as a
constant of a module, is tried by a process of its own: the child says so with the status `FRESH`.

It reads a question on each line of its input and writes an answer on each line of its output, as JSON.
"""

import gc
import importlib
import json
import os
import pkgutil
import resource
import signal
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType
from typing import Final

FRESH: Final = 77
BUSY: Final = 8
"""How many times its processor time a test may take on a machine that has much else to do."""
ARGUMENTS: Final = (
    "-q",
    "-x",
    "--tb=no",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:schemathesis",
    "-p",
    "no:cov",
    "-p",
    "no:xdist",
)


class NeedsFreshStartError(Exception):
    """The fault changes more than what functions do."""


def main() -> None:
    """Answer until the input ends."""
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    prepare()
    answers.write("ready\n")
    for line in sys.stdin:
        answers.write(json.dumps(_ask_a_child(json.loads(line))) + "\n")


def prepare() -> None:
    """Set up as the tests do, and import what they would."""
    configured = tomllib.loads(Path("pyproject.toml").read_text())["tool"]
    os.environ.update(configured["pytest_env"])
    os.environ["DJANGO_SETTINGS_MODULE"] = configured["pytest"]["ini_options"]["DJANGO_SETTINGS_MODULE"]
    import django
    import hypothesis  # noqa: F401
    import pytest  # noqa: F401

    django.setup()
    import aumenta

    for module in pkgutil.walk_packages(aumenta.__path__, "aumenta."):
        if ".migrations" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def _ask_a_child(question: dict[str, str | list[str] | float]) -> dict[str, int]:
    """The status of pytest for the tests of a question; FRESH where a new process is needed, -1 for no end."""
    child = os.fork()
    if not child:
        os.setsid()
        _run(question)
    until = time.monotonic() + BUSY * float(question["patience"])  # type: ignore[arg-type]
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return {"status": max(os.waitstatus_to_exitcode(status), -1)}
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return {"status": -1}


def _run(question: dict[str, str | list[str] | float]) -> None:
    status = 3
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (int(question["patience"]),) * 2)  # type: ignore[arg-type]
        output = os.open(str(question["output"]), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(output, 1)
        os.dup2(output, 2)
        import pytest

        if question["file"]:
            change(Path(str(question["file"])), str(question["before"]))
        status = int(pytest.main([*ARGUMENTS, *question["tests"]]))  # type: ignore[misc]
    except NeedsFreshStartError:
        status = FRESH
    finally:
        sys.stdout.flush()
        os._exit(status)


def change(file: Path, before: str) -> None:
    """Let the functions of a module do what its file says now, where `before` is what it said when it was imported.

    Raises NeedsFreshStartError where anything but functions differs.
    """
    if file.suffix != ".py":
        return
    name = str(file.resolve())
    pairs = list(_pairs(compile(before, name, "exec"), compile(file.read_text(), name, "exec")))
    new = {(old.co_qualname, old.co_firstlineno): code for old, code in pairs}
    for function in [one for one in gc.get_objects() if isinstance(one, FunctionType)]:
        code = function.__code__
        if code.co_filename == name and (code.co_qualname, code.co_firstlineno) in new:
            function.__code__ = new[code.co_qualname, code.co_firstlineno]


def _pairs(old: CodeType, new: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """The code of functions that stands inside, old beside new; what runs only at the import must be the same."""
    inner_old = [one for one in old.co_consts if isinstance(one, CodeType)]
    inner_new = [one for one in new.co_consts if isinstance(one, CodeType)]
    function = old.co_flags & 0x2  # optimised: the body of a function, not of a module or class
    if not function:
        plain = [[repr(const) for const in one.co_consts if not isinstance(const, CodeType)] for one in (old, new)]
        if (old.co_code, old.co_names) != (new.co_code, new.co_names) or plain[0] != plain[1]:
            raise NeedsFreshStartError
    elif old.co_freevars != new.co_freevars:
        raise NeedsFreshStartError
    if [one.co_qualname for one in inner_old] != [one.co_qualname for one in inner_new]:
        if not function:
            raise NeedsFreshStartError
        yield old, new
        return
    if function:
        yield old, new
    for pair in zip(inner_old, inner_new, strict=True):
        yield from _pairs(*pair)


if __name__ == "__main__":
    main()
