"""Axes, strategies and actions get other codes, and what was taken out comes back: nothing of them is lost, and every
old address leads on."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from aumenta.following.models import Subscription
from aumenta.governance.models import Act, Condition
from aumenta.people.permission import NotAllowedError
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, ActionContinuation, ActionPlace, Axis, Edition, FormerCode, Strategy
from aumenta.plan.sheet_content import read_content
from aumenta.review.approve import approve
from aumenta.review.editions.continuations import drop_sheet, put_sheet_back
from aumenta.review.editions.freeze import freeze
from aumenta.review.frame.decide_change import approve_change, submit_change
from aumenta.review.frame.propose_change import propose_change, propose_to_put_back
from aumenta.review.frame.removed import KEPT, forget_removed
from aumenta.review.models import FrameProposal, Proposal, RemovedSheet, Version
from aumenta.review.propose import propose
from aumenta.review.queries import contents_as_of, public_history, release_is_intact, sheets_beside_their_version
from aumenta.review.record import record_import
from aumenta.review.submit import submit
from aumenta.voices.models import Contribution
from tests.cast import somebody
from tests.desk_cast import fields_of
from tests.frame_cast import Office
from tests.governance_cast import an_opinion

pytestmark = pytest.mark.django_db
Kind = FrameProposal.Kind
SHEET = "/{}/2021-2023/azioni/{}/"


@pytest.fixture
def office() -> Office:
    return Office()


def codes(edition: Edition) -> list[str]:
    return [action.code for action in Action.objects.of(edition)]


def in_preparation(office: Office) -> Edition:
    Edition.objects.filter(pk=office.edition.pk).update(state="preparation")
    office.edition.refresh_from_db()
    return office.edition


def an_action_later() -> Action:
    """One of the next edition."""
    plan = Edition.objects.get().plan
    edition = Edition.objects.create(plan=plan, label="2024-2026", title_it="Dopo", first_year=2024, last_year=2026)
    strategy = Axis.objects.create(edition=edition, number=1, title_it="A").strategies.create(number=1, title_it="S")
    return Action.objects.create(strategy=strategy, number=1, title_it="Prosegue")


def moved(office: Office, kind: str, about: Axis | Strategy | Action, code: str) -> FrameProposal:
    """Something moved by an administrator and approved by somebody else."""
    made = propose_change(
        person=somebody("administrator"), kind=kind, about=about, content={"code": code}, reason="Riordino"
    )
    sent = submit_change(person=made.author, change=made, revision=made.revision)
    return approve_change(person=office.judge, change=sent, revision=sent.revision)


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("path", ["azioni/{}/", "azioni/{}/?da=mail", "al/{day}/azioni/{}/"])
def test_the_old_address_of_a_moved_action_leads_to_the_new_one(
    office: Office, client: Client, language: str, path: str
) -> None:
    moved(office, Kind.MOVE_ACTION, office.action, "2.1.9")
    day = timezone.localdate().isoformat()
    old, new = (f"/{language}/2021-2023/" + path.format(code, day=day) for code in ("1.1.2", "2.1.9"))
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (301, new)


@pytest.mark.parametrize("path", ["azioni/{}.json", "azioni/{}/x/", "{}/"])
def test_what_never_was_an_address_is_not_found_under_an_old_code_either(
    office: Office, client: Client, path: str
) -> None:
    moved(office, Kind.MOVE_ACTION, office.action, "2.1.9")
    assert client.get("/it/2021-2023/" + path.format("1.1.2"), follow=True).status_code == 404


def test_the_old_addresses_of_what_a_moved_axis_holds_lead_on(office: Office, client: Client) -> None:
    moved(office, Kind.MOVE_AXIS, office.axis, "7")
    for path in ("assi/{}/", "indicatori/{}/"):
        answer = client.get("/it/2021-2023/" + path.format("1"))
        assert (answer.status_code, answer["Location"]) == (301, "/it/2021-2023/" + path.format("7"))
    for old, new in (("strategie/1.1/", "strategie/7.1/"), ("azioni/1.1.1/", "azioni/7.1.1/")):
        assert client.get(f"/en/2021-2023/{old}")["Location"] == f"/en/2021-2023/{new}"
        assert client.get(f"/en/2021-2023/{new}").status_code == 200


def test_moves_one_after_the_other_lead_to_where_it_is_today_and_back_home_it_is_at_home(
    office: Office, client: Client
) -> None:
    for code in ("1.1.8", "2.1.9"):
        office.action.refresh_from_db()
        moved(office, Kind.MOVE_ACTION, Action.objects.get(pk=office.action.pk), code)
    for old in ("1.1.2", "1.1.8"):
        assert client.get(SHEET.format("it", old))["Location"] == SHEET.format("it", "2.1.9")
    moved(office, Kind.MOVE_ACTION, Action.objects.get(pk=office.action.pk), "1.1.2")
    assert client.get(SHEET.format("it", "1.1.2")).status_code == 200
    assert client.get(SHEET.format("it", "2.1.9"))["Location"] == SHEET.format("it", "1.1.2")


def test_a_public_code_is_never_given_to_something_else(office: Office) -> None:
    other = Action.objects.of(office.edition).with_code("1.1.1").get()
    with pytest.raises(RefusedError, match="code_taken"):
        moved(office, Kind.MOVE_ACTION, other, "1.1.2")
    moved(office, Kind.MOVE_ACTION, office.action, "2.1.9")
    FrameProposal.objects.open().delete()
    with pytest.raises(RefusedError, match="code_was_given"):
        moved(office, Kind.MOVE_ACTION, other, "1.1.2")
    assert office.approved(Kind.NEW_ACTION).code == "1.1.3"


NO_PLACES = {
    **dict.fromkeys(["9.9.1", "1.1.0", "1.1.x", "", "1.1.1000", "1.1.02", "5"], "code_of_nothing"),
    "1.1.2": "nothing_changed",
}


@pytest.mark.parametrize(("code", "why"), NO_PLACES.items())
def test_a_place_that_is_none_is_refused_when_it_is_sent(office: Office, code: str, why: str) -> None:
    made = propose_change(
        person=office.judge, kind=Kind.MOVE_ACTION, about=office.action, content={"code": code}, reason="Perché"
    )
    with pytest.raises(RefusedError, match=why):
        submit_change(person=office.judge, change=made, revision=made.revision)


def test_the_history_of_a_sheet_goes_on_under_its_new_code(office: Office) -> None:
    said = read_content(office.action)
    moved(office, Kind.MOVE_ACTION, office.action, "2.1.9")
    action = Action.objects.get(pk=office.action.pk)
    assert read_content(action) == said
    newest = public_history(action, office.edition)[0]
    assert newest.sentences == ["Fino ad allora era l’azione 1.1.2."]
    today = contents_as_of(office.edition, timezone.localdate())
    assert ("1.1.2" in today, today["2.1.9"]) == (False, said)
    assert sheets_beside_their_version(office.edition) == []


def test_a_dated_version_stays_intact_when_codes_change_afterwards(office: Office) -> None:
    edition = in_preparation(office)
    release = freeze(person=somebody("administrator"), edition=edition, title_it="Adozione", dated=timezone.localdate())
    Edition.objects.filter(pk=edition.pk).update(frozen_at=None)
    moved(office, Kind.MOVE_STRATEGY, office.strategy, "1.2")
    moved(office, Kind.MOVE_ACTION, Action.objects.of(edition).with_code("1.2.2").get(), "1.2.1")
    assert codes(edition)[:2] == ["1.2.1", "1.2.2"]
    assert release_is_intact(release)


def test_while_nobody_reads_the_edition_a_taken_number_is_a_place_in_the_order(office: Office) -> None:
    edition = in_preparation(office)
    first, second = Action.objects.of(edition)[:2]
    for n in (3, 4, 6):
        Action.objects.create(strategy=office.strategy, number=n, title_it=f"N{n}")
    moved(office, Kind.MOVE_ACTION, first, "1.1.3")
    order = list(office.strategy.actions.order_by("number").values_list("number", "title_it"))
    assert order == [(1, second.title_it), (2, "N3"), (3, first.title_it), (4, "N4"), (6, "N6")]
    moved(office, Kind.MOVE_ACTION, Action.objects.get(title_it="N4"), "1.1.1")
    order = list(office.strategy.actions.order_by("number").values_list("number", "title_it"))
    assert order == [(1, "N4"), (2, second.title_it), (3, "N3"), (4, first.title_it), (6, "N6")]
    moved(office, Kind.MOVE_ACTION, Action.objects.get(title_it="N6"), "2.1.1")
    assert Action.objects.of(edition).with_code("2.1.1").get().title_it == "N6"
    assert sheets_beside_their_version(edition) == []
    assert list(contents_as_of(edition, timezone.localdate())) == codes(edition)


def test_axes_change_places_with_all_they_hold(office: Office) -> None:
    edition = in_preparation(office)
    titles = dict(edition.axes.values_list("number", "title_it"))
    done = moved(office, Kind.MOVE_AXIS, edition.axes.get(number=2), "1")
    assert dict(edition.axes.values_list("number", "title_it")) == {1: titles[2], 2: titles[1]}
    assert (done.content["codes"]["2.1.1"], done.content["codes"]["1.1.2"]) == ("1.1.1", "2.1.2")
    assert not FormerCode.objects.exists(), "every old code names something that is there"
    assert sheets_beside_their_version(edition) == []


def test_a_draft_of_a_sheet_goes_on_after_the_sheet_moved(office: Office, client: Client) -> None:
    draft = propose(
        person=office.editor, action=office.action, content={**read_content(office.action), "title_it": "Nuovo titolo"}
    )
    moved(office, Kind.MOVE_ACTION, office.action, "2.1.9")
    draft.refresh_from_db()
    assert draft.code == "2.1.9"
    Axis.objects.get(edition=office.edition, number=2).charges.create(person=office.editor)
    sent = submit(person=office.editor, proposal_id=draft.pk, revision=draft.revision)
    approve(person=office.judge, proposal_id=sent.pk, revision=sent.revision)
    assert Action.objects.of(office.edition).with_code("2.1.9").get().title_it == "Nuovo titolo"


def test_what_is_typed_on_a_page_opened_before_the_move_is_kept(office: Office, client: Client) -> None:
    client.force_login(office.judge)
    known = fields_of(client, office.action)
    moved(office, Kind.MOVE_ACTION, office.action, "2.1.9")
    sent = {**known, "title_it": "Battuto prima dello spostamento"}
    client.post("/it/scrivania/schede/2021-2023/1.1.2/salva/", sent)
    assert Proposal.objects.get().content["title_it"] == "Battuto prima dello spostamento"
    again = client.get("/it/scrivania/schede/2021-2023/1.1.2/")
    assert again["Location"] == "/it/scrivania/schede/2021-2023/2.1.9/"


def test_an_editor_moves_within_her_axes_alone(office: Office) -> None:
    with pytest.raises(NotAllowedError):
        office.opened(Kind.MOVE_ACTION, code="2.1.9")
    assert office.opened(Kind.MOVE_ACTION, code="1.1.9").author == office.editor
    with pytest.raises(NotAllowedError):
        office.opened(Kind.MOVE_STRATEGY, code="2.5")
    with pytest.raises(NotAllowedError):
        office.opened(Kind.MOVE_STRATEGY, somebody("referent"), code="1.5")


def test_what_was_taken_out_comes_back_with_all_that_was_tied_to_it(office: Office, client: Client) -> None:
    said = read_content(office.action)
    tied = {
        type(row): row.pk
        for row in (
            ActionPlace.objects.create(action=office.action, reach="whole"),
            ActionContinuation.objects.create(older=office.action, newer=an_action_later(), kind="kept"),
        )
    }
    numbers = list(Version.objects.filter(action=office.action).values_list("number", flat=True))
    removed = office.removed()
    assert client.get(SHEET.format("it", "1.1.2")).status_code == 410
    change = propose_to_put_back(person=office.editor, removed=removed)
    with pytest.raises(RefusedError, match="change_open"):
        propose_to_put_back(person=office.judge, removed=removed)
    sent = submit_change(person=office.editor, change=change, revision=change.revision)
    with pytest.raises((RefusedError, NotAllowedError)):
        approve_change(person=office.editor, change=sent, revision=sent.revision)
    approve_change(person=office.judge, change=sent, revision=sent.revision)
    back = Action.objects.of(office.edition).with_code("1.1.2").get()
    assert (back.pk, read_content(back)) == (office.action.pk, said)
    assert client.get(SHEET.format("it", "1.1.2")).status_code == 200
    now = list(Version.objects.filter(action=back).order_by("number").values_list("number", "origin"))
    assert [number for number, _origin in now][: len(numbers)] == sorted(numbers)
    assert [origin for _number, origin in now][-2:] == ["ended", "approved"]
    for model, key in tied.items():
        assert model._default_manager.filter(pk=key).exists(), model
    assert not RemovedSheet.objects.exists()


def test_an_administrator_undoes_a_removal_at_once_while_nobody_reads_the_edition(office: Office) -> None:
    edition, boss = in_preparation(office), somebody("administrator")
    drop_sheet(person=boss, action=office.action, reason="Per errore")
    removed = RemovedSheet.objects.get()
    for stranger in (office.editor, office.judge, somebody("reader")):
        with pytest.raises(NotAllowedError):
            put_sheet_back(person=stranger, removed=removed)
    back = put_sheet_back(person=boss, removed=removed)
    assert (back.code, back.title_it) == ("1.1.2", office.action.title_it)
    with pytest.raises(RefusedError, match="removed_too_long_ago"):
        put_sheet_back(person=boss, removed=removed)
    assert codes(edition).count("1.1.2") == 1


def test_what_is_gone_meanwhile_does_not_keep_a_sheet_from_coming_back(office: Office) -> None:
    in_preparation(office)
    boss = somebody("administrator")
    actor = office.action.actors.create(slug="chi-sparisce", name_it="Chi sparisce", through_defaults={"position": 77})
    drop_sheet(person=boss, action=office.action, reason="Per errore")
    actor.delete()
    back = put_sheet_back(person=boss, removed=RemovedSheet.objects.get())
    assert isinstance(back, Action)
    assert not back.involvements.filter(position=77).exists()


def test_after_ninety_days_only_the_versions_stay(office: Office) -> None:
    office.removed()
    now = timezone.now()
    assert forget_removed(now + KEPT - timedelta(hours=1)) == 0
    assert forget_removed(now + KEPT + timedelta(hours=1)) == 1
    assert Version.objects.filter(code="1.1.2", origin="ended").exists()


def test_a_sheet_comes_back_under_the_code_its_strategy_has_now(office: Office, client: Client) -> None:
    removed = office.removed()
    moved(office, Kind.MOVE_STRATEGY, office.strategy, "1.5")
    assert client.get(SHEET.format("it", "1.1.2")).status_code == 410
    change = propose_to_put_back(person=office.editor, removed=removed)
    sent = submit_change(person=office.editor, change=change, revision=change.revision)
    approve_change(person=office.judge, change=sent, revision=sent.revision)
    assert client.get(SHEET.format("it", "1.1.2"))["Location"] == SHEET.format("it", "1.5.2")


def test_an_edition_that_nobody_may_read_tells_nobody_what_moved_in_it(office: Office, client: Client) -> None:
    in_preparation(office)
    moved(office, Kind.MOVE_ACTION, office.action, "2.1.9")
    assert client.get(SHEET.format("it", "1.1.2")).status_code == 404
    client.force_login(office.judge)
    assert client.get("/it/scrivania/schede/2021-2023/1.1.2/").status_code == 301


def test_contributions_stay_with_their_strategy(office: Office) -> None:
    filed = {"edition": office.edition, "text": "Più treni", "received_on": "2022-05-03", "source": "e-mail"}
    one = Contribution.objects.create(**filed, strategy_code="1.1", decided_by=office.judge)
    two = Contribution.objects.create(**filed, asked_strategies="1.1, 2.1")
    moved(office, Kind.MOVE_STRATEGY, office.strategy, "1.5")
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.strategy_code, two.asked_strategies) == ("1.5", "1.5, 2.1")


def test_whoever_follows_a_sheet_that_moves_follows_it_still(office: Office) -> None:
    in_preparation(office)
    keys = {"azione": ("1.1.1", "1.1.2"), "strategia": ("1.1", "2.1"), "zona": ("1",)}
    for kind, codes_followed in keys.items():
        for code in codes_followed:
            key = code if kind == "zona" else f"2021-2023/{code}"
            Subscription.objects.create(email="ada@esempio.it", kind=kind, key=key)
    moved(office, Kind.MOVE_ACTION, office.action, "1.1.1")
    moved(office, Kind.MOVE_STRATEGY, office.strategy, "1.5")
    assert list(Subscription.objects.order_by("pk").values_list("key", flat=True)) == [
        "2021-2023/1.5.2",
        "2021-2023/1.5.1",
        "2021-2023/1.5",
        "2021-2023/2.1",
        "1",
    ]


def test_a_condition_of_an_opinion_names_its_sheet_still(office: Office) -> None:
    opinion = an_opinion()
    Act.objects.filter(pk=opinion.act_id).update(edition=office.edition)
    condition = Condition.objects.create(opinion=opinion, number=1, words="Si chiarisca", sheet="1.1.2")
    moved(office, Kind.MOVE_ACTION, office.action, "2.1.9")
    condition.refresh_from_db()
    assert condition.sheet == "2.1.9"


def test_moving_a_whole_axis_asks_the_database_no_more_often_than_moving_a_small_one(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    edition = in_preparation(office)
    for n in range(3, 43):
        Action.objects.create(strategy=office.strategy, number=n, title_it=f"N{n}")
    record_import(edition=edition)
    made = propose_change(
        person=somebody("administrator"),
        kind=Kind.MOVE_AXIS,
        about=office.axis,
        content={"code": "7"},
        reason="Riordino",
    )
    sent = submit_change(person=made.author, change=made, revision=made.revision)
    with django_assert_max_num_queries(60):
        done = approve_change(person=office.judge, change=sent, revision=sent.revision)
    assert len(done.content["codes"]) == 44
