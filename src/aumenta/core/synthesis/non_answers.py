"""Answers that say nothing: «non so», «vedi sopra», «niente da aggiungere», "no comment" …

A text is one only if phrases of these lists cover all of it: a single word more («niente autobus», «ok ai treni») makes
it a statement like any other.
"""

import re
from typing import Final

from aumenta.core.text import fold

# Whole phrases, parted by bars.
_PLAIN: Final = """
    approvo | beh | bene | benissimo | blank | bye | certo | chissa | ditto | dunno | ecc | eccetera | empty |
    esatto | etc | fine | forse | giusto | great | hello | hi | idk | in bianco | maybe | nil | none | nope |
    o k | okey | ottimo | passo | perfect | perfetto | prego | right | salto | si | skip | sure | t b d | tbd
    | va bene | vero | vuoto | yeah | yep | yes
"""
# Patterns over words without case, accents and signs.
_PHRASES: Final = (
    r"(?:io )?(?:non|nn) (?:lo )?(?:so|saprei)(?: (?:rispondere|dire|cosa (?:dire|rispondere|scrivere)))?",
    r"(?:non (?:ne )?ho|nessuna|senza) (?:idea|idee|opinione|opinioni)",
    r"bo+h+",
    r"bho+",
    r"mah+",
    r"(?:i )?(?:dont|don t|do not) know",
    r"(?:i (?:have )?)?no (?:idea|opinion)",
    r"(?:im |i m |i am )?not sure",
    r"(?:non (?:ho|c e|ce|abbiamo) )?(?:niente|nulla)(?: (?:altro|di (?:particolare|nuovo|"
    r"che)))?(?: da (?:dire|aggiungere|segnalare|dichiarare|osservare|proporre|rilevare|commentare|eccepire))?",
    r"(?:nient|null) altro(?: da (?:dire|aggiungere|segnalare))?",
    r"(?:non ho|non abbiamo) altro(?: da (?:dire|aggiungere))?",
    r"(?:non ho|non abbiamo|non ci sono|nessun[ao]?|senza|no) (?:altr[aei] )?(?:particolar[ei] |"
    r"ulterior[ei] )?(?:osservazion[ei]|propost[ae]|rispost[ae]|comment[oi]|suggeriment[oi]|segnalazion[ei]|"
    r"not[ae]|richiest[ae]|indicazion[ei]|contribut[oi]|preferenz[ae]|aggiunt[ae])",
    r"nessun[oa]?",
    r"(?:i have |there is |theres )?nothing(?: (?:else|more|in particular))?(?: to (?:add|say|report|declare|"
    r"comment))?",
    r"(?:no|without) (?:further )?(?:comments?|answers?|response|suggestions?|remarks?|observations?)",
    r"(?:vedi|v|vd|vedere|si veda|cfr|come) (?:gia )?(?:sopra|prima|detto|scritto|indicato|precedente|"
    r"precedenti|(?:la |le )?(?:rispost[ae]|domand[ae]) (?:precedent[ei]|sopra|prima))(?: sopra| prima)?",
    r"(?:gia|come) (?:gia )?(?:detto|scritto|indicato|risposto|espresso)(?: sopra| prima)?",
    r"idem(?: come sopra)?",
    r"stess[ao](?: (?:risposta|cosa))?(?: di (?:sopra|prima))?",
    r"(?:see|as|same as) (?:above|before|previous(?: answer)?)",
    r"same(?: (?:answer|here))?",
    r"already (?:said|answered|written)",
    r"ok+(?:ay)?",
    r"no+",
    r"tutto (?:ok|bene|a posto|giusto|chiaro)",
    r"(?:sono |siamo )?d accordo(?: su tutto)?",
    r"concordo(?: su tutto)?",
    r"condivido(?: tutto)?",
    r"(?:all )?(?:is )?(?:good|fine)",
    r"(?:i )?agreed?",
    r"n ?d",
    r"n ?a",
    r"n ?p",
    r"n ?r",
    r"non (?:disponibile|pervenut[oa]|applicabile|pertinente|rilevante|previsto|dovuto)",
    r"(?:preferisco )?non (?:rispondo|risponde|rispondere|risposto|mi esprimo)",
    r"(?:i )?(?:prefer|d rather) not (?:to )?(?:say|answer)",
    r"not (?:applicable|available|answered|relevant)",
    r"da (?:definire|valutare|vedere|compilare)",
    r"grazie(?: (?:mille|a tutti|tante))?",
    r"(?:buongiorno|buonasera|salve|ciao)(?: a tutti)?",
    r"(?:cordiali )?saluti",
    r"(?:thank you|thanks)(?: (?:a lot|very much|all))?",
    r"(?:prova|test|testing|asdf?|qwerty|lorem ipsum|bla|blah|ciao ciao|aaa+|xxx+|zzz+)(?: \d+)?",
    r"[a-z]",
    r"\d+",
)
# They may stand before or after, and say nothing by themselves either.
_AROUND: Final = (
    r"per (?:ora|adesso|il momento|me|noi)",
    r"al momento",
    r"attualmente",
    r"in (?:merito|particolare|generale|realta)",
    r"(?:al|a) riguardo",
    r"su questo(?: (?:punto|tema))?",
    r"sul (?:tema|punto)",
    r"da parte (?:mia|nostra)",
    r"personalmente",
    r"scusate?",
    r"mi (?:dispiace|spiace)",
    r"purtroppo",
    r"e",
    r"at the moment",
    r"for now",
    r"sorry",
    r"really",
    r"on this",
    r"and",
)
_EVERY: Final = "|".join((*(phrase.strip() for phrase in " ".join(_PLAIN.split()).split("|")), *_PHRASES))
_ALL: Final = re.compile(rf"(?:(?:{_EVERY}|{'|'.join(_AROUND)})(?: |$))+")
_ONE: Final = re.compile(rf"(?:(?:{'|'.join(_AROUND)}) )*(?:{_EVERY})(?: |$)")
_SIGNS: Final = re.compile(r"[\W_]+")
# More words than any non-answer has; and a bound on what the patterns may be tried on.
_MOST_WORDS: Final = 12


def says_nothing(text: str) -> bool:
    """Whether `text`, in Italian or English, is an answer without content."""
    words = _SIGNS.sub(" ", fold(text[:200])).strip()
    if len(text) > 200 or not words or words.count(" ") >= _MOST_WORDS or not any(c.isalpha() for c in words):
        return False
    return _ALL.fullmatch(words) is not None and _ONE.match(words) is not None
