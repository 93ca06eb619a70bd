"""Who may do what, rule by rule and verb by verb: the own, that of others, and that of the same kind at hand."""

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from aumenta.events import rules as events
from aumenta.events.models import Event, Table
from aumenta.pages.rules import may_publish_pages
from aumenta.people import rules as people
from aumenta.people.accounts import (
    add_organisation,
    add_person,
    change_own_account,
    close_account,
    give_role,
    take_role,
)
from aumenta.people.models import Grant, User
from aumenta.people.permission import NotAllowedError, check_permission
from aumenta.people.rules import Person
from aumenta.plan import rules as plan
from aumenta.plan.models import Action, Edition
from aumenta.plan.sheet_content import read_content
from aumenta.review import rules as review
from aumenta.review.editions.freeze import freeze, publish, reopen
from aumenta.review.propose import propose
from aumenta.review.submit import submit, take_back
from aumenta.review.withdraw import withdraw
from aumenta.surveys.rules import may_keep_questionnaires, may_publish_questionnaires
from aumenta.themes.group_themes import rename
from aumenta.themes.models import Theme
from aumenta.voices.rules import may_keep_contributions
from tests.cast import a_small_plan, somebody
from tests.events_cast import a_small_event

pytestmark = pytest.mark.django_db
ROLES = ("administrator", "approver", "editor", "referent", "facilitator", "reader", "secretary", "venue")
ALL, OFFICE, WRITERS = set(ROLES), {"administrator", "approver"}, {"administrator", "approver", "editor", "referent"}
AXES = OFFICE | {"editor"}
RULES: dict[Callable[[Person], bool], set[str]] = {
    people.is_administrator: {"administrator"},
    people.is_approver: OFFICE,
    people.enters_desk: ALL,
    people.writes_plan: WRITERS,
    people.manages_people: {"administrator"},
    people.manages_pages: AXES,
    people.changes_names: AXES,
    plan.may_teach_search: OFFICE,
    review.may_read_log: OFFICE,
    review.may_manage_editions: {"administrator"},
    review.may_see_editions: AXES,
    events.may_prepare: OFFICE,
    events.may_publish: OFFICE,
    events.may_see_events: OFFICE | {"facilitator", "venue"},
    events.may_enter_regia: AXES | {"facilitator"},
    may_publish_pages: OFFICE,
    may_keep_contributions: AXES,
    may_keep_questionnaires: AXES,
    may_publish_questionnaires: OFFICE,
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_rule_lets_in_its_roles_and_nobody_else(rule: Callable[[Person], bool]) -> None:
    assert {role for role in ROLES if rule(somebody(role))} == RULES[rule]
    assert not rule(AnonymousUser())
    assert not rule(User.objects.create_user("nuova@esempio.it"))
    for role in RULES[rule]:
        closed = somebody(role)
        User.objects.filter(pk=closed.pk).update(is_active=False)
        assert not rule(User.objects.get(pk=closed.pk)), f"{role} whose account was closed"


def test_whoever_has_the_servers_console_is_an_administrator_and_nothing_more() -> None:
    chief = User.objects.create_superuser("server@esempio.it", "una parola lunga")
    assert people.is_administrator(chief)
    assert people.manages_people(chief)
    assert not people.has_role(chief, "referent")
    assert not people.has_role(chief, "reader", "facilitator")


class Plan:
    """Two editions, one of them in preparation; an editor of axis 1, a referent of sheet 1.1.1, and others."""

    def __init__(self) -> None:
        self.public, self.next = a_small_plan(), a_small_plan(label="2024-2026", state="preparation")
        self.people = {
            role: somebody(
                role,
                axes=(self.public.axes.get(number=1),) if role == "editor" else (),
                answers_for=(self.sheet("1.1.1"),) if role == "referent" else (),
            )
            for role in ROLES
        }
        # The other one's things are of the same kind, and at hand.
        self.other_editor = somebody("editor", axes=(self.public.axes.get(number=2),))
        self.other_referent = somebody("referent", answers_for=(self.sheet("1.1.2"), self.sheet("2.1.1")))

    def sheet(self, code: str, edition: Edition | None = None) -> Action:
        """A sheet of the public edition, or of the one given."""
        return Action.objects.of(edition or self.public).with_code(code).get()

    def former(self, role: str) -> User:
        """Whoever held the role: it was taken, what it was about was left."""
        Grant.objects.filter(person=self.people[role]).delete()
        return User.objects.get(pk=self.people[role].pk)


@pytest.fixture
def case() -> Plan:
    return Plan()


def codes(sheets: object) -> set[str]:
    """The sheets of a query by edition and code."""
    return {f"{one.strategy.axis.edition.label} {one.code}" for one in sheets}  # type: ignore[attr-defined]


def test_whoever_writes_may_change_the_own_sheets_and_no_other(case: Plan) -> None:
    everything = codes(Action.objects.all())
    assert len(everything) == 8
    expected = {
        "administrator": everything,
        "approver": everything,
        "editor": {"2021-2023 1.1.1", "2021-2023 1.1.2"},
        "referent": {"2021-2023 1.1.1"},
        "facilitator": set(),
        "reader": set(),
    }
    for role, sheets in expected.items():
        assert codes(plan.sheets_proposable_by(case.people[role])) == sheets, role
        assert plan.may_propose_on(case.people[role], case.sheet("1.1.1")) == ("2021-2023 1.1.1" in sheets)
    assert not plan.sheets_proposable_by(AnonymousUser()).exists()
    for role in ("editor", "referent"):
        assert not plan.sheets_proposable_by(case.former(role)).exists(), f"a former {role}"


def test_the_desk_shows_the_edition_in_preparation_to_those_who_write_axes_alone(case: Plan) -> None:
    everything, public = codes(Action.objects.all()), codes(Action.objects.of(case.public))
    expected = {
        "administrator": everything,
        "approver": everything,
        "editor": everything,
        "referent": {"2021-2023 1.1.1"},
        "facilitator": public,
        "reader": public,
    }
    for role, sheets in expected.items():
        assert codes(plan.sheets_seen_by(case.people[role])) == sheets, role


def test_places_are_set_by_approvers_and_by_the_editor_of_the_axis(case: Plan) -> None:
    may = {role for role in ROLES if plan.may_set_places(case.people[role], case.sheet("1.1.1"))}
    assert may == AXES
    assert not plan.may_set_places(case.other_editor, case.sheet("1.1.1"))
    assert not plan.may_set_places(case.people["editor"], case.sheet("1.1.1", case.next)), "another edition's"
    assert not plan.may_set_places(case.former("editor"), case.sheet("1.1.1"))


def test_a_proposal_is_read_by_its_sheets_people_and_taken_back_by_them_alone(case: Plan) -> None:
    author, action = case.people["referent"], case.sheet("1.1.1")
    made = propose(person=author, action=action, content={**read_content(action), "title_it": "Nuovo"})
    made = submit(person=author, proposal_id=made.pk, revision=made.revision)
    readers = {role for role in ROLES if review.may_read_proposal(case.people[role], made)}
    assert readers == WRITERS
    for stranger in (case.other_editor, case.other_referent, AnonymousUser()):
        assert not review.may_read_proposal(stranger, made)
    for stranger in (case.other_editor, case.other_referent, case.people["facilitator"], case.people["reader"]):
        with pytest.raises(NotAllowedError):
            take_back(person=stranger, proposal_id=made.pk)
    withdrawers = {role for role in ROLES if review.may_withdraw(case.people[role], made)}
    assert withdrawers == {"administrator", "referent"}, "an approver decides, and does not make away with it"
    for stranger in (case.people["approver"], case.people["editor"], case.other_referent):
        with pytest.raises(NotAllowedError):
            withdraw(person=stranger, proposal_id=made.pk)


def test_a_regia_is_run_by_the_office_and_by_who_leads_one_of_its_tables(case: Plan) -> None:
    leader, other = case.people["facilitator"], somebody("facilitator")
    mine, theirs = a_small_event("mio", facilitator=leader), a_small_event("loro", facilitator=other)
    assert {role for role in ROLES if events.may_run_regia(case.people[role], mine)} == AXES | {"facilitator"}
    assert {role for role in ROLES if events.may_run_regia(case.people[role], theirs)} == AXES
    assert set(events.events_of_regia(leader)) == {mine}
    assert not events.events_of_regia(case.people["reader"]).exists()
    led = case.former("facilitator")
    assert not events.may_run_regia(led, mine), "somebody who was a facilitator"
    assert not events.events_of_regia(led).exists()
    assert not events.may_see_table(led, Table.objects.get(event=mine))


def test_a_facilitator_sees_the_own_table_and_not_the_one_beside_it(case: Plan) -> None:
    leader = case.people["facilitator"]
    event = a_small_event("mio", facilitator=leader)
    own = Table.objects.get(event=event)
    beside = Table.objects.create(event=event, venue=own.venue, number=2, code="ZZZZZZ", pin="1", export_key=b"x" * 32)
    assert events.may_see_table(leader, own)
    assert not events.may_see_table(leader, beside)
    assert {role for role in ROLES if events.may_see_table(case.people[role], beside)} == OFFICE


def attempts(case: Plan) -> dict[str, tuple[set[str], Callable[[User], object]]]:
    """Verbs, who may do them, and how they are done."""
    event: Event = a_small_event("mio", facilitator=case.people["facilitator"])
    theme = Theme.objects.create(event=event, name="Treni")
    frozen = case.public
    freeze(person=case.people["administrator"], edition=frozen, title_it="Adozione", dated=date(2022, 1, 1))
    account = somebody("reader", email="altra@esempio.it")
    held = account.grants.get()
    return {
        "add a person": (
            {"administrator"},
            lambda who: add_person(person=who, email=f"{who.pk}@nuova.it", full_name="N"),
        ),
        "add an organisation": ({"administrator"}, lambda who: add_organisation(person=who, name_it=f"Ente {who.pk}")),
        "give a role": ({"administrator"}, lambda who: give_role(person=who, to=account, role="facilitator")),
        "take a role": ({"administrator"}, lambda who: take_role(person=who, grant=held)),
        "close an account": ({"administrator"}, lambda who: close_account(person=who, whose=account)),
        "change the own account": (ALL, lambda who: change_own_account(person=who, full_name="Ada", language="it")),
        "reopen an edition": ({"administrator"}, lambda who: reopen(person=who, edition=frozen)),
        "publish an edition": ({"administrator"}, lambda who: publish(person=who, edition=case.next)),
        "group themes": (
            AXES | {"facilitator"},
            lambda who: rename(person=who, theme=theme, name="Tema"),
        ),
    }


def test_verbs_refuse_whoever_may_not_and_only_those(case: Plan) -> None:
    outsider = User.objects.create_user("nuova@esempio.it")
    User.objects.filter(pk=outsider.pk).update(is_active=False)
    outsider.refresh_from_db()
    for name, (allowed, attempt) in attempts(case).items():
        refused = set()
        # Those who may come last: what they do is done.
        for role in sorted(ROLES, key=lambda role: role in allowed):
            try:
                attempt(case.people[role])
            except NotAllowedError:
                refused.add(role)
        assert refused == ALL - allowed, name
        with pytest.raises(NotAllowedError):
            attempt(outsider)


@pytest.mark.parametrize("what", ["", "people"])
def test_what_is_not_allowed_is_refused_whatever_it_is_called(what: str) -> None:
    with pytest.raises(NotAllowedError):
        check_permission(False, what)
    check_permission(True, what)
