"""Papers of an act: annexes that are what their hash says, drafts with styles, and what adopted an edition."""

import hashlib
import io
import zipfile
from datetime import date, time
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from aumenta.core.documents import document_text
from aumenta.governance import drafts
from aumenta.governance.adoption import acts_of
from aumenta.governance.models import Act, Annex, Body
from aumenta.governance.polls.attendance import attend, leave
from aumenta.governance.polls.hold import change_session, close_vote, convene, enter_votes, put_to_vote
from aumenta.governance.road.annexes import add_annex, annex_file, content_of, drop_annex
from aumenta.people.permission import NotAllowedError
from tests.cast import a_plan, somebody
from tests.governance_cast import a_body, a_mandate, a_secretary, an_act, an_opinion, chief
from tests.media_cast import a_pdf

pytestmark = pytest.mark.django_db
PDF = a_pdf()
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def added(**facts: Any) -> Annex:
    return add_annex(person=chief(), act=an_act(), data=PDF, title="Relazione", **facts)


def test_an_annex_is_kept_with_the_hash_of_its_content_and_a_changed_file_is_given_to_nobody(client: Client) -> None:
    annex = added()
    assert annex.digest == hashlib.sha256(PDF).hexdigest()
    Act.objects.filter(pk=annex.act_id).update(state=Act.State.DEPOSITED)
    address = reverse("site:act_annex", args=[annex.act.slug, 1])
    assert client.get(address).content == PDF
    name = annex_file(annex.digest, "pdf")
    default_storage.delete(name)
    default_storage.save(name, ContentFile(PDF + b" "))
    assert content_of(annex) is None
    assert client.get(address).status_code == 404
    default_storage.delete(name)


def test_an_annex_of_an_act_in_preparation_is_nobodys(client: Client) -> None:
    annex = added()
    assert client.get(reverse("site:act_annex", args=[annex.act.slug, 1])).status_code == 404


def test_an_annex_goes_with_its_file_unless_another_act_has_the_same(django_capture_on_commit_callbacks) -> None:
    first = added()
    other = Act.objects.create(slug="altro", body=a_body(), kind="other", object_it="Altro")
    second = add_annex(person=chief(), act=other, data=PDF, title="La stessa")
    name = annex_file(first.digest, "pdf")
    with django_capture_on_commit_callbacks(execute=True):
        drop_annex(person=chief(), annex=first)
    assert default_storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        drop_annex(person=chief(), annex=second)
    assert not default_storage.exists(name)


def test_owner_colleague_and_stranger_add_an_annex(client: Client) -> None:
    address = reverse("desk:add_annex", args=[an_act().slug])

    def send() -> int:
        return client.post(address, {"title": "R", "file": SimpleUploadedFile("r.pdf", PDF)}).status_code

    assert send() == 302
    for colleague in (somebody("editor"), a_secretary(a_body(Body.Kind.SPOKESPERSONS))):
        client.force_login(colleague)
        assert send() == 403
        with pytest.raises(NotAllowedError):
            add_annex(person=colleague, act=an_act(), data=PDF, title="R")
    assert not Annex.objects.exists()
    client.force_login(a_secretary())
    assert send() == 302
    assert Annex.objects.get().title == "R"
    assert "Relazione" not in client.get(reverse("desk:act", args=[an_act().slug])).content.decode()


def parts(content: bytes) -> dict[str, ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.infolist()[0].filename == "mimetype"
        return {name: ElementTree.fromstring(package.read(name)) for name in ("content.xml", "styles.xml")}


def a_session_that_was_held():
    session = convene(person=chief(), body=a_body(), held_on=date(2026, 6, 1), agenda="Primo punto\nSecondo punto")
    change_session(person=chief(), session=session, given={"chair": "Ada & Figli", "begins": time(15, 30)})
    for name in ("Ada Prova", "Bice Conta"):
        attend(person=chief(), session=session, seat=f"m{a_mandate(name=name).pk}", arrived_at=time(15, 30))
    leave(person=chief(), session=session, seat=f"m{a_mandate(name='Bice Conta').pk}", left_at=time(17))
    vote = put_to_vote(person=chief(), session=session, question="Il testo", taken_at=time(16))
    seats = {f"m{a_mandate(name=name).pk}": vote_ for name, vote_ in (("Ada Prova", "for"), ("Bice Conta", "against"))}
    enter_votes(person=chief(), vote=vote, votes=seats)
    close_vote(person=chief(), vote=vote)
    session.refresh_from_db()
    return session


@pytest.mark.parametrize("draft", ["convening", "minutes_of", "proposal", "opinion_of"])
def test_every_style_a_draft_uses_is_in_it(draft: str) -> None:
    of = {
        "convening": a_session_that_was_held,
        "minutes_of": a_session_that_was_held,
        "proposal": an_act,
        "opinion_of": an_opinion,
    }[draft]()
    found = parts(getattr(drafts, draft)(of))
    used = {one.get(f"{TEXT}style-name") for one in found["content.xml"].iter()} - {None}
    there = {one.get(f"{STYLE}name") for one in found["styles.xml"].iter()}
    assert used <= there
    assert {"Title", "Text_20_body", "Signature"} <= used


def test_the_minutes_hold_who_was_there_from_when_to_when_and_how_they_voted() -> None:
    words = document_text(drafts.minutes_of(a_session_that_was_held()))
    for part in ("Ada & Figli", "Secondo punto", "15:30 – 17:00", "15:30 – …", "Il testo", "Bice Conta"):
        assert part in words, part


def test_an_edition_says_which_acts_adopted_it_and_never_an_invented_one(client: Client) -> None:
    edition = a_plan(axes=1, strategies=1, actions=1)
    facts = {"body": a_body(), "kind": "plan", "state": "recorded", "edition": edition}
    Act.objects.create(slug="vero", object_it="Vero", number="4", year=2021, day=date(2021, 2, 10), **facts)
    Act.objects.create(slug="finto", object_it="Finto", invented=True, **facts)
    Act.objects.create(slug="bozza", object_it="Bozza", **{**facts, "state": "opinions"})
    assert [act.slug for act in acts_of(edition)] == ["vero"]
    for name, args in (("site:edition", [edition.label]), ("site:action", [edition.label, "1.1.1"])):
        page = client.get(reverse(name, args=args)).content.decode()
        assert reverse("site:act", args=["vero"]) in page, name
        assert "finto" not in page, name
