"""docs/roles.md is true: every address of the desk, in every role, on her own sheets and on others'."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from aumenta.governance.models import Body
from aumenta.governance.set_secretaries import set_secretaries
from aumenta.people.models import User
from aumenta.people.rules import DESK_ROLES, enters_desk
from aumenta.plan.models import Action
from aumenta.review.models import Version
from tests.cast import a_small_plan, somebody
from tests.desk_things import ROUTES, Things, a_proposal
from tests.events_cast import a_small_event
from tests.governance_cast import a_body
from tests.governance_cast import chief as colleague_of_all
from tests.roles_table import HEAD, ROLES, TABLE, table

pytestmark = pytest.mark.django_db


def test_every_role_has_its_column_and_only_those_with_one_enter_the_desk() -> None:
    head = next(line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith(HEAD))
    columns = [cell.strip() for cell in head.removeprefix(HEAD).strip("| ").split("|")]
    assert columns == ROLES, "a new role has its column, the last one, in both tables of docs/roles.md"
    assert set(DESK_ROLES) == set(columns)


def test_a_role_that_nobody_let_in_stays_outside() -> None:
    newcomer = somebody("reader")
    newcomer.__dict__["roles"] = frozenset({"auditor"})
    assert not enters_desk(newcomer)


@pytest.fixture
def own_and_others(request: pytest.FixtureRequest) -> tuple[User, Things, Things, Things]:
    """Somebody in a role, a thing of hers, a thing of others, and a proposal she wrote herself."""
    role = request.param
    edition = a_small_plan()
    actions = {action.code: action for action in Action.objects.of(edition)}
    first = edition.axes.get(number=1)
    colleague = somebody("approver")
    other = somebody("reader")
    me = somebody(
        role,
        axes=(first,) if role == "editor" else (),
        answers_for=(actions["1.1.1"], actions["1.1.2"]) if role == "referent" else (),
    )
    # A facilitator's own is an event in which she leads a table; that of who keeps a venue, one with her venue in it.
    keeps = role == "venue"
    a_small_event("incontro-1-1-1", facilitator=None if keeps else me, keeper=me if keeps else None)
    # A secretary's own are the council and an assembly.
    if role == "secretary":
        set_secretaries(person=colleague_of_all(), secretary=me, bodies=[a_body(), a_body(Body.Kind.ZONE_ASSEMBLY)])
    own = Things(actions["1.1.1"], a_proposal(colleague, actions["1.1.1"]), other)
    others = Things(actions["2.1.1"], a_proposal(colleague, actions["2.1.1"]), other, kept=False)
    for action in (actions["1.1.1"], actions["2.1.1"]):
        latest = Version.objects.latest_of(action)
        assert latest is not None
    written = Things(actions["1.1.2"], own.proposal, other)
    if role in {"administrator", "approver", "editor", "referent"}:
        written = Things(actions["1.1.2"], a_proposal(me, actions["1.1.2"]), other)
    return me, own, others, written


def let_in(client: Client, address: str) -> bool:
    """Whether the address answers her with anything but a refusal; what it did is undone."""
    sheet_form = address.rstrip("/").rsplit("/", 2)
    with transaction.atomic():
        answer = client.get(address)
        if answer.status_code == 405:
            answer = client.post(address)
        transaction.set_rollback(True)
    assert answer.status_code < 500, f"{address}: {answer.status_code}"
    if answer.status_code in {403, 404}:
        return False
    where = answer.headers.get("Location", "")
    return not where.startswith("/it/accesso/login/") and not (where.endswith("/anteprima/") and len(sheet_form) > 2)


def test_the_table_of_the_docs_has_every_address_and_no_other() -> None:
    assert set(table()) == set(ROUTES)


def test_every_view_of_the_desk_names_its_rule() -> None:
    assert [name for name, pattern in ROUTES.items() if not hasattr(pattern.callback, "rule")] == []


@pytest.mark.parametrize("own_and_others", ROLES, indirect=True, ids=ROLES)
def test_each_role_may_do_what_the_table_says_and_nothing_else(
    own_and_others: tuple[User, Things, Things, Things], client: Client, refused_in_short: None
) -> None:
    me, own, others, written = own_and_others
    role = me.grants.get().role
    client.force_login(me)
    wrong = []
    for name, cells in table().items():
        on_own, on_others = let_in(client, own.address(name)), let_in(client, others.address(name))
        on_written = let_in(client, written.address(name)) if cells[role] == "author" else None
        expected = {
            "yes": (True, True, None),
            "own": (True, False, None),
            "author": (False, False, True),
            "no": (False, False, None),
        }
        if (on_own, on_others, on_written) != expected[cells[role]]:
            wrong.append(f"{name}: {cells[role]}, but own {on_own}, others' {on_others}, written {on_written}")
    assert wrong == []


def test_a_stranger_is_sent_to_sign_in_at_every_address(client: Client) -> None:
    edition = a_small_plan()
    action = Action.objects.of(edition).first()
    assert action is not None
    person = somebody("administrator")
    things = Things(action, a_proposal(person, action), person)
    for name in ROUTES:
        answer = client.get(things.address(name))
        if answer.status_code == 405:
            answer = client.post(things.address(name))
        assert answer.status_code == 302, name
        assert answer.headers["Location"].startswith("/it/accesso/login/?next=/it/scrivania/"), name


def test_somebody_without_a_role_gets_nowhere_but_to_her_own_account(client: Client) -> None:
    person = User.objects.create_user("nuova@esempio.it", None)
    client.force_login(person)
    assert client.get(reverse("desk:inbox")).status_code == 403
    assert client.get(reverse("desk:sheets")).status_code == 403
    assert client.get(reverse("desk:me")).status_code == 200


def test_somebody_whose_account_was_closed_is_a_stranger(client: Client) -> None:
    person = somebody("administrator")
    client.force_login(person)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get(reverse("desk:inbox")).status_code == 302
