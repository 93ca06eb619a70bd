"""Vectors of the plan's texts, computed once and kept in the database."""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aumenta.core.search import Meaning
from aumenta.core.synthesis.encoders import Encoder, HashedStems
from aumenta.core.synthesis.process_encoder import encoder_here
from aumenta.plan.models import SearchVector
from aumenta.plan.search.documents import Document

Floats = NDArray[np.float32]
_AT_ONCE = 250
_ENCODED_AT_ONCE = 32


def meaning_of(documents: Sequence[Document], *, compute: bool) -> Meaning | None:
    """The documents' meanings; None where no encoder of meaning is installed, or where vectors are missing.

    With `compute` the missing ones are worked out (about 60 ms a text) and kept; without, a page never waits for them.
    """
    if not documents or not (compute or SearchVector.objects.exists()):
        return None  # before an encoder is opened for nothing
    encoder = encoder_here().encoder
    if encoder.name == HashedStems.name:
        return None
    pairs = [document.meanings() for document in documents]
    texts = list(dict.fromkeys(text for pair in pairs for text in pair))
    known = _kept(encoder, texts)
    missing = [text for text in texts if text not in known]
    if missing and not compute:
        return None
    known.update(_encode(encoder, missing))
    rows = [np.array([known[pair[side]] for pair in pairs], dtype=np.float32) for side in (0, 1)]
    return Meaning(rows, lambda question: np.asarray(encoder.contributions([question])[0], dtype=np.float32))


def _key(encoder: Encoder, text: str) -> str:
    return f"{encoder.name} {encoder.version} {hashlib.sha256(text.encode()).hexdigest()}"


def _kept(encoder: Encoder, texts: Sequence[str]) -> dict[str, Floats]:
    keys = {_key(encoder, text): text for text in texts}
    wanted, known = list(keys), {}
    for start in range(0, len(wanted), _AT_ONCE):
        for row in SearchVector.objects.filter(pk__in=wanted[start : start + _AT_ONCE]):
            known[keys[row.key]] = np.frombuffer(bytes(row.numbers), dtype="<f4")
    return known


def _encode(encoder: Encoder, texts: Sequence[str]) -> dict[str, Floats]:
    found: dict[str, Floats] = {}
    for start in range(0, len(texts), _ENCODED_AT_ONCE):
        some = texts[start : start + _ENCODED_AT_ONCE]
        vectors = encoder.plan_texts(some)
        SearchVector.objects.bulk_create(
            (
                SearchVector(key=_key(encoder, text), numbers=row.astype("<f4").tobytes())
                for text, row in zip(some, vectors, strict=True)
            ),
            ignore_conflicts=True,
        )
        found.update(zip(some, vectors, strict=True))
    return found
