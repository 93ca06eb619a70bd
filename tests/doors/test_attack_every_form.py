"""Every form that anybody or the desk has, sent with fields left out, doubled, too long and of the wrong kind; and by
every role that may not send it. AUMENTA_FUZZ=1 tries every value in every field: some ten thousand requests."""

import os
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from aumenta.people.models import Role
from aumenta.surveys.models import Questionnaire
from aumenta.voices.models import Consultation
from tests.cast import somebody
from tests.forms_met import TOKEN, Form
from tests.pages_with_forms import ENTRANCE, addresses, pages_forms, public_things
from tests.roles_table import table

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WHOLE: Final = bool(os.environ.get("AUMENTA_FUZZ"))
ODD: Final = (
    *("", "x", "-1", "9" * 30, "²", "à" * 20_000, "\x1b\uffff\u202e\u2028<b>", "2026-02-31", "[{"),
    *("0001-01-01", "1e400", "٣", "9999-12-31"),
)
OPEN: Final = [
    *ENTRANCE,
    "/it/contatti/",
    "/it/partecipa/segui/",
    "/it/segui/?cosa=zona-1",
    "/it/valuta/?pagina=/it/&voto=2",
]
VERBS: Final = {"verb", "action", "state", "esito", "step"}
WRITES: Final = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)')
OF_EVERY_VISIT: Final = {"django_session", "people_attempt"}
"""Tables that are written whoever asks."""


def forms_of(client: Client, some: list[str]) -> list[Form]:
    """Each kind of form on these pages once."""
    found: dict[Any, Form] = {}
    for address in some:
        for form in pages_forms(client, address):
            if "logout" not in form.action:
                found.setdefault(form.kind, form)
    return list(found.values())


def sent_oddly(form: Form) -> Iterator[Mapping[str, Any]]:
    """What somebody sends who means no good, or whose browser is broken."""
    whole: dict[str, Any] = {name: list(values) for name, values in form.fields.items()}
    fields = [name for name in whole if name != TOKEN]
    yield {TOKEN: whole[TOKEN]}
    yield {name: [*values, "y"] for name, values in whole.items()}
    for verb, value in [(name, value) for name in VERBS & set(fields) for value in whole[name]][: None if WHOLE else 6]:
        yield {**whole, verb: value}
    for place, name in enumerate(fields):
        some = ODD if WHOLE else [ODD[(place + len(form.action) + n) % len(ODD)] for n in (0, 5)]
        yield from ({**whole, name: value} for value in some)


def test_no_form_breaks_whatever_stands_in_its_fields() -> None:
    things = public_things()
    chief = somebody("administrator", email="capo@esempio.it")
    inside, outside = Client(), Client()
    inside.force_login(chief)
    some = [*OPEN, *(f"/it/partecipa/{one.slug}/" for one in Consultation.objects.all())]
    some += [f"/it/questionari/{one.slug}/" for one in Questionnaire.objects.all()]
    sent = 0
    for client, pages in ((inside, list(addresses(things))), (outside, some)):
        for form in forms_of(client, pages):
            for fields in sent_oddly(form):
                with transaction.atomic():
                    answer = client.post(form.action, fields)
                    transaction.set_rollback(True)
                assert answer.status_code < 500, f"{form.action}: {fields}"
                sent += 1
            if client is inside:
                inside.force_login(chief)
    assert sent > 1_000


@pytest.mark.parametrize("role", [None, *(role for role in Role.values if role != "administrator")])
def test_no_role_writes_anything_by_a_form_that_is_not_hers(role: str | None) -> None:
    """The forms of an administrator, with the words that say yes: what docs/roles.md refuses writes no row."""
    things = public_things()
    inside, client = Client(), Client()
    inside.force_login(somebody("administrator", email="capo@esempio.it"))
    me = somebody(role or "reader", email="altra@esempio.it")
    if role is None:
        me.grants.all().delete()
    client.force_login(me)
    allowed, wrong = table(), []
    for form in forms_of(inside, list(addresses(things))):
        route = resolve(form.action.partition("?")[0])
        if route.namespace != "desk" or route.url_name in {"me", "change_address", "confirm_address"}:
            continue
        if role is not None and allowed[str(route.url_name)][role] == "yes":
            continue
        with transaction.atomic():
            with CaptureQueriesContext(connection) as asked:
                answer = client.post(form.action, {**form.fields, "sure": "1"})
            transaction.set_rollback(True)
        assert answer.status_code < 500, form.action
        wrote = {found[1] for one in asked.captured_queries if (found := WRITES.match(one["sql"]))} - OF_EVERY_VISIT
        if wrote:
            wrong.append(f"{form.action}: {sorted(wrote)}")
    assert wrong == []
