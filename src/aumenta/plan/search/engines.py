"""The engines of this process, one for each edition, made again when the edition or the everyday words change."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from aumenta.core.process_cache import ProcessCache
from aumenta.core.search import Engine
from aumenta.plan.models import Edition
from aumenta.plan.search.documents import Document, Thing, read_documents, read_things
from aumenta.plan.search.places import read_places, read_ties
from aumenta.plan.search.synonyms import read_synonyms
from aumenta.plan.search.vectors import meaning_of
from aumenta.territory.models import Territory


@dataclass(frozen=True)
class PlanSearch:
    """An engine, the actions it finds by their position, and the things it knows by their key."""

    engine: Engine
    documents: Sequence[Document]
    things: dict[str, Thing]


def make_search(edition: Edition, *, compute: bool = False) -> PlanSearch:
    """Read all that the search of an edition needs, in about twenty queries. `compute`: wait for missing vectors."""
    documents = read_documents(edition)
    things = read_things(edition, documents)
    passages = [list(document.passages()) for document in documents]
    territory = Territory.objects.home()
    vocabulary = {word for document in passages for passage in document for word in plain_words(passage.text)}
    engine = Engine(
        passages,
        synonyms=read_synonyms(),
        things={key: (thing.names, thing.documents) for key, thing in things.items()},
        places=read_places(territory, vocabulary) if territory else (),
        tied=read_ties(territory, {document.pk: n for n, document in enumerate(documents)}) if territory else {},
        meaning=meaning_of(documents, compute=compute),
    )
    return PlanSearch(engine, documents, things)


def plain_words(text: str) -> set[str]:
    """The words of a text that begin with a small letter: those that are not only names."""
    from aumenta.core.search import words

    return {word.plain for word in words(text) if text[word.start].islower()}


ENGINES: Final[ProcessCache[int, PlanSearch]] = ProcessCache.of_the_process(8)


def search_of(edition: Edition) -> PlanSearch:
    """The search of an edition as it is now."""
    return ENGINES.get(edition.pk, lambda: make_search(edition), edition.revision)
