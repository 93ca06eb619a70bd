"""Pictures of pages, so that whoever changes them sees them: desk and phone, both languages, into var/screenshots/.

    .venv/bin/python tools/screenshots.py                          every page whose address has no variable part
    .venv/bin/python tools/screenshots.py azioni/ 2021-2023/       these pages (without the language)
    .venv/bin/python tools/screenshots.py --user anna@example.org redazione/     signed in
    .venv/bin/python tools/screenshots.py --server http://127.0.0.1:8000 --out /tmp/look azioni/

Without --server a server of its own is started on the same database.
"""

import argparse
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ.setdefault("AUMENTA_DEBUG", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aumenta.config.settings")

from playwright.sync_api import Browser, ConsoleMessage, sync_playwright  # noqa: E402
from tests.browser.chromium import ARGUMENTS, executable  # noqa: E402

WIDTHS = {1280: 800, 390: 844}


def plain_paths() -> list[str]:
    """Addresses under a language prefix that have no variable part and can be read."""
    import django

    django.setup()
    from django.urls import LocalePrefixPattern, URLResolver, get_resolver

    found: list[str] = []

    def walk(patterns: list[Any], prefix: str) -> None:
        for entry in patterns:
            address = prefix + str(entry.pattern)
            if "<" in address or "(" in address:
                continue
            if hasattr(entry, "url_patterns"):
                walk(entry.url_patterns, address)
            else:
                found.append(address)

    for entry in get_resolver().url_patterns:
        if isinstance(entry, URLResolver) and isinstance(entry.pattern, LocalePrefixPattern):
            walk(entry.url_patterns, "")
    return sorted(set(found))


@contextmanager
def own_server() -> Iterator[str]:
    """A server on a free port, stopped at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "django", "runserver", f"127.0.0.1:{port}", "--noreload"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            for _ in range(900):
                try:
                    urllib.request.urlopen(address + "/static/ui/mark.svg", timeout=1)
                    break
                except (urllib.error.URLError, OSError):
                    time.sleep(0.2)
            yield address
        finally:
            server.terminate()


def session_of(user: str) -> str:
    """The session key of a user, named by e-mail address or user name, newly signed in."""
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.test import Client

    model = get_user_model()
    client = Client()
    client.force_login(model.objects.get(**{model.USERNAME_FIELD: user}))
    return client.cookies["sessionid"].value


def tell_errors(message: ConsoleMessage) -> None:
    """What a page's scripts complain of."""
    if message.type == "error":
        print("   ", message.text)


def shoot(browser: Browser, server: str, paths: list[str], out: Path, session: str | None, whole: bool) -> None:
    """One picture per path, width and language; tells what is refused or wider than its window."""
    for language in ("it", "en"):
        for width, height in WIDTHS.items():
            context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
            if session:
                context.add_cookies([{"name": "sessionid", "value": session, "url": server}])
            page = context.new_page()
            page.on("console", tell_errors)
            for path in paths:
                address = path if path.startswith("/") else f"/{language}/{path}"
                answer = page.goto(server + address)
                page.wait_for_timeout(150)
                name = address.strip("/").replace("/", "_").replace("?", "_") or "root"
                file = out / f"{name}-{width}.png"
                page.screenshot(path=file, full_page=whole)
                wide = page.evaluate("document.documentElement.scrollWidth")
                remark = f"  WIDER THAN ITS WINDOW: {wide}" if wide > width else ""
                print(f"{answer.status if answer else '?'} {file}{remark}")
            context.close()


def main() -> int:
    """Exit status 1 where there is no browser."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--server", help="address of a server that runs already")
    parser.add_argument("--user", help="sign in as this user")
    parser.add_argument("--out", type=Path, default=ROOT / "var" / "screenshots")
    parser.add_argument("--first-screen", action="store_true", help="only what is seen without scrolling")
    options = parser.parse_args()
    chromium = executable()
    if chromium is None:
        print("No Chromium here: install the system's chromium, or name one in AUMENTA_CHROMIUM.", file=sys.stderr)
        return 1
    options.out.mkdir(parents=True, exist_ok=True)
    session = session_of(options.user) if options.user else None
    paths = options.paths or plain_paths()

    def run(server: str) -> None:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
            shoot(browser, server.rstrip("/"), paths, options.out, session, not options.first_screen)
            browser.close()

    if options.server:
        run(options.server)
    else:
        with own_server() as server:
            run(server)
    return 0


if __name__ == "__main__":
    sys.exit(main())
