"""The badge: how sure a suggestion is, and what a plan's own texts say that this is worth."""

from math import exp, inf, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from aumenta.core.synthesis.confidence import (
    MIN_CALIBRATION_TEXTS,
    TARGET_PRECISION,
    UNTRIED,
    confidence,
    confidence_threshold,
)
from aumenta.core.synthesis.encoders import HashedStems
from aumenta.core.synthesis.suggest import PlanIndex, Reference
from tests.core.synthesis_stage import plan

READINGS = st.integers(1, 6).flatmap(lambda n: arrays(np.float64, (4, n), elements=st.floats(-50, 50)))


@given(READINGS, READINGS.filter(lambda rows: rows.size > 0))
def test_sureness_is_the_log_of_the_product_of_what_the_readings_give_to_the_first(one: object, other: object) -> None:
    left, right = np.asarray(one), np.asarray(other)
    groups = min(left.shape[1], right.shape[1])
    left, right = left[:, :groups], right[:, :groups]
    first = (left + right).argmax(axis=1)
    for row, sure in enumerate(confidence((left, right), first)):
        chances = [exp(r[row, first[row]] - r[row].max()) / np.exp(r[row] - r[row].max()).sum() for r in (left, right)]
        assert sure <= 1e-12
        assert sure == pytest.approx(sum(log(max(chance, 1e-300)) for chance in chances))


@given(st.lists(st.tuples(st.floats(-20, 0), st.booleans()), min_size=MIN_CALIBRATION_TEXTS, max_size=200))
def test_from_where_the_badge_is_earned_the_share_of_right_ones_is_that_promised(
    tried: list[tuple[float, bool]],
) -> None:
    sure, right = np.array([one[0] for one in tried]), np.array([one[1] for one in tried])
    least = confidence_threshold(sure, right, 2, 5)
    if least < inf:
        assert right[sure >= least].sum() + 2 >= TARGET_PRECISION * ((sure > least).sum() + 4)
        assert right[sure >= least].sum() >= 8  # never by two or three lucky texts
    if right.all() and len(right) >= 20:
        assert least == sure.min()
    if not right.any():
        assert least == inf


def test_a_plan_of_few_texts_has_the_general_threshold_and_one_of_one_group_no_badge() -> None:
    few = np.full(MIN_CALIBRATION_TEXTS - 1, -0.1)
    assert confidence_threshold(few, few < 0, 2, 24) == pytest.approx(UNTRIED * 2 * log(24))
    assert confidence_threshold(few[:0], few[:0] < 0, 2, 1) == inf
    alone = PlanIndex([Reference("1", "1", "Treni e stazioni")], HashedStems())
    assert not alone.suggest(["Più treni nelle stazioni"])[0].confident


def of_subjects(subjects: dict[str, str], scattered: bool = False) -> PlanIndex:
    """Seven texts for each subject; `scattered` gives each text to another group than its subject's."""
    references = []
    for place, (group, subject) in enumerate(subjects.items()):
        words = subject.split()
        for number in range(7):
            name = list(subjects)[(place + number) % len(subjects)] if scattered else group
            text = " ".join(words[(number + step) % len(words)] for step in range(5))
            references.append(Reference(f"{group}.{number}", name, text))
    return PlanIndex(references, HashedStems())


SUBJECTS = {
    "1.1": "treni stazioni ferrovia binari pendolari orari",
    "1.2": "biciclette piste ciclabili pedoni marciapiedi sentieri",
    "2.1": "boschi foreste legname alberi montagna pascoli",
    "2.2": "rifiuti raccolta riciclo discariche compostaggio riuso",
    "3.1": "ospedali medici ambulatori infermieri ricoveri farmacie",
}


def test_a_plan_whose_own_texts_find_their_strategy_lends_the_badge() -> None:
    stage = of_subjects(SUBJECTS)
    assert stage.badge_from < 0
    assert stage.suggest(["Più treni nelle stazioni della ferrovia, con orari per i pendolari"])[0].confident


def test_a_plan_whose_texts_lie_in_the_wrong_strategies_lends_no_badge() -> None:
    stage = of_subjects(SUBJECTS, scattered=True)
    assert stage.badge_from == inf
    assert not stage.suggest(["Più treni nelle stazioni della ferrovia, con orari per i pendolari"])[0].confident


def test_asking_about_the_badge_does_not_change_what_is_suggested() -> None:
    text, fresh, asked = "Servono treni e biciclette", plan(), plan()
    assert asked.badge_from == asked.badge_from
    ranked = [[(match.group, match.score) for match in stage.suggest([text])[0].ranked] for stage in (fresh, asked)]
    assert ranked[0] == ranked[1]


def test_a_statement_in_a_third_language_has_no_badge_unless_the_plan_speaks_it() -> None:
    german = {
        "1": "die Züge und die Bahnhöfe für die Pendler",
        "2": "die Radwege und die Fußgänger auf der Straße",
        "3": "die Wälder und die Bäume in den Bergen",
        "4": "die Abfälle und das Recycling für die Deponie",
        "5": "die Krankenhäuser und die Ärzte mit den Apotheken",
    }
    said = "Mehr Züge und Bahnhöfe für die Pendler, die Züge sind nicht für die Pendler"
    stage = of_subjects({group: f"{words} und die nicht" for group, words in german.items()})
    own = of_subjects(SUBJECTS)
    own.badge_from = -inf
    assert not own.suggest([said])[0].confident
    stage.badge_from = -inf
    assert stage.suggest([said])[0].confident
