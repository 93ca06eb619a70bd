"""docs/roles.md, «The other doors»: every address outside of the desk, in every role, on three kinds of object.

*Public* is what the office has published and is not hers; *own* is not published and hers, where a thing can be
hers: an event in which she leads a table; *others'* is neither. What no line names is refused: a new address fails.
"""

from functools import cache, partial
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aumenta.events.models import Table
from aumenta.events.participants.links import link_of
from aumenta.events.tables.open_table import open_table
from aumenta.pages.models import Page
from aumenta.people.models import Role
from tests.events_cast import a_participant
from tests.rights_stage import ROLES, Stage, addresses, named_addresses, stage, whole_stage

pytestmark = pytest.mark.django_db
__all__ = ["stage", "whole_stage"]

DOC = Path(__file__).resolve().parents[2] / "docs" / "roles.md"
HEAD = "| address | what it is | "
SIGNING_IN = frozenset(
    "account_login account_logout account_inactive account_signup account_reauthenticate account_email "
    "account_email_verification_sent account_change_password account_set_password account_reset_password "
    "account_confirm_login_code account_confirm_email account_reset_password_from_key_done "
    "account_reset_password_from_key account_reset_password_done mfa_index mfa_authenticate mfa_reauthenticate "
    "mfa_activate_totp mfa_deactivate_totp mfa_view_recovery_codes mfa_generate_recovery_codes "
    "mfa_download_recovery_codes mfa_list_webauthn mfa_add_webauthn mfa_reauthenticate_webauthn mfa_remove_webauthn "
    "mfa_edit_webauthn mfa_login_webauthn socialaccount_login_cancelled socialaccount_login_error "
    "socialaccount_signup socialaccount_connections openid_connect_login openid_connect_callback".split()
)
"""What allauth brings: a new release that adds a way in stops here until somebody has looked at it."""


def table() -> dict[str, dict[str, str]]:
    """The second table of the docs: what each role may do at each address."""
    _desk, _title, text = DOC.read_text(encoding="utf-8").partition("## The other doors")
    rows = {}
    for line in text.splitlines():
        if line.startswith("| `"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            rows[cells[0].strip("`")] = dict(zip(ROLES, cells[2:], strict=True))
    return rows


def let_in(client: Client, address: str, **headers: str) -> bool:
    """Whether the address answers with anything but a refusal; what it did is undone."""
    with transaction.atomic():
        answer = client.get(address, headers=headers)
        if answer.status_code == 405:
            answer = client.post(address, "{}", content_type="application/json", headers=headers)
        if answer.status_code == 405:
            answer = client.put(address, b"x", headers=headers)
        transaction.set_rollback(True)
    assert answer.status_code < 500, f"{address}: {answer.status_code}"
    if answer.status_code in {401, 403, 404}:
        return False
    if "sessionid" in client.cookies:
        # What somebody signed in was shown stays in no cache that others share.
        kept = answer.headers["Cache-Control"]
        if "private" not in kept and "no-store" not in kept:
            assert Client().get(address).status_code == 200, f"{address}: {kept}, but not for a stranger"
    return "/login/" not in answer.headers.get("Location", "")


EXPECTED = {
    "yes": (True, True, True),
    "public": (True, False, False),
    "own": (False, True, False),
    "no": (False, False, False),
    # Nobody's role opens what a secret or a signed link opens.
    "device": (False, False, False),
    "link": (False, False, False),
}


def test_the_table_of_the_docs_has_every_address_and_no_other() -> None:
    head = next(line for line in DOC.read_text(encoding="utf-8").splitlines() if line.startswith(f"{HEAD}stranger"))
    assert [cell.strip() for cell in head.removeprefix(HEAD).strip("| ").split("|")] == ROLES
    assert set(table()) == set(addresses())
    assert set(ROLES) == {"stranger", *Role.values}, "a new role has its column"


def test_nothing_that_signing_in_brings_is_there_unseen() -> None:
    there = {name for name, route in named_addresses() if route.startswith("it/accesso/") and name != "own-address"}
    # Views of one package that have no name lead to those that have.
    assert there - {"None"} == SIGNING_IN


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_do_what_the_table_says_and_nothing_else(
    stage: Stage, client: Client, role: str, refused_in_short: None
) -> None:
    if role != "stranger":
        client.force_login(stage.people[role])
    wrong = []
    let = cache(partial(let_in, client))
    for name, cells in table().items():
        kind = Page.Kind.NEWS.value if name == "site:news_piece" else Page.Kind.PAGE.value
        found = tuple(let(some[kind].address(name)) for some in stage.things.values())
        if found != EXPECTED[cells[role]]:
            wrong.append(f"{name}: {cells[role]}, but public, own, others' are {found}")
    assert not wrong, "\n".join(wrong)


def test_a_device_reaches_its_own_table_and_nothing_of_another(stage: Stage, client: Client) -> None:
    here, there = (Table.objects.get(event=stage.things[word]["page"].event) for word in ("public", "others"))
    secret = open_table(code=here.code, pin=here.pin, device=uuid4(), now=timezone.now()).secret
    bearer = {"authorization": f"Bearer {secret}"}
    for name in (name for name, cells in table().items() if cells["stranger"] == "device"):
        assert let_in(client, stage.things["public"]["page"].address(name), **bearer), name
    answer = client.post(reverse("console-settings"), "{}", content_type="application/json", headers=bearer).json()
    assert answer["settings"]["table"] == str(here.public_id)
    entry = {name: str(uuid4()) for name in ("id", "device", "key")}
    entry |= {"table": str(there.public_id), "verb": "set", "what": "text", "value": "Altrui"}
    sent = client.post(
        reverse("console-exchange"),
        {"operations": [{**entry, "clock": 1}]},
        content_type="application/json",
        headers=bearer,
    )
    assert sent.json()["kept"] == []
    assert sent.json()["refused"][0]["code"] == "other-table"


def test_the_link_in_a_mail_opens_one_registration_of_one_event(stage: Stage, client: Client) -> None:
    mine, other = (stage.things[word]["page"].event for word in ("public", "others"))
    token = link_of(a_participant(mine.slug))
    assert client.get(reverse("site:my_registration", args=[mine.slug, token])).status_code == 200
    assert client.get(reverse("site:my_registration", args=[other.slug, token])).status_code == 404
    assert client.get(reverse("site:my_registration", args=[mine.slug, f"{token}x"])).status_code == 404


@pytest.mark.parametrize("role", ROLES)
def test_the_stock_administration_opens_for_superusers_alone(stage: Stage, client: Client, role: str) -> None:
    if role != "stranger":
        client.force_login(stage.people[role])
    pages = [reverse(f"admin:{name}") for name in ("index", "people_user_changelist", "events_event_changelist")]
    assert [let_in(client, page) for page in pages] == [False, False, False]
