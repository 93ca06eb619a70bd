"""The rules of the bodies that every new installation of Turin starts with say what the law and the statute say."""

import pytest

from aumenta.governance.load_bodies import rows, rule_record

RULES = {
    # D.lgs. 267/2000, art. 38 and 134; abstentions count among the voters (minutes of 10 May 2023).
    ("consiglio", "any"): ("members 1/3", "voters 1/2"),
    ("consiglio", "enforceable"): ("members 1/3", "members 1/2"),
    # Statute, 9560/2015: the absolute majority of those present.
    ("conferenza", "plan"): ("none 1/3", "present 1/2"),
    # L. 56/2014, art. 1 c. 9: a third of the municipalities and the majority of the residents.
    ("conferenza", "statute_budget"): ("none 1/3", "municipalities_and_residents 1/3"),
    ("zona", "any"): ("none 1/3", "voters 1/2"),
}


def test_each_body_and_matter_has_one_rule_with_the_article_it_comes_from() -> None:
    kept = list(rows("torino", "rules.csv"))
    assert [(row["body"], row["matter"]) for row in kept] == list(RULES)
    assert all(row["citation"] for row in kept)


@pytest.mark.parametrize("row", list(rows("torino", "rules.csv")), ids=lambda row: f"{row['body']}, {row['matter']}")
def test_quorum_and_majority_are_those_of_the_law(row: dict[str, str]) -> None:
    record = rule_record(row)
    quorum, majority = record["quorum"], record["majority"]
    assert isinstance(quorum, dict)
    assert isinstance(majority, dict)
    said = (f"{quorum['of']} {quorum['share']}", f"{majority['of']} {majority['share']}")
    assert said == RULES[row["body"], row["matter"]]
    # More than half in every body, but at least a third of the municipalities; more than half of the residents.
    assert majority["strictly_more"] == (majority["share"] == "1/2")
    assert majority["residents_share"] == "1/2"
    assert (record["abstentions"], record["tie"]) == ("counted", "fails")
