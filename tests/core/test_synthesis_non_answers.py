"""Answers that say nothing are told from statements, in Italian and in English."""

import pytest

from aumenta.core.synthesis.encoders import HashedStems
from aumenta.core.synthesis.non_answers import says_nothing
from aumenta.core.synthesis.statements import Oddity, read, read_all
from aumenta.core.synthesis.themes import propose

NOTHING = """
non so | Non saprei. | non lo so, grazie | NN SO | boh | Boooh | mah... | non ho idea | nessuna idea | niente |
Nulla! | niente da aggiungere | Nulla da segnalare per ora | niente di particolare | non ho niente da dire |
nient'altro | nessuna | nessuna osservazione | nessun commento | nessuna proposta al momento | non ho altro da
aggiungere | senza commenti | vedi sopra | v. sopra | Vedi risposta precedente | come sopra | come già detto | già
detto | idem | Idem come sopra | stessa risposta | ok | OK!!! | okay | va bene | tutto bene | tutto ok | sì | no |
forse | d'accordo | concordo su tutto | perfetto | n.d. | N.D | n/a | nd | non applicabile | non disponibile |
preferisco non rispondere | non risponde | grazie | grazie mille | buongiorno a tutti | prova | test 1 | asd |
qwerty | xxx | ok, vedi sopra | no, niente | bho | I don't know | don’t know | dunno | no idea | not sure | nothing
| nothing to add | Nothing else | none | no comment | no comments at the moment | no answer | see above | as above
| same as above | ditto | same | all good | I agree | yes | thanks | thank you very much | not applicable | N/A |
tbd | maybe | fine | nope | no suggestions | sorry, no idea
| xx | non mi viene in mente niente | va tutto bene così | tbd.
| non saprei proprio | Non saprei cosa proporre. | sinceramente non lo so | ancora niente | nulla in particolare, direi
| non mi riguarda | non è di nostra competenza | non conosco l'argomento | non siamo informati in materia | omissis
| difficile dire | risposta non data | non compilato | campo vuoto | vedi punto 1 | si veda la domanda 3 | rif. sopra
| vedi allegato | come da risposta precedente | idem c.s. | c.s. | nessun problema | nessuna criticità da segnalare
| niente in contrario | non ho niente in contrario | see answer 2 | see attachment | I've nothing to add
| nothing special | nothing comes to mind | not my area | can't say | it's hard to say | no preference | no issues
| not interested | honestly, no idea | I think not applicable | pass
"""
SOMETHING = """
niente autobus la sera | ok ai treni, no alle auto | non so dove buttare i rifiuti | nessuna fermata vicino a casa
| idem per le scuole | vedi il parco di via Roma | va bene la pista ciclabile | no al nuovo parcheggio | sì alle
zone 30 | più verde | mancano i medici | non ho la patente | nessuno pulisce i fossi | nulla si muove senza l'auto
| grazie ai volontari | trasporti | tutto bene tranne i treni | concordo con chi chiede più alberi | forse servono
asili | no wifi | nothing works here | no buses | I don't know where to recycle | see above the station | fine the
cars | same rules for all | test medici gratuiti | nessun problema con i vicini | scuola | autobus | prova di guida
sicura | ciclovia | non interessa a nessuno la montagna | pass per la metro | vedi allegato 2: servono treni | problemi
| criticità | non sono informati i cittadini | no issues with trains | difficile parcheggiare | finora poco verde
| non mi riguarda ma le strade sono rotte | credo nei giovani | penso alla montagna | ancora treni | davvero poco
| non conosco i miei vicini | nothing special for children | not my area of the city | see question 3, and more trains
"""


def _parted(texts: str) -> list[str]:
    return [text.strip() for text in " ".join(texts.split()).split("|")]


@pytest.mark.parametrize("text", _parted(NOTHING))
def test_an_answer_without_content_is_known(text: str) -> None:
    assert says_nothing(text)
    assert Oddity.NO_CONTENT in read(text).oddities or Oddity.EMPTY in read(text).oddities
    assert not read(text).readable
    assert not read(text).quotable


@pytest.mark.parametrize("text", _parted(SOMETHING))
def test_one_word_more_makes_it_a_statement(text: str) -> None:
    assert not says_nothing(text)
    assert read(text).readable


def test_no_theme_is_made_of_them_and_they_draw_no_statement() -> None:
    real = [
        f"{what} {where}"
        for what in ("Più autobus", "Meno attese per i treni", "Più alberi", "Prati curati")
        for where in ("la sera", "in valle", "la domenica", "nei borghi")
    ]
    idle = ["non so", "niente", "vedi sopra", "ok", "nessuna osservazione", "idem"] * 8
    grouping = propose([*real, *idle], HashedStems())
    alone = propose(real, HashedStems())
    assert grouping.theme_of[: len(real)] == alone.theme_of
    assert set(grouping.theme_of[len(real) :]) == {None}
    assert grouping.no_content == tuple(range(len(real), len(real) + len(idle)))
    assert grouping.left == ()
    assert all(theme.quotation is None or theme.quotation < len(real) for theme in grouping.themes)


def test_a_person_takes_one_back() -> None:
    texts = ["Più autobus"] * 3 + ["niente", "niente"]
    assert [statement.readable for statement in read_all(texts, taken_back=[3])] == [True, True, True, True, False]
    grouping = propose(texts, HashedStems(), taken_back=[3])
    assert grouping.no_content == (4,)
