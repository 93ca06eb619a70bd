"""What tests of the console ask for: a table opened in a browser, its network cut and mended, a photo."""

from io import BytesIO
from uuid import uuid4

from PIL import Image

from aumenta.events.models import Table, TableOperation


def opening(client, at, pin="123456", device=None, **more):
    body = {"code": at.code, "pin": pin, "device": str(device or uuid4()), "language": "it"}
    return client.post("/api/tavolo/apri", body, content_type="application/json", **more)


def a_picture() -> bytes:
    """A photo of some ten thousand bytes, which no packing makes small."""
    file = BytesIO()
    Image.effect_noise((300, 200), 90).convert("RGB").save(file, "JPEG", quality=90)
    return file.getvalue()


def enter(page, at, language="it"):
    page.goto(f"/{language}/tavolo/#{at.code}")
    page.fill("#pin", "123456")
    page.click("button.primary")
    page.wait_for_selector("#tabs button")
    # From here on the page must be able to do without the network.
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")


def tab(page, number):
    page.click(f"#tabs button:nth-child({number})")


def all_arrived(page):
    page.wait_for_function("() => document.documentElement.dataset.state === 'fine'", timeout=20_000)


def kept(at: Table):
    return [operation for _, _, operation in TableOperation.objects.filter(table=at).as_operations()]


def cut(page, wire):
    """No network, and the page is told so, as a browser tells it."""
    wire.cut()
    page.context.set_offline(True)


def mend(page, wire):
    """The network is back, and the page is told so."""
    wire.mend()
    page.context.set_offline(False)
