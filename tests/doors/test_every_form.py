"""Every form can be sent: each has its token in its template, and a client that checks tokens sends each of them."""

import logging
import re
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from tests.cast import somebody
from tests.desk_things import Things
from tests.forms_met import TOKEN, Form
from tests.pages_with_forms import ENTRANCE, addresses, pages_forms, public_things

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).resolve().parents[2] / "src"
SAMPLES = {"style_guide.html"}
"""Pages whose forms are pictures of forms."""
FORM = re.compile(r"<form\b[^>]*\bmethod=.post.*?</form>", re.DOTALL | re.IGNORECASE)


def test_every_form_of_every_template_has_its_token() -> None:
    found = 0
    for path in sorted(SOURCE.rglob("*.html")):
        if path.name not in SAMPLES:
            for form in FORM.findall(path.read_text()):
                found += 1
                has_token = "{% csrf_token %}" in form or f'name="{TOKEN}" value="{{{{ csrf_token }}}}"' in form
                assert has_token, f"{path.name}: {form[:160]}"
    assert found > 80


def refused_tokens(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What was refused because of its token."""
    return [record.getMessage() for record in caplog.records if record.name == "django.security.csrf"]


@pytest.fixture
def things() -> Things:
    return public_things()


def test_every_form_can_be_sent_by_a_browser_that_has_its_page(
    things: Things, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "django.security.csrf")
    inside, outside = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    chief = somebody("administrator", email="capo@esempio.it")
    inside.force_login(chief)
    seen: set[tuple[str, frozenset[str]]] = set()
    for client, some in ((inside, list(addresses(things))), (outside, ENTRANCE)):
        for address in some:
            for form in pages_forms(client, address):
                if form.kind not in seen:
                    seen.add(form.kind)
                    send(client, form)
                    if client is inside:
                        inside.force_login(chief)  # among what was sent is «sign out»
                    assert refused_tokens(caplog) == [], f"{address}: {form.action}"
    assert len(seen) > 60, sorted(path for path, _names in seen)
    assert any("iscrizione" in path for path, _names in seen), "the registration, too"


def send(client: Client, form: Form) -> None:
    """Post a form as it stands; what it did is undone."""
    with transaction.atomic():
        answer = client.post(form.action, form.fields)
        assert answer.status_code < 500, form.action
        transaction.set_rollback(True)


def test_a_form_without_its_token_is_refused(things: Things, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, "django.security.csrf")
    client = Client(enforce_csrf_checks=True)
    (form,) = pages_forms(client, f"/it/eventi/{things.event}/iscrizione/")
    assert client.post(form.action, {**form.fields, TOKEN: ""}).status_code == 403
    assert refused_tokens(caplog)
