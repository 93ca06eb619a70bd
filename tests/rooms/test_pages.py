"""Pages and news: written by editors, released by approvers, public by the clock, found again after they moved."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from aumenta.activity.models import ActivityEntry
from aumenta.activity.sentences import activity_sentence
from aumenta.pages.add_redirect import add_redirect
from aumenta.pages.keep_media import keep_document
from aumenta.pages.models import CheckedLink, Page, PageDraft, Redirect
from aumenta.pages.publish_draft import as_drafted, discard_draft, publish_draft
from aumenta.pages.publish_page import publish_page, throw_draft_away, withdraw_page
from aumenta.pages.revision import public_state
from aumenta.pages.write_page import PageContent, add_page, documents_of, edit_page
from aumenta.people.permission import NotAllowedError
from aumenta.people.refusals import RefusedError, refusal_sentence
from tests.cast import somebody
from tests.media_cast import DOCX, a_pdf, zipped
from tests.pages_cast import a_page, content, corrected, released

pytestmark = pytest.mark.django_db


def test_a_text_is_closed_rich_text_however_it_was_written() -> None:
    page = a_page(somebody("editor"), body_it='<p onclick="x()">Sì<script>alert(1)</script><img src=x></p>')
    assert page.body_it == "<p>Sì</p>"


@pytest.mark.parametrize("role", ["administrator", "approver", "editor"])
def test_those_who_manage_pages_write_them(role: str) -> None:
    assert a_page(somebody(role)).slug == "chi-siamo"


@pytest.mark.parametrize("role", ["referent", "facilitator", "reader"])
def test_nobody_else_writes_or_releases_pages(role: str) -> None:
    page, other = a_page(somebody("editor")), somebody(role)
    for attempt in (
        lambda: a_page(other),
        lambda: edit_page(person=other, page_id=page.pk, revision=1, content=content()),
        lambda: publish_page(person=other, page_id=page.pk, revision=1),
        lambda: throw_draft_away(person=other, page_id=page.pk),
        lambda: add_redirect(person=other, old="vecchia", new="pagine/chi-siamo"),
    ):
        with pytest.raises(NotAllowedError):
            attempt()
    assert Page.objects.get().revision == 1


def test_an_editor_neither_releases_a_page_nor_changes_what_is_released() -> None:
    editor, approver = somebody("editor"), somebody("approver")
    page = a_page(editor)
    with pytest.raises(NotAllowedError):
        publish_page(person=editor, page_id=page.pk, revision=1)
    page = publish_page(person=approver, page_id=page.pk, revision=1)
    page = edit_page(person=editor, page_id=page.pk, revision=page.revision, content=content("Altro"))
    assert page.title_it == "Chi siamo", "the draft stands beside it"
    with pytest.raises(NotAllowedError):
        publish_draft(person=editor, page_id=page.pk, revision=page.revision)
    with pytest.raises(NotAllowedError):
        withdraw_page(person=editor, page_id=page.pk)
    assert publish_draft(person=approver, page_id=page.pk, revision=page.revision).title_it == "Altro"


def test_two_who_save_the_same_page_do_not_write_over_each_other() -> None:
    one, two = somebody("editor"), somebody("editor")
    page = a_page(one)
    edit_page(person=one, page_id=page.pk, revision=1, content=content("Di uno"))
    with pytest.raises(RefusedError) as refused:
        edit_page(person=two, page_id=page.pk, revision=1, content=content("Di due"))
    assert refused.value.code == "page_stale"
    assert str(one) in refusal_sentence(refused.value)
    assert Page.objects.get().title_it == "Di uno"


def test_what_is_written_of_a_public_page_is_read_by_nobody_before_it_is_published() -> None:
    editor, approver = somebody("editor"), somebody("approver")
    page = released(approver)
    for n in range(3):
        page = edit_page(person=editor, page_id=page.pk, revision=page.revision, content=content(f"Bozza {n}"))
    assert (page.title_it, as_drafted(page).title_it, PageDraft.objects.count()) == ("Chi siamo", "Bozza 2", 1)
    times = (page.from_at, page.until_at, page.was_public)
    with pytest.raises(RefusedError) as refused:
        publish_draft(person=approver, page_id=page.pk, revision=page.revision - 1)
    assert refused.value.code == "page_stale", "she publishes what she has seen"
    page = publish_draft(person=approver, page_id=page.pk, revision=page.revision)
    assert (page.title_it, page.written_by, page.from_at, page.until_at, page.was_public) == ("Bozza 2", editor, *times)
    assert not PageDraft.objects.exists()
    with pytest.raises(RefusedError) as refused:
        publish_draft(person=approver, page_id=page.pk, revision=page.revision)
    assert refused.value.code == "page_no_draft"


def test_a_draft_is_published_with_the_documents_it_was_given_and_without_those_it_lost() -> None:
    approver = somebody("approver")
    first, second = (
        keep_document(person=approver, data=data, title_it=name, language="it")
        for name, data in (("Primo", a_pdf()), ("Secondo", zipped(CT=DOCX)))
    )
    page = publish_page(person=approver, page_id=a_page(approver, documents=(first,)).pk, revision=1)
    page = edit_page(
        person=approver, page_id=page.pk, revision=page.revision, content=content("Altro", documents=(second,))
    )
    assert [document.title_it for document in documents_of(page)] == ["Primo"]
    page = publish_draft(person=approver, page_id=page.pk, revision=page.revision)
    assert [document.title_it for document in documents_of(page)] == ["Secondo"]


def test_a_draft_that_is_thrown_away_leaves_the_page_as_it_was() -> None:
    approver = somebody("approver")
    page = released(approver)
    page = edit_page(person=approver, page_id=page.pk, revision=page.revision, content=content("Altro", slug="altra"))
    discard_draft(person=approver, page_id=page.pk)
    assert (Page.objects.get().title_it, Page.objects.get().path) == ("Chi siamo", "pagine/chi-siamo/")
    assert not PageDraft.objects.exists()
    assert not Redirect.objects.exists()


def test_a_page_that_waits_for_its_moment_appears_as_it_was_published_with_its_draft_still_a_draft() -> None:
    approver, now = somebody("approver"), timezone.now()
    page = publish_page(person=approver, page_id=a_page(approver).pk, revision=1, from_at=now + timedelta(hours=1))
    page = edit_page(person=approver, page_id=page.pk, revision=page.revision, content=content("Non ancora"))
    page = publish_page(person=approver, page_id=page.pk, revision=page.revision, from_at=now + timedelta(hours=2))
    with time_machine.travel(now + timedelta(hours=3), tick=False):
        assert [page.title_it for page in Page.objects.public()] == ["Chi siamo"]
        page = publish_draft(person=approver, page_id=page.pk, revision=page.revision)
        assert [page.title_it for page in Page.objects.public()] == ["Non ancora"]


def test_what_was_changed_since_a_page_was_withdrawn_is_published_with_it() -> None:
    approver = somebody("approver")
    page = withdraw_page(person=approver, page_id=released(approver).pk)
    page = edit_page(person=approver, page_id=page.pk, revision=page.revision, content=content("Di nuovo"))
    assert page.title_it == "Chi siamo"
    page = publish_page(person=approver, page_id=page.pk, revision=page.revision)
    assert (page.title_it, page.standing) == ("Di nuovo", "public")


def test_saving_again_what_is_saved_does_nothing_and_a_new_page_is_made_once() -> None:
    editor = somebody("editor")
    page, again = a_page(editor), a_page(editor)
    assert page == again
    assert edit_page(person=editor, page_id=page.pk, revision=0, content=content()).revision == 1
    assert a_page(somebody("editor")) != page, "another person's is another page"


def test_an_address_taken_meanwhile_is_told_when_the_draft_is_published() -> None:
    approver = somebody("approver")
    page = released(approver)
    page = edit_page(person=approver, page_id=page.pk, revision=page.revision, content=content(slug="nuova"))
    a_page(approver, "Nuova")
    with pytest.raises(RefusedError) as refused:
        publish_draft(person=approver, page_id=page.pk, revision=page.revision)
    assert refused.value.code == "page_slug_taken"
    assert Page.objects.get(pk=page.pk).path == "pagine/chi-siamo/"


def test_the_log_names_somebody_who_writes_for_an_hour_once() -> None:
    editor, other = somebody("editor"), somebody("editor")
    page = a_page(editor)
    for n in range(5):
        page = edit_page(person=editor, page_id=page.pk, revision=page.revision, content=content(f"Titolo {n}"))
    page = edit_page(person=other, page_id=page.pk, revision=page.revision, content=content("Suo"))
    assert list(ActivityEntry.objects.order_by("pk").values_list("code", "person")) == [
        ("page.added", editor.pk),
        ("page.changed", other.pk),
    ]


def test_a_scheduled_page_appears_and_goes_by_the_clock_alone() -> None:
    approver = somebody("approver")
    page = a_page(approver)
    now = timezone.now()
    page = publish_page(
        person=approver,
        page_id=page.pk,
        revision=1,
        from_at=now + timedelta(hours=1),
        until_at=now + timedelta(hours=2),
    )
    seen = []
    for minutes in (0, 61, 121):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            seen.append((Page.objects.get().standing, Page.objects.public().count(), public_state()))
    assert [(standing, shown) for standing, shown, _state in seen] == [("scheduled", 0), ("public", 1), ("over", 0)]
    assert len({state for _standing, _shown, state in seen}) == 3, "kept pages would not be made anew"


def test_whatever_the_public_can_see_changes_the_state_of_the_pages() -> None:
    approver = somebody("approver")
    states = [public_state()]
    page = released(approver)
    states.append(public_state())
    page = edit_page(person=approver, page_id=page.pk, revision=page.revision, content=content("Altro"))
    assert public_state() == states[-1], "a draft changes nothing for the public"
    page = publish_draft(person=approver, page_id=page.pk, revision=page.revision)
    states.append(public_state())
    other = released(approver, "Seconda")
    states.append(public_state())
    withdraw_page(person=approver, page_id=other.pk)
    states.append(public_state())
    assert len(set(states)) == len(states)


def test_a_page_is_not_released_before_it_is_whole_nor_into_the_past() -> None:
    approver = somebody("approver")
    bare = add_page(person=approver, kind=Page.Kind.NEWS, content=PageContent(title_it="Solo un titolo"))
    whole, now = a_page(approver), timezone.now()
    for page, moments, code in (
        (bare, {}, "page_not_whole"),
        (whole, {"from_at": now + timedelta(days=2), "until_at": now + timedelta(days=1)}, "page_ends_before"),
        (whole, {"from_at": now - timedelta(days=2), "until_at": now - timedelta(days=1)}, "page_is_over"),
        (whole, {"from_at": None, "until_at": now - timedelta(days=1)}, "page_ends_before"),
    ):
        with pytest.raises(RefusedError) as refused:
            publish_page(person=approver, page_id=page.pk, revision=page.revision, **moments)
        assert refused.value.code == code
    assert not Page.objects.filter(state="released").exists()


def test_a_released_page_is_never_left_without_its_text() -> None:
    approver = somebody("approver")
    page = released(approver)
    with pytest.raises(RefusedError) as refused:
        corrected(approver, page, body_it="<p> </p>")
    assert refused.value.code == "page_not_whole"
    with pytest.raises(IntegrityError), transaction.atomic():
        Page.objects.filter(pk=page.pk).update(body_it="")
    assert Page.objects.get().body_it


def test_what_was_public_is_withdrawn_and_never_thrown_away() -> None:
    approver = somebody("approver")
    page, draft = released(approver), a_page(approver, "Bozza")
    withdraw_page(person=approver, page_id=page.pk)
    with pytest.raises(RefusedError):
        withdraw_page(person=approver, page_id=page.pk)
    with pytest.raises(RefusedError):
        throw_draft_away(person=approver, page_id=page.pk)
    throw_draft_away(person=approver, page_id=draft.pk)
    assert [p.standing for p in Page.objects.all()] == ["withdrawn"]


def test_an_address_is_made_from_the_title_and_never_twice() -> None:
    editor = somebody("editor")
    assert [a_page(editor, "Città & comuni", summary_it=f"La {n}ª").slug for n in range(3)] == [
        "citta-comuni",
        "citta-comuni-2",
        "citta-comuni-3",
    ]
    assert a_page(editor, "Città & comuni", Page.Kind.NEWS).slug == "citta-comuni"
    for wanted, code in (("Chi siamo", "page_bad_slug"), ("a/b", "page_bad_slug"), ("citta-comuni", "page_slug_taken")):
        with pytest.raises(RefusedError) as refused:
            a_page(editor, slug=wanted)
        assert refused.value.code == code


def test_news_are_not_linked_from_the_menu() -> None:
    with pytest.raises(RefusedError):
        a_page(somebody("editor"), kind=Page.Kind.NEWS, linked="menu")


def test_the_database_refuses_what_no_verb_would_write() -> None:
    editor = somebody("editor")
    page = a_page(editor)
    now = timezone.now()
    for wrong in (
        {"title_it": ""},
        {"state": "published"},
        {"from_at": now, "until_at": now - timedelta(hours=1)},
        {"kind": "news", "linked": "menu"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Page.objects.filter(pk=page.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Redirect.objects.create(old="a/", new="a/", made_by=editor)
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckedLink.objects.create(address="https://x.it", outcome="alive", checked_at=now)


def test_everything_that_is_done_to_pages_is_told_in_a_sentence() -> None:
    approver = somebody("approver")
    page = released(approver)
    page = corrected(approver, page, slug="nuova")
    page = edit_page(person=approver, page_id=page.pk, revision=page.revision, content=content("Ancora"))
    discard_draft(person=approver, page_id=page.pk)
    withdraw_page(person=approver, page_id=page.pk)
    throw_draft_away(person=approver, page_id=a_page(approver, "Bozza").pk)
    told = [activity_sentence(entry) for entry in ActivityEntry.objects.order_by("pk")]
    assert len(told) == 8
    assert all(str(approver) in sentence for sentence in told)
