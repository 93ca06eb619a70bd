"""Search by words, everyday words, names and meaning, and filters with true counts, over documents kept in memory."""

from aumenta.core.search.engine import Confidence, Engine, Findings, Meaning
from aumenta.core.search.facets import Facets
from aumenta.core.search.index import Index, Passage
from aumenta.core.search.marking import Piece, mark, passage
from aumenta.core.search.names import NamedPlace, Synonym
from aumenta.core.search.reading import Concept, Reading
from aumenta.core.search.words import stem, words

__all__ = [
    "Concept",
    "Confidence",
    "Engine",
    "Facets",
    "Findings",
    "Index",
    "Meaning",
    "NamedPlace",
    "Passage",
    "Piece",
    "Reading",
    "Synonym",
    "mark",
    "passage",
    "stem",
    "words",
]
