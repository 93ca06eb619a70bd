"""A project the office writes itself: amounts as people type them, places by name, and never what a file brought."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.translation import override

from aumenta.desk.monitoring.fields import AmountField
from aumenta.monitoring.models import Project
from tests.cast import a_small_plan, somebody
from tests.markup import words
from tests.monitoring_cast import a_project, a_territory, sent

NEW = "/it/scrivania/progetti/nuovo/"
SENT = {
    "key": "TRAM-1",
    "cup": "d11b2100 7090001",
    "title": "Tranvia",
    "state": "design",
    "head": "Comune 1",
    "programme": "Fondo proprio",
    "planned": "1.234.567,80",
    "paid": "",
    "as_of": "2026-01-31",
    "municipalities": "Comune 1\n999003",
}


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1234,50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("€ 1 234", "1234"),
        ("1\u00a0234\u00a0567,5", "1234567.5"),
        ("1'234'567", "1234567"),
        ("12.345.678", "12345678"),
        ("0,50", "0.50"),
        ("0", "0"),
        ("", None),
    ],
)
def test_an_amount_is_read_as_it_was_meant(written: str, amount: str | None) -> None:
    assert AmountField(required=False).clean(written) == (Decimal(amount) if amount is not None else None)


@pytest.mark.parametrize("written", ["1.234", "1,234", "tanto", "1.23.4", "-5", "1e9", "12.34,5", "1.234.56", "²"])
def test_what_could_be_two_amounts_or_none_is_asked_about(written: str) -> None:
    with pytest.raises(ValidationError):
        AmountField(required=False).clean(written)


def test_an_amount_reads_the_same_when_it_comes_back() -> None:
    for language, shown in (("it", "1234,50"), ("en", "1234.50")):
        with override(language):
            field = AmountField(required=False)
            assert field.prepare_value(Decimal("1234.5")) == shown
            assert field.clean(shown) == Decimal("1234.50")


@pytest.mark.django_db
def test_a_project_is_written_changed_and_read_by_everybody(client: Client) -> None:
    a_territory()
    a_small_plan()
    client.force_login(somebody("editor"))
    client.post(NEW, SENT)
    made = Project.objects.get()
    assert (made.cup, made.planned, made.paid) == ("D11B21007090001", Decimal("1234567.80"), None)
    assert sorted(made.municipalities.values_list("istat_code", flat=True)) == ["999001", "999003"]
    address = f"/it/scrivania/progetti/{made.pk}/modifica/"
    page = client.get(address).content.decode()
    assert 'value="1234567,80"' in page
    assert "Comune 1\nComune 3" in page
    client.post(address, {**SENT, "title": "Tranvia 2", "planned": ""})
    made.refresh_from_db()
    assert (made.title, made.planned) == ("Tranvia 2", None), "empty is not zero"
    assert "Tranvia 2" in Client().get(f"/it/progetti/{made.pk}/").content.decode()


@pytest.mark.django_db
def test_what_will_not_do_is_told_and_nothing_is_half_written(client: Client) -> None:
    a_territory()
    client.force_login(somebody("editor"))
    for name, value, told in (
        ("municipalities", "Comune 1\nSparito", "«Sparito» non è un comune di oggi"),
        ("planned", "1.234", "si può leggere in due modi"),
        ("cup", "ABC", "Un CUP ha 15 caratteri"),
        ("paid", "10", ""),
        ("as_of", "2199-01-01", "è nel futuro"),
    ):
        page = client.post(NEW, {**SENT, name: value})
        assert page.status_code == 409, name
        assert told in words(page.content.decode()), name
    assert not Project.objects.exists()


@pytest.mark.django_db
def test_what_came_from_a_file_is_not_changed_by_hand_and_two_do_not_overwrite_each_other(client: Client) -> None:
    a_territory()
    client.force_login(somebody("editor"))
    own = a_project()
    address = f"/it/scrivania/progetti/{own.pk}/modifica/"
    page = client.post(address, {**SENT, "seen": "0" * 16})
    assert "non è stato salvato nulla" in words(page.content.decode())
    Project.objects.update(file=sent(["X", "Y", "2020", 1]))
    assert "viene da un file" in words(client.post(address, SENT).content.decode())
    assert Project.objects.get().title == own.title
