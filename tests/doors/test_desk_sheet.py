"""Writing a sheet at the desk: saved, sent, reviewed; nothing is lost, few queries."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from aumenta.activity.models import ActivityEntry
from aumenta.people.models import User
from aumenta.plan.models import Action, Actor, Edition
from aumenta.plan.sheet_content import normal_content, read_content
from aumenta.review.activity import PROPOSED
from aumenta.review.models import Proposal, Version
from aumenta.review.propose import propose
from aumenta.review.record import record_import
from tests.cast import a_plan, a_small_plan, somebody
from tests.desk_cast import address, fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return a_small_plan()


@pytest.fixture
def action(edition: Edition) -> Action:
    return Action.objects.of(edition).with_code("1.1.1").get()


@pytest.fixture
def editor(edition: Edition) -> User:
    return somebody("editor", axes=tuple(edition.axes.all()))


def place_of(answer: dict[str, Any]) -> dict[str, Any]:
    """What the script writes into the form after a saving: the draft, and which state of it was seen."""
    return {name: answer[name] for name in ("proposal", "revision", "marks")}


def test_a_form_sent_back_untouched_changes_nothing(client: Client, editor: User, action: Action) -> None:
    client.force_login(editor)
    posted = fields_of(client, action)
    client.post(address("sheet", action), {**posted, "save": "1"})
    assert Proposal.objects.get().content == normal_content(read_content(action))


def test_a_form_of_a_full_sheet_sent_back_untouched_changes_nothing(client: Client) -> None:
    edition = a_plan(axes=1, strategies=1, actions=8)
    client.force_login(somebody("approver"))
    for action in Action.objects.of(edition):
        posted = fields_of(client, action)
        client.post(address("sheet", action), {**posted, "save": "1"})
        assert Proposal.objects.get(action=action).content == normal_content(read_content(action)), action.code


def test_the_first_saving_opens_a_draft_and_the_next_ones_write_in_it(
    client: Client, editor: User, action: Action
) -> None:
    client.force_login(editor)
    posted = {**fields_of(client, action), "summary_it": "Uno."}
    first = client.post(address("autosave", action), posted).json()
    posted |= {
        "summary_it": "Due.",
        "proposal": first["proposal"],
        "revision": first["revision"],
        "marks": first["marks"],
    }
    second = client.post(address("autosave", action), posted).json()
    assert second["proposal"] == first["proposal"]
    assert second["revision"] == first["revision"] + 1
    assert Proposal.objects.get().content["summary_it"] == "Due."


def test_a_saving_repeated_because_its_answer_was_lost_is_no_conflict(
    client: Client, editor: User, action: Action
) -> None:
    client.force_login(editor)
    posted = {**fields_of(client, action), "summary_it": "Uno."}
    first = client.post(address("autosave", action), posted).json()
    posted |= {
        "summary_it": "Due.",
        "proposal": first["proposal"],
        "revision": first["revision"],
        "marks": first["marks"],
    }
    client.post(address("autosave", action), posted)
    again = client.post(address("autosave", action), posted)
    assert again.status_code == 200
    assert again.json()["revision"] == first["revision"] + 1


def test_a_first_saving_repeated_because_its_answer_was_lost_lands_in_the_same_draft(
    client: Client, editor: User, action: Action
) -> None:
    client.force_login(editor)
    posted = {**fields_of(client, action), "summary_it": "Uno.", "reason": "Dopo il tavolo"}
    first = client.post(address("autosave", action), posted).json()
    again = client.post(address("autosave", action), posted)
    assert again.status_code == 200
    assert (again.json()["proposal"], again.json()["revision"]) == (first["proposal"], first["revision"])
    assert Proposal.objects.count() == 1
    assert ActivityEntry.objects.filter(code=PROPOSED).count() == 1


def test_a_first_saving_with_another_text_never_writes_over_an_open_draft_not_even_her_own(
    client: Client, editor: User, action: Action
) -> None:
    """Two windows of one person: the second, drawn before the first one saved, knows nothing of its text."""
    client.force_login(editor)
    posted = fields_of(client, action)
    first = client.post(address("autosave", action), {**posted, "summary_it": "Uno."}).json()
    answer = client.post(address("autosave", action), {**posted, "summary_it": "Due."})
    assert answer.status_code == 409
    assert answer.json()["proposal"] == first["proposal"]
    assert Proposal.objects.get().content["summary_it"] == "Uno."
    joined = client.post(address("autosave", action), {**posted, "reason": "Un altro motivo"})
    assert joined.status_code == 200
    assert "altra finestra" in joined.json()["merged"]
    draft = Proposal.objects.get()
    assert (draft.content["summary_it"], draft.reason) == ("Uno.", "Un altro motivo")


def test_a_colleague_who_writes_the_very_same_text_still_hears_who_has_the_sheet(
    client: Client, editor: User, action: Action
) -> None:
    client.force_login(editor)
    posted = {**fields_of(client, action), "summary_it": "Uno."}
    client.post(address("autosave", action), posted)
    client.force_login(somebody("approver"))
    answer = client.post(address("autosave", action), posted)
    assert answer.status_code == 200
    assert answer.json()["others"] == [str(editor)]
    assert Proposal.objects.get().author == editor
    unmarked = client.post(address("autosave", action), {**posted, "marks": ""})
    assert unmarked.status_code == 409
    assert str(editor) in unmarked.json()["message"]


def test_a_first_saving_repeated_after_the_draft_was_sent_for_review_is_refused(
    client: Client, editor: User, action: Action
) -> None:
    from aumenta.review.submit import submit

    client.force_login(editor)
    posted = {**fields_of(client, action), "summary_it": "Uno."}
    first = client.post(address("autosave", action), posted).json()
    submit(person=editor, proposal_id=first["proposal"], revision=first["revision"])
    answer = client.post(address("autosave", action), posted)
    assert answer.status_code == 409
    assert answer.json()["code"] == "already_open_yours"
    sent = Proposal.objects.get()
    assert (sent.state, sent.revision) == ("submitted", first["revision"])


def test_who_saves_second_is_told_who_was_first_and_what_differs(client: Client, editor: User, action: Action) -> None:
    other = somebody("approver")
    client.force_login(editor)
    posted = {**fields_of(client, action), "summary_it": "Uno."}
    first = client.post(address("autosave", action), posted).json()
    posted |= {**place_of(first)}
    client.post(address("autosave", action), {**posted, "summary_it": "Due."})
    client.force_login(other)
    answer = client.post(address("autosave", action), {**posted, "summary_it": "Tre."})
    assert answer.status_code == 409
    assert str(editor) in answer.json()["message"]
    assert any("«Due.»" in change and "«Tre.»" in change for change in answer.json()["changes"])
    assert Proposal.objects.get().content["summary_it"] == "Due."


def test_a_form_opened_before_an_approval_is_told_who_changed_what(
    client: Client, editor: User, action: Action
) -> None:
    from aumenta.review.approve import approve
    from aumenta.review.submit import submit

    client.force_login(editor)
    record_import(edition=action.strategy.axis.edition)
    drawn = fields_of(client, action)
    colleague = somebody("administrator")
    content = {**read_content(action), "title_it": "Titolo cambiato"}
    proposal = propose(person=colleague, action=action, content=content)
    proposal = submit(person=colleague, proposal_id=proposal.pk, revision=proposal.revision)
    approve(person=somebody("approver"), proposal_id=proposal.pk, revision=proposal.revision)
    answer = client.post(address("autosave", action), {**drawn, "title_it": "Un altro titolo ancora"})
    assert answer.status_code == 409
    assert str(colleague) in answer.json()["message"]
    assert "il titolo in italiano" in answer.json()["message"]
    assert answer.json()["base"] == 2
    joined = client.post(address("autosave", action), {**drawn, "summary_it": "Vecchia base."}).json()
    assert str(colleague) in joined["merged"], "the other field is joined, and she hears whose it is"
    assert "il titolo in italiano" in joined["merged"]
    draft = Proposal.objects.open().get()
    assert (draft.content["title_it"], draft.content["summary_it"]) == ("Titolo cambiato", "Vecchia base.")


def test_a_known_name_becomes_the_actor_and_a_new_one_waits_for_approval(
    client: Client, editor: User, action: Action
) -> None:
    client.force_login(editor)
    posted = fields_of(client, action)
    posted |= {"actors-1-name": "  COMUNI ", "actors-2-name": "Un attore mai sentito"}
    client.post(address("sheet", action), {**posted, "save": "1"})
    content = Proposal.objects.get().content
    assert content["actors"][1:] == [
        {"actor": "comuni", "printed": ""},
        {"actor": "", "printed": "Un attore mai sentito"},
    ]
    assert not Actor.objects.filter(name_it="Un attore mai sentito").exists()


def test_a_sheet_that_can_not_be_sent_shows_what_to_put_right_and_keeps_the_text(
    client: Client, editor: User, action: Action
) -> None:
    client.force_login(editor)
    posted = {**fields_of(client, action), "title_it": "", "links-0-address": "esempio.it", "submit": "1"}
    answer = client.post(address("sheet", action), posted)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Scrivi qualcosa: non può restare vuoto." in page
    assert "non è un indirizzo web" in page
    assert Proposal.objects.get().state == "draft"
    assert Proposal.objects.get().content["links"] == [{"address": "esempio.it", "label": ""}]


def test_what_is_pasted_is_cleaned_before_it_is_stored(client: Client, editor: User, action: Action) -> None:
    client.force_login(editor)
    posted = {**fields_of(client, action), "description_it": "<p onclick='x'>a<script>b</script></p><img src=x>"}
    client.post(address("autosave", action), posted)
    assert Proposal.objects.get().content["description_it"] == "<p>a</p>"


def test_the_whole_way_from_draft_to_public_sheet_with_its_mails(
    client: Client, editor: User, action: Action, django_capture_on_commit_callbacks: Any, settings: Any
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    approver = somebody("approver")
    client.force_login(editor)
    posted = {**fields_of(client, action), "title_it": "Titolo nuovo", "reason": "Refuso", "submit": "1"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address("sheet", action), posted)
    assert [(m.to, m.subject) for m in mail.outbox] == [
        ([approver.email], f"Da esaminare: {editor} propone una modifica alla scheda 1.1.1")
    ]
    proposal = Proposal.objects.get()
    client.force_login(approver)
    assert "Titolo nuovo" in client.get(reverse("desk:proposal", args=[proposal.pk])).content.decode()
    back = {"decision": "send_back", "revision": proposal.revision, "answer": "Manca la fonte."}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("desk:decide", args=[proposal.pk]), back)
    assert "Manca la fonte." in mail.outbox[-1].body
    assert mail.outbox[-1].to == [editor.email]
    client.force_login(editor)
    assert "Manca la fonte." in client.get(address("sheet", action)).content.decode()
    client.post(address("sheet", action), {**fields_of(client, action), "submit": "1"})
    client.force_login(approver)
    proposal.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("desk:approve_chosen"), {"chosen": f"{proposal.pk}-{proposal.revision}"})
    action.refresh_from_db()
    assert action.title_it == "Titolo nuovo"
    assert "Approvata" in mail.outbox[-1].subject
    version = Version.objects.latest_of(action)
    assert version is not None
    assert (version.number, version.author, version.approved_by, version.reason) == (2, editor, approver, "Refuso")
    codes = list(ActivityEntry.objects.order_by("pk").values_list("code", flat=True))
    assert codes == [
        "proposal.opened",
        "proposal.submitted",
        "proposal.sent_back",
        "proposal.submitted",
        "proposal.approved",
    ]


def test_an_approver_can_not_approve_her_own_nor_one_she_wrote_in(client: Client, action: Action) -> None:
    approver = somebody("approver")
    client.force_login(approver)
    client.post(address("sheet", action), {**fields_of(client, action), "title_it": "Mio", "submit": "1"})
    proposal = Proposal.objects.get()
    answer = client.post(
        reverse("desk:decide", args=[proposal.pk]),
        {"decision": "approve", "revision": proposal.revision},
        follow=True,
    )
    assert "deve decidere un’altra persona" in answer.content.decode()
    action.refresh_from_db()
    assert action.title_it == "Azione 1.1.1"


def test_two_versions_are_compared_and_the_first_is_brought_back(client: Client, editor: User, action: Action) -> None:
    from aumenta.review.approve import approve
    from aumenta.review.submit import submit

    proposal = propose(person=editor, action=action, content={**read_content(action), "title_it": "Secondo titolo"})
    proposal = submit(person=editor, proposal_id=proposal.pk, revision=proposal.revision)
    approve(person=somebody("approver"), proposal_id=proposal.pk, revision=proposal.revision)
    client.force_login(editor)
    assert "Secondo" in client.get(address("compare", action)).content.decode()
    client.post(address("restore", action, 1))
    assert Proposal.objects.open().get().content["title_it"] == "Azione 1.1.1"


def test_the_list_of_all_sheets_costs_at_most_twelve_queries_however_many_they_are(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    """Six of its own; six of every page: session, person, roles, edition in force, office, pages of the foot."""
    edition = a_plan()
    record_import(edition=edition)
    client.force_login(somebody("approver"))
    with django_assert_max_num_queries(12):
        client.get(reverse("desk:sheets"))
    with django_assert_max_num_queries(12):
        client.get(reverse("desk:sheets"), {"q": "1.1", "asse": "1", "stato": "none", "mie": "1"})


def test_an_autosave_costs_few_queries(
    client: Client, editor: User, action: Action, django_assert_max_num_queries: Any
) -> None:
    client.force_login(editor)
    posted = {**fields_of(client, action), "summary_it": "Uno."}
    first = client.post(address("autosave", action), posted).json()
    posted |= {
        "summary_it": "Due.",
        "proposal": first["proposal"],
        "revision": first["revision"],
        "marks": first["marks"],
    }
    # One more than a saving by revision: the draft and its action are held while both texts are joined.
    with django_assert_max_num_queries(16):
        client.post(address("autosave", action), posted)


def test_the_log_is_exported_without_formulas(client: Client, editor: User, action: Action) -> None:
    client.force_login(editor)
    client.post(
        address("sheet", action), {**fields_of(client, action), "title_it": "X", "reason": "=1+1", "submit": "1"}
    )
    client.force_login(somebody("approver"))
    lines = b"".join(client.get(reverse("desk:log_export"))).decode()  # type: ignore[arg-type]
    assert "proposal.submitted" in lines
    assert "'=1+1" in lines
