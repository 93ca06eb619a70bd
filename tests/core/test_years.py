"""The years of an edition, however people write them."""

import pytest

from aumenta.core.text.years import edition_label, years_of_label


@pytest.mark.parametrize(
    "typed",
    [
        "2034-2036",
        " 2034 – 2036 ",
        "2034—2036",
        "2034/2036",
        "2034-36",
        "2034 2036",
        "2034\u00a0–\u00a02036",
        "2034\u2010 2036",
    ],
)
def test_two_years_are_read_whatever_stands_between_them(typed: str) -> None:
    assert edition_label(typed) == "2034-2036"
    assert years_of_label(edition_label(typed)) == (2034, 2036)


@pytest.mark.parametrize(
    "typed", ["2034", "1999-9999", "2036-2034", "0001-0003", "2034-20366", "dal 2034", "", "2024-2060"]
)
def test_what_no_plan_lasts_names_no_years(typed: str) -> None:
    assert years_of_label(edition_label(typed)) is None
