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
    esatto | etc | fine | forse | giusto | great | hello | hi | idk | in bianco | maybe | nil | none | nope | o
    k | okey | omissis | ottimo | pass | passo | perfect | perfetto | prego | right | salto | si | skip | sure |
    t b d | tbd | vero | vuoto | yeah | yep | yes
"""
# Patterns over words without case, accents and signs.
_PHRASES: Final = (
    r"(?:io )?(?:non|nn) (?:lo )?(?:so|saprei)(?: proprio)?(?: (?:che )?(?:cosa )?"
    r"(?:rispondere|dire|scrivere|proporre|suggerire|aggiungere|segnalare))?",
    r"non (?:mi|ci) viene (?:in mente )?(?:niente|nulla)(?: in mente)?",
    r"(?:non (?:ho|abbiamo) )?(?:niente|nulla) in contrario",
    r"(?:la cosa |questo )?non (?:mi |ci )?(?:riguarda|compete|interessa)",
    r"(?:non (?:e )?(?:di )?|fuori dalla )(?:mia|nostra) competenza",
    r"non (?:conosco|conosciamo) (?:(?:abbastanza|bene) )?(?:l argomento|il tema|la materia|la questione|l ambito)",
    r"non (?:sono|siamo) (?:abbastanza )?(?:informat|competent|preparat|espert)[oaie](?: in materia)?",
    r"(?:e )?difficile (?:da )?(?:dire|rispondere)",
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
    r"not[ae]|richiest[ae]|indicazion[ei]|contribut[oi]|preferenz[ae]|aggiunt[ae]|problem[ai]|criticita)"
    r"(?: (?:particolar|ulterior)[ei])?(?: da (?:segnalare|aggiungere|proporre))?",
    r"nessun[oa]?",
    r"(?:i have |there is |theres |i ve |ive )?nothing(?: (?:else|more|special|much|in particular))?"
    r"(?: to (?:add|say|report|declare|comment))?",
    r"nothing (?:comes|came) to (?:my )?mind",
    r"(?:it s |its |this is |that s )?not my (?:area|field|business|concern)",
    r"(?:i )?(?:can t|cant|cannot|couldn t) (?:say|tell|answer)",
    r"(?:it s |its )?hard to (?:say|tell)",
    r"(?:i m |im )?not interested",
    r"no (?:particular )?(?:preferences?|problems?|issues?)",
    r"(?:no|without) (?:further )?(?:comments?|answers?|response|suggestions?|remarks?|observations?)",
    r"(?:vedi|v|vd|vedere|si veda|cfr|come) (?:gia )?(?:sopra|prima|detto|scritto|indicato|precedente|"
    r"precedenti|(?:la |le )?(?:rispost[ae]|domand[ae]) (?:precedent[ei]|sopra|prima))(?: sopra| prima)?",
    r"(?:gia|come) (?:gia )?(?:detto|scritto|indicato|risposto|espresso)(?: sopra| prima)?",
    r"(?:vedi|v|vedere|si veda|cfr|rif|come(?: da)?|rimando (?:a|al|alla)) (?:(?:il|la|al|alla|a) )?"
    r"(?:punto|risposta|domanda|quesito|allegat[oi])(?: (?:n |nr )?\d+| precedente)?",
    r"(?:rif|riferimento)(?: a)? (?:sopra|prima|quanto (?:sopra|detto))",
    r"(?:see|as in|refer to) (?:my )?(?:answer|question|point|attachment|attached)(?: \d+)?",
    r"idem(?: (?:come )?(?:sopra|prima)| c s)?|c s",
    r"stess[ao](?: (?:risposta|cosa))?(?: di (?:sopra|prima))?",
    r"(?:see|as|same as) (?:above|before|previous(?: answer)?)",
    r"same(?: (?:answer|here))?",
    r"already (?:said|answered|written)",
    r"ok+(?:ay)?",
    r"no+",
    r"(?:va |e )?(?:tutto )?(?:ok|bene|a posto|giusto|chiaro)(?: cosi)?",
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
    r"(?:risposta |campo )?non (?:dat[oa]|compilat[oa]|fornit[oa]|inserit[oa])|campo vuoto",
    r"(?:preferisco )?non (?:rispondo|risponde|rispondere|risposto|mi esprimo)",
    r"(?:i )?(?:prefer|d rather) not (?:to )?(?:say|answer)",
    r"not (?:applicable|available|answered|relevant)",
    r"da (?:definire|valutare|vedere|compilare)",
    r"grazie(?: (?:mille|a tutti|tante))?",
    r"(?:buongiorno|buonasera|salve|ciao)(?: a tutti)?",
    r"(?:cordiali )?saluti",
    r"(?:thank you|thanks)(?: (?:a lot|very much|all))?",
    r"(?:prova|test|testing|asdf?|qwerty|lorem ipsum|bla|blah|ciao ciao|aaa+|xx+|zz+)(?: \d+)?",
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
    r"ancora",
    r"finora",
    r"davvero",
    r"(?:sinceramente|onestamente|francamente)",
    r"(?:direi|credo|penso)(?: che| di)?",
    r"e",
    r"at the moment",
    r"right now",
    r"so far",
    r"honestly",
    r"i (?:think|guess)",
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
