"""The preview of a sheet is drawn by the public page's own template: what is approved looks as it was previewed."""

import re

import pytest
from django.test import Client

from aumenta.plan.models import Action
from aumenta.plan.sheet_content import read_content
from aumenta.review.approve import approve
from aumenta.review.propose import propose
from aumenta.review.record import record_import
from aumenta.review.submit import submit
from tests.cast import a_plan, a_small_plan, somebody
from tests.markup import squeezed

pytestmark = pytest.mark.django_db


ENDS = (
    '<h2 id="dove"',
    '<section aria-labelledby="connessioni"',
    "<h2>A che punto è",
    "<h2>How far it has come",
    "<h2>Che cosa è cambiato",
    "<h2>What changed",
    "<aside",
)
"""Where the sheet's own text ends: places, progress, connections and history are kept and decided apart from it."""


def body(text: str) -> str:
    """The body of the sheet alone: what stands before what is kept apart from it, and what stands beside."""
    main = text.split('<div class="beside sheet">')[1]
    main = main[: min(main.index(end) for end in ENDS if end in main)]
    aside = text[text.index("<aside aria-label") : text.index("</aside>")]
    return " ".join(re.sub(r"</?(?:section|div)[^>]*>", " ", f"{main} {aside}").split())


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_preview_of_a_sheet_is_its_public_page(client: Client, language: str) -> None:
    edition = a_plan()
    record_import(edition=edition)
    desk = Client()
    desk.force_login(somebody("approver"))
    for code in ("1.1.1", "2.2.2"):
        public = client.get(f"/{language}/{edition.label}/azioni/{code}/").content.decode()
        preview = desk.get(f"/{language}/scrivania/schede/{edition.label}/{code}/anteprima/").content.decode()
        assert body(preview) == body(public)


def test_what_is_approved_looks_as_it_was_previewed(client: Client) -> None:
    edition = a_small_plan()
    record_import(edition=edition)
    action = Action.objects.of(edition).with_code("1.1.1").get()
    author, approver = somebody("administrator"), somebody("approver")
    content = {
        **read_content(action),
        "description_it": "<h3>Perché</h3><p>La <strong>rete</strong>.</p>",
        "examples": [{"text_it": "Un esempio & altro", "text_en": ""}],
        "alignments": [
            {"framework": "pnrr", "item": "m1c1", "role": "possible_integration", "printed": "M1.C1"},
            {"framework": "pnrr", "item": "m2c1", "role": "primary", "printed": ""},
        ],
        "links": [{"address": "https://esempio.it/?a=1&b=2", "label": ""}],
    }
    proposal = propose(person=author, action=action, content=content)
    desk = Client()
    desk.force_login(author)
    preview = desk.get("/it/scrivania/schede/2021-2023/1.1.1/anteprima/").content.decode()
    proposal = submit(person=author, proposal_id=proposal.pk, revision=proposal.revision)
    approve(person=approver, proposal_id=proposal.pk, revision=proposal.revision)
    assert body(preview) == body(client.get("/it/2021-2023/azioni/1.1.1/").content.decode())


def test_names_nobody_has_approved_yet_are_shown_and_lead_nowhere() -> None:
    edition = a_small_plan()
    action = Action.objects.of(edition).with_code("1.1.1").get()
    author = somebody("administrator")
    content = {
        **read_content(action),
        "actors": [{"actor": "", "printed": "Consorzio <nuovo>"}],
        "alignments": [{"framework": "pnrr", "item": "", "role": "primary", "printed": "M9C9"}],
    }
    propose(person=author, action=action, content=content)
    desk = Client()
    desk.force_login(author)
    text = desk.get("/it/scrivania/schede/2021-2023/1.1.1/anteprima/").content.decode()
    assert "<li>Consorzio &lt;nuovo&gt;</li>" in squeezed(text)
    assert "M9C9" in text
    assert "?pnrr=" not in text
