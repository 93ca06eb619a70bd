"""The frame of an edition changes by proposal and approval: texts of axes and strategies, what is added, what goes."""

import re
from datetime import date

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils.translation import override

from aumenta.activity.models import ActivityEntry, PublicRevision
from aumenta.people.permission import NotAllowedError
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, Axis, Strategy
from aumenta.plan.sheet_content import content_hash
from aumenta.review.editions.freeze import freeze
from aumenta.review.frame.decide_change import (
    approve_change,
    send_change_back,
    submit_change,
    take_change_back,
    withdraw_change,
)
from aumenta.review.frame.propose_change import edit_change, propose_change
from aumenta.review.frame.texts import texts_of
from aumenta.review.models import FrameProposal, Headings, Version
from aumenta.review.propose import propose
from aumenta.review.record import current_content
from tests.cast import somebody
from tests.frame_cast import NEW, Office

pytestmark = pytest.mark.django_db

Kind = FrameProposal.Kind


@pytest.fixture
def office() -> Office:
    return Office()


def now(kind: str, office: Office) -> bool:
    """Whether the plan says what a change of this kind proposed."""
    edition = office.edition
    found = {
        Kind.AXIS_TEXT: Axis.objects.filter(edition=edition, number=1, **NEW),
        Kind.STRATEGY_TEXT: Strategy.objects.of(edition).with_code("1.1").filter(**NEW),
        Kind.NEW_AXIS: Axis.objects.filter(edition=edition, number__gt=2, **NEW),
        Kind.NEW_STRATEGY: Strategy.objects.of(edition).with_code("1.2").filter(**NEW),
        Kind.NEW_ACTION: Action.objects.of(edition).with_code("1.1.3").filter(title_it="Nome nuovo"),
    }
    found |= {
        Kind.MOVE_AXIS: Axis.objects.filter(edition=edition, number=7),
        Kind.MOVE_STRATEGY: Strategy.objects.of(edition).with_code("1.5"),
        Kind.MOVE_ACTION: Action.objects.of(edition).with_code("1.1.8"),
        Kind.BACK_AXIS: Axis.objects.filter(edition=edition, number=3),
        Kind.BACK_STRATEGY: Strategy.objects.of(edition).with_code("1.2"),
        Kind.BACK_ACTION: Action.objects.of(edition).with_code("1.1.2"),
    }
    gone = {
        Kind.DROP_AXIS: Axis.objects.filter(edition=edition, number=3),
        Kind.DROP_STRATEGY: Strategy.objects.of(edition).with_code("1.2"),
        Kind.DROP_ACTION: Action.objects.of(edition).with_code("1.1.2"),
    }
    return found[Kind(kind)].exists() if Kind(kind) in found else not gone[Kind(kind)].exists()


@pytest.mark.parametrize("kind", Kind.values)
def test_the_plan_says_it_once_somebody_else_approved_and_not_before(kind: str, office: Office) -> None:
    made = office.sent(kind)
    assert not now(kind, office)
    revision, public = office.edition.revision, PublicRevision.objects.get_or_create(pk=1)[0].number
    with pytest.raises((RefusedError, NotAllowedError)):
        approve_change(person=made.author, change=made, revision=made.revision)
    assert not now(kind, office)
    approve_change(person=office.judge, change=made, revision=made.revision)
    assert now(kind, office)
    office.edition.refresh_from_db()
    assert office.edition.revision > revision
    assert PublicRevision.objects.get().number > public, "the pages readers have kept are old"
    assert ActivityEntry.objects.filter(code="frame.approved", person=office.judge).first()


@pytest.mark.parametrize("kind", Kind.values)
def test_the_database_refuses_that_its_author_decides(kind: str, office: Office) -> None:
    made = office.sent(kind)
    with pytest.raises(IntegrityError), transaction.atomic():
        FrameProposal.objects.filter(pk=made.pk).update(decided_by=made.author)


@pytest.mark.parametrize("kind", [Kind.AXIS_TEXT, Kind.STRATEGY_TEXT])
def test_every_approved_text_is_a_version_that_stays(kind: str, office: Office) -> None:
    thing = office.about(kind)
    assert isinstance(thing, Axis | Strategy)
    first = office.approved(kind)
    second = office.approved(kind, title_it="Ancora un altro")
    history = list(FrameProposal.objects.history_of(thing))
    assert history == [second, first]
    assert (history[0].before["title_it"], history[0].content["title_it"]) == ("Nome nuovo", "Ancora un altro")
    kept = [str(headings.content) for headings in Headings.objects.order_by("pk")]
    assert any("C'era una volta" in one and "Ancora un altro" in one for one in kept)


def test_a_text_approved_meanwhile_is_not_taken_back(office: Office) -> None:
    """Different texts of one axis go together; of one text the second is told to read it."""
    other = somebody("approver")
    waiting = office.sent(Kind.AXIS_TEXT)
    Axis.objects.filter(pk=office.axis.pk).update(title_en="The name, from elsewhere")
    approve_change(person=other, change=waiting, revision=waiting.revision)
    office.axis.refresh_from_db()
    assert (office.axis.title_it, office.axis.title_en) == ("Nome nuovo", "The name, from elsewhere")
    again = office.sent(Kind.AXIS_TEXT, title_it="Terzo")
    Axis.objects.filter(pk=office.axis.pk).update(title_it="Quarto")
    with pytest.raises(RefusedError, match="frame_changed"):
        approve_change(person=other, change=again, revision=again.revision)
    office.axis.refresh_from_db()
    assert office.axis.title_it == "Quarto"


def test_a_form_drawn_before_another_approval_takes_nothing_back(office: Office) -> None:
    drawn = content_hash(texts_of(office.axis))
    office.approved(Kind.AXIS_TEXT)
    with pytest.raises(RefusedError, match="frame_changed"):
        propose_change(
            person=office.editor, kind=Kind.AXIS_TEXT, about=office.axis, content={"title_it": "Asse 1"}, seen=drawn
        )


def test_an_action_taken_out_leaves_its_versions_and_its_code_is_nobody_elses(office: Office, client: Client) -> None:
    said = current_content(office.action)
    office.approved(Kind.DROP_ACTION)
    last = Version.objects.filter(code="1.1.2").order_by("-number").first()
    assert last is not None
    assert (last.origin, last.content, last.reason) == ("ended", said, "Deciso in Giunta")
    assert (last.author, last.approved_by) == (office.editor, office.judge)
    assert office.approved(Kind.NEW_ACTION).code == "1.1.3"
    page = client.get("/it/2021-2023/azioni/1.1.2/")
    assert page.status_code == 410
    assert "tolta dal piano" in page.content.decode()
    assert client.get("/it/2021-2023/azioni/1.1.3/").status_code == 200
    assert client.get("/it/2021-2023/azioni/1.1.9/").status_code == 404


def test_the_introduction_is_read_on_the_site(office: Office, client: Client) -> None:
    office.approved(Kind.AXIS_TEXT)
    office.approved(Kind.STRATEGY_TEXT)
    assert "C'era una volta." in client.get("/it/2021-2023/assi/1/").content.decode()
    assert "C'era una volta." in client.get("/it/2021-2023/strategie/1.1/").content.decode()


def test_an_editor_changes_the_frame_of_her_axes_alone(office: Office) -> None:
    stranger = somebody("editor", axes=(office.edition.axes.get(number=2),))
    for kind in Kind.values:
        with pytest.raises(NotAllowedError):
            office.opened(kind, by=stranger)
    for kind in (Kind.NEW_AXIS, Kind.DROP_AXIS, Kind.MOVE_AXIS):
        with pytest.raises(NotAllowedError):
            office.opened(kind, by=office.editor)
    mine = office.opened(Kind.AXIS_TEXT)
    with pytest.raises(NotAllowedError):
        edit_change(person=office.judge, change=mine, revision=1, content=NEW, reason="")


def test_those_concerned_are_written_to(office: Office, settings: object) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}  # type: ignore[attr-defined]

    def sent() -> list[tuple[str, str]]:
        waiting, connection.run_on_commit = connection.run_on_commit, []
        for one in waiting:
            one[1]()
        found = [(one.to[0], str(one.subject)) for one in mail.outbox]
        mail.outbox.clear()
        return found

    made = office.sent(Kind.NEW_ACTION)
    assert [to for to, _subject in sent()] == [office.judge.email]
    send_change_back(person=office.judge, change=made, revision=made.revision, answer="Con quali fondi?")
    assert sent() == [(office.editor.email, "Da correggere: nuova azione 1.1")]
    made.refresh_from_db()
    again = edit_change(person=office.editor, change=made, revision=made.revision, content=NEW, reason="Fondi PNRR")
    submit_change(person=office.editor, change=again, revision=again.revision)
    approve_change(person=office.judge, change=again, revision=again.revision)
    assert (office.editor.email, "Approvata: nuova azione 1.1.3") in sent()


def test_what_can_not_be_sent_or_decided_is_refused(office: Office) -> None:
    """Refusals that sheets have too: each here for the frame."""
    draft = office.opened(Kind.AXIS_TEXT, title_it="")
    with pytest.raises(RefusedError, match="title_required"):
        submit_change(person=draft.author, change=draft, revision=draft.revision)
    waiting = office.sent(Kind.STRATEGY_TEXT)
    with pytest.raises(RefusedError, match="changed_since_seen"):
        approve_change(person=office.judge, change=waiting, revision=waiting.revision + 1)
    with pytest.raises(RefusedError, match="reason_required"):
        send_change_back(person=office.judge, change=waiting, revision=waiting.revision, answer="  ")
    take_change_back(person=office.editor, change=waiting)
    with pytest.raises(RefusedError, match="not_submitted"):
        approve_change(person=office.judge, change=waiting, revision=waiting.revision + 1)
    withdraw_change(person=office.editor, change=waiting)
    with pytest.raises(RefusedError, match="not_open"):
        withdraw_change(person=office.editor, change=waiting)
    propose(person=office.judge, action=office.action, content={**current_content(office.action), "title_it": "Y"})
    with pytest.raises(RefusedError, match="open_proposal"):
        office.sent(Kind.DROP_ACTION)
    freeze(person=somebody("administrator"), edition=office.edition, title_it="Adozione", dated=date(2022, 1, 1))
    with pytest.raises(RefusedError, match="frozen"):
        office.opened(Kind.NEW_ACTION)


SAVED = "/it/scrivania/edizioni/2021-2023/struttura/{}/salva/"


def test_a_form_of_the_frame_saves_itself_and_a_repeated_saving_makes_no_second_draft(
    office: Office, client: Client
) -> None:
    client.force_login(office.editor)
    typed = {"kind": "new_strategy", "title_it": "Una strat", "reason": ""}
    first, again = (client.post(SAVED.format("1"), typed).json() for _time in range(2))
    assert (first["change"], first["revision"]) == (again["change"], again["revision"])
    position = {"change": first["change"], "revision": first["revision"]}
    saved = client.post(SAVED.format("1"), {**typed, **position, "title_it": "Una strategia"})
    assert saved.json()["revision"] == first["revision"] + 1
    stale = client.post(SAVED.format("1"), {**typed, **position, "title_it": "Da un’altra finestra"})
    assert (stale.status_code, stale.json()["decide"], stale.json()["revision"]) == (409, True, 2)
    assert FrameProposal.objects.get().content["title_it"] == "Una strategia"


def test_nobody_saves_into_the_draft_of_a_colleague_or_in_axes_that_are_not_hers(
    office: Office, client: Client
) -> None:
    mine = office.opened(Kind.AXIS_TEXT)
    typed = {"kind": "axis_text", "title_it": "Mio", "reason": ""}
    for person, code in ((somebody("editor"), 403), (somebody("reader"), 403), (office.judge, 409)):
        client.force_login(person)
        assert client.post(SAVED.format("1"), typed).status_code == code
    written = client.post(SAVED.format("1"), {**typed, "change": mine.pk, "revision": 1})
    assert written.status_code == 403
    mine.refresh_from_db()
    assert mine.content["title_it"] == NEW["title_it"]
    for odd in ({"kind": "drop_axis"}, {"kind": "x"}, {}):
        assert client.post(SAVED.format("1"), odd).status_code == 400


@pytest.mark.parametrize("kind", Kind)
def test_a_change_is_named_with_what_it_is_about_in_both_languages(kind: str) -> None:
    """«testi dell’asse 2», not «testi di un asse 2»: so it stands in the subjects of mails and in the log."""
    change = FrameProposal(kind=kind, code="2.1", content={"code": "2.3"})
    said = {}
    for language in ("it", "en"):
        with override(language):
            said[language] = str(change)
    assert all("2.1" in one for one in said.values())
    assert ("2.1 → 2.3" in said["it"]) == change.moves
    assert not re.search(r"\b(?:un|una|an|a) (?:asse|strategia|azione|axis|strategy|action)\b", " ".join(said.values()))
