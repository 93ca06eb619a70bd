"""Take the README's two pictures from the demo: the plan as its readers see it, an event as its regia does.

    .venv/bin/python tools/readme_pictures.py                           after `make run` has filled the database once
    .venv/bin/python tools/readme_pictures.py http://127.0.0.1:8000     of a server that runs already

Small enough for a page that is read on a train: 256 colours, no more than 200 KB each; a test holds that.
"""

import sys
from contextlib import nullcontext
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
PICTURES = ROOT / "docs" / "pictures"
WANTED = {"plan.png": "/it/", "regia.png": "/it/regia/prova-1/"}
SIZE = {"width": 1280, "height": 800}
PERSON = "amministrazione@demo.example"


def main() -> None:
    """Write both pictures."""
    from tests.browser.chromium import ARGUMENTS, executable

    from tools.screenshots import own_server, session_of

    session = session_of(PERSON)
    running = nullcontext(sys.argv[1]) if len(sys.argv) > 1 else own_server()
    with running as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        for name, address in WANTED.items():
            context = browser.new_context(viewport=SIZE, reduced_motion="reduce")  # type: ignore[arg-type]
            if "/regia/" in address:
                context.add_cookies([{"name": "sessionid", "value": session, "url": server}])
            page = context.new_page()
            page.goto(server + address, timeout=120_000)
            page.locator(".table-card, .plan-table, main").first.wait_for()
            page.wait_for_timeout(1500)
            picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
            picture.quantize(256, dither=Image.Dither.NONE).save(PICTURES / name, optimize=True)
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
