"""Around the sheets at the desk: many at once, two versions compared, notices, editions and the log in words."""

import html
import re
from datetime import timedelta
from io import BytesIO
from smtplib import SMTPRecipientsRefused
from typing import Any

import openpyxl
import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from aumenta.activity.models import ActivityEntry
from aumenta.activity.sentences import activity_detail
from aumenta.people.models import User
from aumenta.plan.models import Action, Edition
from aumenta.plan.sheet_content import read_content
from aumenta.review.comments.comment import comment
from aumenta.review.models import Proposal
from aumenta.review.notify import PAUSES, NoticeNotSentError, send_notice
from aumenta.review.propose import propose
from aumenta.review.record import record_import
from tests.cast import a_small_plan, somebody

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


def test_the_sheets_of_a_search_that_she_may_change_are_taken_away_as_a_spreadsheet(
    client: Client, edition: Edition
) -> None:
    actions = {action.code: action for action in Action.objects.of(edition)}
    client.force_login(somebody("referent", answers_for=(actions["1.1.1"], actions["1.1.2"])))
    text = client.get("/it/scrivania/schede/?q=1.1.2").content.decode()
    way = re.search(r'href="(/it/scrivania/foglio/scarica/\?[^"]+)"', text)
    assert way is not None
    for address, codes in ((html.unescape(way[1]), {"1.1.2"}), ("/it/scrivania/foglio/scarica/", {"1.1.1", "1.1.2"})):
        sheet = openpyxl.load_workbook(BytesIO(client.get(address).content)).active
        assert sheet is not None
        cells = {cell for row in sheet.iter_rows(values_only=True) for cell in row}
        assert cells & actions.keys() == codes


def test_drafts_of_many_sheets_are_sent_for_review_together_and_each_refusal_is_told(
    client: Client, edition: Edition, editor: User
) -> None:
    client.force_login(editor)
    sheets = list(Action.objects.of(edition))[:3]
    record_import(edition=edition)
    drafts = [
        propose(person=editor, action=sheet, content={**read_content(sheet), "title_it": f"Nuovo {sheet.code}"})
        for sheet in sheets[:2]
    ] + [propose(person=editor, action=sheets[2], content=read_content(sheets[2]))]
    text = client.get("/it/scrivania/proposte/").content.decode()
    assert all(f'value="{draft.pk}-{draft.revision}"' in text for draft in drafts)
    ticks = [f"{draft.pk}-{draft.revision}" for draft in drafts] + ["999999-1", "x-y"]
    text = client.post(reverse("desk:submit_chosen"), {"chosen": ticks}, follow=True).content.decode()
    assert "2 bozze inviate per la revisione." in text
    assert f"Scheda {sheets[2].code}:" in text
    assert [draft.state for draft in Proposal.objects.order_by("pk")] == ["submitted", "submitted", "draft"]
    other = somebody("editor")
    client.force_login(other)
    answer = client.post(reverse("desk:submit_chosen"), {"chosen": ticks[2]}, follow=True)
    assert "inviat" not in answer.content.decode().split("<main")[1]


def test_the_comparison_and_the_comments_say_days_and_no_markup(
    client: Client, edition: Edition, action: Action, editor: User
) -> None:
    record_import(edition=edition)
    proposal = propose(person=editor, action=action, content={**read_content(action), "title_it": "Nuovo"})
    comment(person=editor, proposal=proposal, text="Da dove viene?", field="title_it")
    client.force_login(editor)
    text = client.get(reverse("desk:proposal", args=[proposal.pk])).content.decode()
    assert re.search(r'<time datetime="[^"]+">\d+ \w+ \d{4}, \d\d:\d\d</time>', text.split("Da dove viene?")[0][-300:])
    Action.objects.filter(pk=action.pk).update(title_it="Altro")
    record_import(edition=edition)
    text = client.get(reverse("desk:compare", args=[edition.label, action.code])).content.decode()
    assert re.search(r'aria-label="Versione 1, \d+\W+\w+\W+\d{4}"', text)


def test_a_notice_that_can_not_be_sent_is_tried_again_and_gives_up_without_the_address(
    edition: Edition, editor: User, action: Action, settings: Any
) -> None:
    record_import(edition=edition)
    proposal = propose(person=editor, action=action, content={**read_content(action), "title_it": "Nuovo"})
    settings.EMAIL_BACKEND = "tests.doors.test_desk_around_the_sheets.Refusing"
    send_notice.call("submitted", proposal.pk, editor.pk)
    for tried in range(len(PAUSES)):
        job = DBTaskResult.objects.get(status="READY")
        assert job.run_after is not None
        assert abs(job.run_after - timezone.now() - PAUSES[tried]) < timedelta(minutes=1)
        arguments = job.args_kwargs["args"]
        job.delete()
        if tried + 1 < len(PAUSES):
            send_notice.call(*arguments)
    with pytest.raises(NoticeNotSentError) as refused:
        send_notice.call(*arguments)
    assert editor.email not in str(refused.value)
    assert refused.value.__suppress_context__
    assert not DBTaskResult.objects.exists()


class Refusing(BaseEmailBackend):
    """A server that takes no mail, and names whom it was for."""

    def send_messages(self, messages: Any) -> int:
        raise SMTPRecipientsRefused({messages[0].to[0]: (550, b"no such user")})


def test_who_opens_the_next_edition_is_shown_it(client: Client, edition: Edition) -> None:
    client.force_login(somebody("administrator"))
    posted = {"open-label": "2024-2026", "open-title_it": "Esempia 2024-2026"}
    answer = client.post(reverse("desk:open_edition", args=[edition.label]), posted)
    assert answer.headers["Location"] == reverse("desk:edition", args=["2024-2026"])


def test_the_log_reads_moments_and_ties_as_words() -> None:
    entry = ActivityEntry(code="page.published", detail="2026-11-23T07:18+00:00 – 2027-01-01T00:00+00:00")
    with override("it"):
        assert activity_detail(entry) == "23 novembre 2026, 08:18 – 1° gennaio 2027, 01:00"
        assert activity_detail(ActivityEntry(code="edition.continuation", detail="kept")) == "mantenuta"
    assert activity_detail(ActivityEntry(code="proposal.commented", detail="Perché?")) == "Perché?"


@pytest.mark.parametrize("kept", ["3", "Stato n. 3", "State no. 3"])
def test_a_published_state_is_named_in_the_language_of_who_reads_the_log(kept: str) -> None:
    entry = ActivityEntry(code="event.results_published", detail=kept)
    with override("it"):
        assert activity_detail(entry) == "Stato n. 3"
    with override("en"):
        assert activity_detail(entry) == "State no. 3"


@pytest.mark.parametrize(
    "typed",
    ["mobilità", "MOBILITÀ", "mobilita", "MOBILITA'", "mobilitta", "la mobilità elettrica", "elettrica mobilità"],
)
def test_sheets_are_found_as_people_type(client: Client, edition: Edition, action: Action, typed: str) -> None:
    """Accents, capitals, typing errors and the order of words, on every database; other sheets stay out."""
    Action.objects.filter(pk=action.pk).update(title_it="Più Mobilità elettrica", title_en="More electric mobility")
    Edition.objects.filter(pk=edition.pk).update(revision=7_000)
    client.force_login(somebody("approver"))
    rows = client.get(reverse("desk:sheets"), {"q": typed}).context["rows"]
    assert [row["sheet"].code for row in rows] == ["1.1.1"]


def test_words_that_no_sheet_has_find_none_and_a_very_long_question_is_answered(
    client: Client, edition: Edition
) -> None:
    client.force_login(somebody("approver"))
    for typed in ("zanzibar", "x" * 5_000, "%", "1.1.9"):
        answer = client.get(reverse("desk:sheets"), {"q": typed})
        assert (answer.status_code, answer.context["rows"]) == (200, [])
