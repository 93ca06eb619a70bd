"""Attacks on the forms that anybody may send: what is too long, sent twice at once, or sent all day by a machine."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from aumenta.contacts.models import Message
from aumenta.people.models import Attempt, User
from aumenta.site.contacts import views as contact_views
from aumenta.site.contacts.forms import ContactForm
from aumenta.site.too_often import Flood
from tests import form_marks
from tests.cast import a_plan

pytestmark = pytest.mark.django_db

CONTACT = "/it/contatti/"


def a_message(**more: Any) -> dict[str, Any]:
    usual = {"name": "Ada", "email": "ada@esempio.it", "subject": "plan", "text": "Più treni", "read_notice": "on"}
    return {**usual, "page": "/it/", "shown": form_marks.shown(ContactForm, key="k" * 32), **more}


def every_form(of: type[Any] = forms.BaseForm) -> Iterator[type[Any]]:
    """Every form of ours there is."""
    get_resolver().url_patterns  # noqa: B018 - every door is loaded
    for form in of.__subclasses__():
        if form.__module__.startswith("aumenta."):
            yield form
        yield from every_form(form)


def test_no_form_takes_an_address_longer_than_is_kept() -> None:
    """Forms took 320 signs and tables hold 254: anybody had the contact form answer 500."""
    fields = [
        (form.__name__, name, field.max_length)
        for form in every_form()
        for name, field in form.base_fields.items()
        if isinstance(field, forms.EmailField)
    ]
    assert len(fields) > 5
    assert [one for one in fields if not one[2] or one[2] > 254] == []


def test_an_address_that_is_too_long_is_refused_in_words(client: Client) -> None:
    a_plan()
    answer = client.post(CONTACT, a_message(email=f"{'a' * 60}@{'b.' * 100}it"))
    assert answer.status_code == 400
    assert "254 caratteri" in answer.content.decode()


def test_the_same_words_sent_many_times_at_once_are_one_message(client: Client) -> None:
    a_plan()
    places = {client.post(CONTACT, a_message()).headers["Location"] for _n in range(3)}
    assert len(places) == Message.objects.count() == 1
    # Who goes back and writes something else is heard.
    assert client.post(CONTACT, a_message(text="E più autobus")).status_code == 302
    assert Message.objects.count() == 2


def test_what_comes_slowly_all_day_ends_too_and_the_next_day_begins_anew(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten messages in ten minutes, all day long, were 1,440."""
    a_plan()
    monkeypatch.setattr(contact_views, "MESSAGES", Flood("contact", 2, 3))
    earlier = timezone.now() - timedelta(minutes=11)

    def sent(n: int) -> int:
        return client.post(CONTACT, a_message(text=f"Messaggio {n}")).status_code

    assert [sent(n) for n in range(3)] == [302, 302, 429], "at once"
    Attempt.objects.update(at=earlier)
    assert [sent(n) for n in range(3, 5)] == [302, 429], "in a day"
    Attempt.objects.filter(what="contact").update(at=earlier)
    assert "domani" in client.post(CONTACT, a_message(text="x")).content.decode()
    Attempt.objects.update(at=earlier - timedelta(days=1))
    assert sent(9) == 302


@pytest.mark.parametrize("field", [forms.DateField, forms.DateTimeField])
def test_no_day_of_another_age_is_taken(field: type[forms.DateField]) -> None:
    """In the year 1 the sums with days failed, and with them the page."""
    for wrong in ("0001-01-01", "0026-05-03", "9999-12-31"):
        with pytest.raises(forms.ValidationError, match=re.escape(wrong[:4])):
            field().clean(wrong)
    assert field().clean("2026-05-03")


@pytest.mark.parametrize("odd", [10**30, -(10**30), 2**63])
def test_a_number_that_no_table_holds_is_among_no_rows(odd: int) -> None:
    """Fields that choose several rows asked the database for it, which broke: 500 at three pages of the desk."""
    person = User.objects.create_user("ada@esempio.it")
    assert list(User.objects.filter(pk__in=[odd])) == []
    assert list(User.objects.filter(pk__in=[odd, person.pk])) == [person]
    assert list(User.objects.exclude(pk__in=[odd])) == [person]
    assert list(User.objects.filter(pk__in=User.objects.values("pk"))) == [person]
    with pytest.raises(forms.ValidationError):
        forms.ModelMultipleChoiceField(User.objects.all()).clean([str(odd)])
