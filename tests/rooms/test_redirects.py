"""Redirects: left by pages that move, added by hand, never a chain, a loop or a way out unseen."""

import pytest

from aumenta.activity.models import ActivityEntry
from aumenta.pages.add_redirect import add_redirect, own_path, remove_redirect
from aumenta.pages.models import Redirect
from aumenta.pages.publish_page import withdraw_page
from aumenta.pages.write_page import edit_page
from aumenta.people.refusals import RefusedError, refusal_sentence
from tests.cast import somebody
from tests.pages_cast import a_page, content, corrected, released

pytestmark = pytest.mark.django_db


def test_a_page_that_moves_leaves_a_redirect_and_never_a_chain_or_a_loop() -> None:
    approver = somebody("approver")
    page = released(approver)
    for name in ("seconda", "terza", "chi-siamo", "ultima"):
        page = corrected(approver, page, slug=name)
    assert dict(Redirect.objects.values_list("old", "new")) == {
        "pagine/chi-siamo/": "pagine/ultima/",
        "pagine/seconda/": "pagine/ultima/",
        "pagine/terza/": "pagine/ultima/",
    }


def test_a_draft_that_moves_leaves_nothing() -> None:
    editor = somebody("editor")
    page = a_page(editor)
    edit_page(person=editor, page_id=page.pk, revision=1, content=content(slug="altra"))
    assert not Redirect.objects.exists()


def test_a_page_released_where_a_redirect_was_is_read_itself() -> None:
    approver = somebody("approver")
    released(approver, "Nuova")
    add_redirect(person=approver, old="/it/pagine/vecchia/", new="pagine/nuova/")
    released(approver, "Vecchia")
    assert not Redirect.objects.exists()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("", "pagine/chi-siamo/", "redirect_bad_old"),
        ("https://altrove.example/x", "pagine/chi-siamo/", "redirect_bad_old"),
        ("//altrove.example/x", "pagine/chi-siamo/", "redirect_bad_old"),
        ("vecchia/?q=1", "pagine/chi-siamo/", "redirect_bad_old"),
        ("vecchia", "javascript:alert(1)", "redirect_bad_new"),
        ("vecchia", "ftp://altrove.example/", "redirect_bad_new"),
        ("vecchia", "//altrove.example/", "redirect_bad_new"),
        ("vecchia", "pagine/che-non-c-e/", "redirect_nowhere"),
        ("pagine/chi-siamo", "notizie/", "redirect_taken"),
        ("territorio/mappa/", "pagine/chi-siamo/", "redirect_taken"),
        ("scrivania/", "pagine/chi-siamo/", "redirect_taken"),
        ("prima", "pagine/chi-siamo/", "redirect_there_already"),
        ("terza", "terza", "redirect_loop"),
    ],
)
def test_a_redirect_that_would_mislead_is_refused(old: str, new: str, code: str) -> None:
    approver = somebody("approver")
    released(approver)
    add_redirect(person=approver, old="prima", new="pagine/chi-siamo")
    with pytest.raises(RefusedError) as refused:
        add_redirect(person=approver, old=old, new=new)
    assert refused.value.code == code
    assert Redirect.objects.count() == 1


def test_a_loop_by_way_of_other_redirects_is_refused() -> None:
    approver = somebody("approver")
    page = released(approver)
    add_redirect(person=approver, old="a", new="pagine/chi-siamo")
    add_redirect(person=approver, old="b", new="a")
    withdraw_page(person=approver, page_id=page.pk)
    with pytest.raises(RefusedError) as refused:
        add_redirect(person=approver, old="pagine/chi-siamo/", new="/en/b/")
    assert refused.value.code == "redirect_loop"


def test_a_query_hides_no_loop_and_makes_no_address_of_another_site(client) -> None:
    approver = somebody("approver")
    page = released(approver)
    add_redirect(person=approver, old="a", new="pagine/chi-siamo/?x=1")
    with_address = add_redirect(person=approver, old="c", new="pagine/chi-siamo/?da=https://esempio.it/")
    assert client.get("/it/c/").headers["Location"] == f"/it/{with_address.new}"
    withdraw_page(person=approver, page_id=page.pk)
    for target in ("a", "a/?y=2"):
        with pytest.raises(RefusedError) as refused:
            add_redirect(person=approver, old="pagine/chi-siamo/", new=target)
        assert refused.value.code == "redirect_loop"
    with pytest.raises(RefusedError) as refused:
        add_redirect(person=approver, old="d", new="non/c-e/?da=https://esempio.it/")
    assert refused.value.code == "redirect_nowhere"


def test_a_withdrawn_page_may_lead_elsewhere_and_a_redirect_may_go() -> None:
    approver = somebody("approver")
    page = released(approver)
    withdraw_page(person=approver, page_id=page.pk)
    made = add_redirect(person=approver, old="/en/pagine/chi-siamo", new="https://www.esempio.it/chi?x=1")
    assert str(made) == "pagine/chi-siamo/ → https://www.esempio.it/chi?x=1"
    remove_redirect(person=approver, redirect=made)
    assert not Redirect.objects.exists()


def test_an_address_is_understood_with_or_without_host_and_language() -> None:
    assert own_path("/it/pagine/x") == own_path("en/pagine/x/") == own_path(" pagine/x ") == "pagine/x/"
    assert own_path("vecchio/documento.pdf") == "vecchio/documento.pdf"
    assert own_path("italia/") == "italia/"
    assert own_path("a/../b") is None
    assert own_path("a/?x=1&y=%20") == "a/?x=1&y=%20"


@pytest.mark.parametrize("query", ["x\ny", "x\r\nLocation: y", "a b", "\x00", "è", "x#y", "x" * 300])
def test_a_target_whose_query_is_no_address_is_refused_in_words(query: str) -> None:
    approver = somebody("approver")
    released(approver)
    with pytest.raises(RefusedError) as refused:
        add_redirect(person=approver, old="vecchia", new=f"pagine/chi-siamo/?{query}")
    assert refused.value.code == "redirect_bad_new"
    assert len(refusal_sentence(refused.value)) < 600


@pytest.mark.parametrize("address", ["http://[::1", "https://a b", "javascript:alert(1)", "mailto:x@y.it", "//x.it/a"])
def test_a_target_that_is_no_web_address_is_refused_in_words(address: str) -> None:
    with pytest.raises(RefusedError) as refused:
        add_redirect(person=somebody("approver"), old="vecchia", new=address)
    assert refused.value.code == "redirect_bad_new"


def test_two_addresses_as_long_as_they_may_be_are_kept_and_told() -> None:
    made = add_redirect(person=somebody("approver"), old="v" * 299, new="https://esempio.it/" + "n" * 281)
    assert (len(made.old), len(made.new)) == (300, 300)
    assert ActivityEntry.objects.get(code="redirect.added").subject.startswith("vvv")
