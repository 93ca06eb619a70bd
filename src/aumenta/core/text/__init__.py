"""Small operations on texts that several subjects share."""

from aumenta.core.text.decoding import Decoded, decode
from aumenta.core.text.mending import mend
from aumenta.core.text.plain import can_be_kept, fold, name_key, plain_text, slug, whole_number
from aumenta.core.text.rich import clean_rich_text, paragraphs_of
from aumenta.core.text.stems import FUNCTION_WORDS, StemmedWord, stem, stem_of_folded, words

__all__ = [
    "FUNCTION_WORDS",
    "Decoded",
    "StemmedWord",
    "can_be_kept",
    "clean_rich_text",
    "decode",
    "fold",
    "mend",
    "name_key",
    "paragraphs_of",
    "plain_text",
    "slug",
    "stem",
    "stem_of_folded",
    "whole_number",
    "words",
]
