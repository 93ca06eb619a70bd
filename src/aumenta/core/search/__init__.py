"""Full-text search and filters with true counts over a few thousand short documents kept in memory."""

from aumenta.core.search.facets import Facets
from aumenta.core.search.index import Findings, Index, Passage
from aumenta.core.search.marking import Piece, mark, passage
from aumenta.core.search.words import stem, words

__all__ = ["Facets", "Findings", "Index", "Passage", "Piece", "mark", "passage", "stem", "words"]
