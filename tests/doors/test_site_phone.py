"""Stickers from a participant's phone: once for each code, within the rule, counted with all the others."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from aumenta.events.models import Badge, Event, StickerCount, TableOperation
from aumenta.events.participants.phone_votes import phone_codes
from aumenta.events.tables.append_operations import append_operations
from aumenta.events.tables.project_log import project_log
from tests.events_cast import Device, an_event, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    now = timezone.now()
    made = an_event()
    Event.objects.update(votes_by_phone=True, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1))
    return Event.objects.get(pk=made.pk)


@pytest.fixture
def code(event):
    return next(iter(phone_codes(table(event)).values()))


def address(event: Event) -> str:
    return reverse("site:event_phone", args=[event.slug])


def ticket(client, event, code: str) -> str:
    return client.post(address(event), {"codice": code}).context["ticket"]


def vote(client, event, code: str, strategies: list[str]):
    return client.post(address(event), {"ticket": ticket(client, event, code), "strategia": strategies})


def counted(event: Event) -> dict[str, int]:
    project_log(event)
    return dict(StickerCount.objects.filter(table=table(event)).values_list("strategy_code", "count"))


def test_stickers_of_a_phone_are_added_to_those_of_the_console(client, event, code):
    device = Device(table(event))
    device.set("stickers", "s1/1.1", 5)
    append_operations(table=table(event), records=[o.as_json() for o in device.to_send()])
    answer = vote(client, event, code, ["1.1", "2.1"])
    assert answer.status_code == 200
    assert counted(event) == {"1.1": 6, "2.1": 1}
    # Whoever counts the poster anew has not counted the phone's: both count, before and after.
    device.learn([operation for _, _, operation in TableOperation.objects.order_by("pk").as_operations()], 99)
    device.set("stickers", "s1/1.1", 3, reason="ricontati")
    append_operations(table=table(event), records=[o.as_json() for o in device.to_send()])
    assert counted(event) == {"1.1": 4, "2.1": 1}
    assert StickerCount.objects.get(table=table(event), strategy_code="1.1").by_phone == 1


def test_a_code_works_once_also_from_two_phones(client, event, code):
    first, second = ticket(client, event, code), ticket(client, event, code)
    assert client.post(address(event), {"ticket": first, "strategia": ["1.1"]}).status_code == 200
    answer = client.post(address(event), {"ticket": second, "strategia": ["2.1"]})
    assert answer.status_code == 409
    assert "già stato usato" in answer.content.decode()
    assert "già stato usato" in client.post(address(event), {"codice": code}).content.decode()
    assert counted(event) == {"1.1": 1}


def test_more_than_the_rule_allows_is_refused_with_the_ticks_kept(client, event, code):
    seven = [s.code for s in event.strategies.all()[:7]]
    answer = vote(client, event, code, seven)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "togline 1" in page
    assert page.count(" checked") == 7
    assert not TableOperation.objects.exists()
    # The same strategy twice is one tick.
    assert vote(client, event, code, [*seven[:6], seven[0]]).status_code == 200
    assert sum(counted(event).values()) == 6


@pytest.mark.parametrize(("typed", "words"), [("", "Nessun cartellino"), ("XXXX9999", "Nessun cartellino")])
def test_a_wrong_code_is_told(client, event, typed, words):
    answer = client.post(address(event), {"codice": typed})
    assert answer.status_code == 409
    assert words in answer.content.decode()


def test_a_code_is_read_however_it_is_typed(client, event, code):
    assert ticket(client, event, f" {code[:4].lower()}-{code[4:]} ")


def test_who_waits_too_long_types_the_code_again(client, event, code, monkeypatch):
    held = ticket(client, event, code)
    monkeypatch.setattr("aumenta.site.events.views_phone.LONGEST", -1)
    for bad in (held, "rubbish"):
        answer = client.post(address(event), {"ticket": bad, "strategia": ["1.1"]})
        assert "troppo tempo" in answer.content.decode()
    assert not TableOperation.objects.exists()
    assert not Badge.objects.filter(phone_code_used=True).exists()


def test_nothing_or_something_unknown_is_no_vote(client, event, code):
    assert "almeno una" in vote(client, event, code, []).content.decode()
    assert "non è più sul manifesto" in vote(client, event, code, ["9.9"]).content.decode()
    assert not TableOperation.objects.exists()


def test_before_and_after_the_event_and_where_it_is_not_wanted_nobody_votes(client, event, code):
    held = ticket(client, event, code)
    hour = timedelta(hours=2)
    for changed, words in (
        ({"starts_at": timezone.now() + hour / 2, "ends_at": timezone.now() + hour}, "non è ancora cominciato"),
        ({"starts_at": timezone.now() - hour, "ends_at": timezone.now() - hour / 2}, "è finito"),
    ):
        Event.objects.update(**changed)
        for given in ({"codice": code}, {"ticket": held, "strategia": ["1.1"]}):
            assert words in client.post(address(event), given).content.decode()
    Event.objects.update(votes_by_phone=False)
    assert client.get(address(event)).status_code == 404
    assert not TableOperation.objects.exists()


def test_a_code_of_another_event_opens_nothing(client, event, code):
    other = Badge.objects.first()
    assert other is not None
    Badge.objects.filter(pk=other.pk).update(phone_code_digest="0" * 64)
    codes = list(phone_codes(table(event)).values())
    assert len(set(codes)) == len(codes)
    assert codes[0] == code


def test_the_page_says_honestly_who_could_work_out_whose_stickers_they_are(client, event):
    page = client.get(address(event)).content.decode()
    assert "Nessuno può sapere" not in page
    assert "l’unica persona del tavolo" in page


def test_the_log_does_not_tell_whose_stickers_they_were(client, event):
    codes = list(phone_codes(table(event)).values())
    for code, strategies in zip(codes, (["1.1", "2.1"], ["1.1"], ["3.1"]), strict=True):
        vote(client, event, code, strategies)
    rows = list(TableOperation.objects.values("device", "clock", "at", "reason"))
    assert all(row == rows[0] for row in rows)
    names = {field.name for field in Badge._meta.get_fields()}
    assert "phone_code_used_at" not in names
    assert {code for code in codes if Badge.objects.filter(phone_code_digest__contains=code)} == set()
