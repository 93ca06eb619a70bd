"""Anybody may ask for any part of the book: who asks for a thousand keeps the printer busy, and not the site."""

from threading import Event, Thread
from time import sleep

import pytest
from django.test import Client

from aumenta.printing import paper
from aumenta.printing.paper import PrintingBusyError, compile_pdf
from tests.cast import a_small_plan

pytestmark = pytest.mark.django_db


def test_few_files_are_made_at_once_and_who_waited_in_vain_is_told_when_to_come_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each part of the book takes seconds of all processors, and there are more parts than anybody keeps."""
    edition = a_small_plan()
    begun, go_on, made = Event(), Event(), []

    def slow(*_given: object) -> bytes:
        begun.set()
        assert go_on.wait(20)
        return b"%PDF"

    monkeypatch.setattr(paper, "_repaired", slow)
    monkeypatch.setattr(paper, "WAIT", 0.1)
    first = [Thread(target=lambda: made.append(compile_pdf("book.typ", {}))) for _n in range(paper.AT_ONCE)]
    for one in first:
        one.start()
    assert begun.wait(20)
    while paper._room._value:
        sleep(0.01)  # until both have begun
    with pytest.raises(PrintingBusyError):
        compile_pdf("book.typ", {})
    answer = Client(raise_request_exception=False).get(f"/it/{edition.label}/piano.pdf")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "20")
    assert "altre persone chiedono file" in answer.content.decode()
    assert client.get(f"/it/{edition.label}/").status_code == 200, "the pages are there"
    go_on.set()
    for one in first:
        one.join()
    assert made == [b"%PDF"] * paper.AT_ONCE
    assert compile_pdf("book.typ", {}) == b"%PDF", "and the printer is free again"
