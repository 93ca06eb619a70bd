"""Position papers at the desk, on the site, as PDF and ODT."""

import io
import zipfile

import pypdfium2
import pytest
from django.urls import reverse
from django.utils import timezone

from aumenta.activity.public_revision import touch
from aumenta.themes.models import Paper, PaperVersion
from aumenta.voices.models import Consent, Passage
from tests.cast import a_small_plan, somebody
from tests.issues_cast import said_of_issues
from tests.papers_cast import TITLE, a_frozen_paper, a_paper, a_published_paper

QUOTE = "Di sera non passa nessuno"


@pytest.fixture
def plan(db):
    return a_small_plan()


def test_a_paper_is_written_at_the_desk_from_the_outline_to_the_site(client, plan):
    client.force_login(somebody("approver"))
    said_of_issues(plan, 3)
    facts = {"edition": plan.pk, "kind": "position", "title_it": "Verso i tavoli"}
    assert client.post(reverse("desk:papers"), facts).status_code == 302
    paper = Paper.objects.get()
    page = reverse("desk:paper", args=[paper.pk])
    assert client.post(page, {"verb": "outline"}).status_code == 302
    assert "Ancora senza parole" in client.get(page).content.decode()
    for part in paper.parts.all():
        one = reverse("desk:paper_part", args=[paper.pk, part.pk])
        form = client.get(one).context["form"]
        kept = {name: form[name].value() for name in ("kind", "verdict", "issues", "seen")}
        kept["strategy"] = part.strategy_id or ""
        kept["passages"] = [form.fields["passages"].queryset[0].pk] if kept["issues"] else []
        assert client.post(one, {**kept, "text_it": "Si è sentito questo.", "own": ""}).status_code == 302
    assert paper.parts.first().sources.exclude(passage=None).exists()
    assert client.post(page, {"verb": "freeze"}).status_code == 302
    version = PaperVersion.objects.get()
    assert "tutti la leggono" in client.post(page, {"verb": "publish", "version": 1}).content.decode()
    client.post(page, {"verb": "publish", "version": 1, "sure": "1"})
    version.refresh_from_db()
    assert version.published_at
    client.logout()
    shown = client.get(reverse("site:paper_version", args=[plan.label, paper.pk, 1]))
    assert "Si è sentito questo." in shown.content.decode()


def test_the_site_shows_only_what_is_published_and_quotes_what_may_be_quoted(client, plan):
    version = a_frozen_paper(plan)
    page = f"/it/{plan.label}/documenti/{version.paper_id}/1/"
    assert client.get(page).status_code == 404
    assert client.get(f"{page[:-1]}.pdf").status_code == 404
    assert TITLE not in client.get(f"/it/{plan.label}/documenti/").content.decode()
    a_published_paper(plan)
    assert TITLE in client.get(f"/it/{plan.label}/documenti/").content.decode()
    shown = client.get(page).content.decode()
    assert QUOTE in shown
    assert version.sha256 in shown
    assert "There are no trains at night." in client.get(page.replace("/it/", "/en/")).content.decode()
    assert client.get(f"{page}cambiamenti/").status_code == 404


def files_of(client, page):
    pdf = pypdfium2.PdfDocument(client.get(f"{page[:-1]}.pdf").content)
    text = " ".join(" ".join(one.get_textpage().get_text_range().split()) for one in pdf)
    odt = zipfile.ZipFile(io.BytesIO(client.get(f"{page[:-1]}.odt").content)).read("content.xml").decode()
    return text, odt


def test_who_takes_back_her_consent_is_quoted_nowhere_any_more(client, plan):
    version = a_published_paper(plan)
    page = f"/it/{plan.label}/documenti/{version.paper_id}/1/"
    before = (client.get(page).content.decode(), *files_of(client, page))
    assert all(QUOTE in one and "Rapporto 2020, p. 12" in one for one in before)
    Consent.objects.filter(use="quote").update(withdrawn_on=timezone.localdate())
    touch()
    after = (client.get(page).content.decode(), *files_of(client, page))
    assert not any(QUOTE in one for one in after)
    assert all("passo che non si può citare" in one for one in after)


def test_a_comment_is_said_and_settled_and_a_part_is_taken_out_after_a_question(client, plan):
    client.force_login(somebody("editor"))
    paper = a_paper(plan)
    part, page = paper.parts.first(), reverse("desk:paper", args=[paper.pk])
    one = reverse("desk:paper_part", args=[paper.pk, part.pk])
    client.post(one, {"verb": "comment", "text": "Da dove viene?"})
    assert "Da dove viene?" in client.get(page).content.decode()
    client.post(page, {"verb": "settle", "comment": part.comments.get().pk})
    assert "Da dove viene?" not in client.get(page).content.decode()
    client.post(page, {"verb": "drop_part", "part": part.pk})
    assert paper.parts.filter(pk=part.pk).exists()
    client.post(page, {"verb": "drop_part", "part": part.pk, "sure": "1"})
    assert not paper.parts.filter(pk=part.pk).exists()
    client.post(page, {"verb": "drop", "sure": "1"})
    assert not Paper.objects.exists()


def test_the_office_reads_a_version_that_nobody_else_does(client, plan):
    version = a_frozen_paper(plan)
    address = reverse("office-paper", args=[version.paper_id, 1, "odt"])
    assert client.get(address).status_code == 403
    client.force_login(somebody("editor"))
    assert client.get(address).status_code == 200
    assert Passage.objects.count() == 1


def test_what_rests_on_her_words_is_told_before_she_is_quoted_no_longer(client, plan):
    client.force_login(somebody("editor"))
    a_published_paper(plan)
    consent = Consent.objects.get(use="quote")
    page = reverse("desk:talk", args=[consent.speaker.talk_id])
    asked = client.post(page, {"verb": "withdraw", "consent": consent.pk}).content.decode()
    for told in (
        "che tutti leggono: 1",
        "dati a criticità: 1",
        "che la citano: 1. Guarda",
        "che la citano: 1. Lì resta",
    ):
        assert told in asked
    consent.refresh_from_db()
    assert consent.withdrawn_on is None
    assert client.post(page, {"verb": "withdraw", "consent": consent.pk, "sure": "1"}).status_code == 302
    consent.refresh_from_db()
    assert consent.withdrawn_on
    again = Consent.objects.get(use="take_part")
    erasing = client.post(page, {"verb": "withdraw", "consent": again.pk}).content.decode()
    assert "dati a criticità: 1" in erasing


def test_who_reads_the_desk_in_english_finds_papers_and_what_they_may_cite_by_their_english_names(client, plan):
    client.force_login(somebody("approver"))
    part = a_paper(plan).parts.first()
    issue = part.sources.exclude(issue=None).get().issue
    issue.title_en = "Few trains"
    issue.save()
    pages = (
        reverse("desk:papers"),
        reverse("desk:paper", args=[part.paper_id]),
        reverse("desk:new_paper_part", args=[part.paper_id]),
    )
    for page in pages:
        shown = client.get(page.replace("/it/", "/en/")).content.decode()
        assert "Sample paper" in shown
        assert TITLE not in shown
    assert f"{issue.code} Few trains" in shown
    assert issue.title_it not in shown
