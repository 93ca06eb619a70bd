"""Words by which people ask, and which say nothing of what they ask about; all without case and accents."""

from typing import Final

MANNER: Final = frozenset(
    """arriva arrivano avere avra azione azioni bisogno c cerca cerco chi chiede chiedere chiediamo chiedo ci come
    cosa cose deve devono di dov dove dovrei e essere esiste esistono fa facciamo faccio fai fanno fare fate
    fatta fatto fine finire gli ho i il iniziative info informazioni interventi la le mi mia mie miei mio nostra
    nostre nostri nostro nuova nuove nuovi nuovo ottenere parla parlano perche piano posso possiamo possono
    potrebbe potrei prevede prevedono previste previsti prevista previsto progetti progetto proposte puo qualche
    qualcosa quali quando quanta quante quanti quanto ricevere richiedere richiedo riguardo sapere sara saranno
    serve servono si stata state stati stato strategico succede ti trova trovano trovare trovo un una va vanno
    vengono vi viene vogliamo voglio volevo vorrei vostro about action actions any apply are ask can could do
    does find get how i is me my need one plan plans project projects should strategic tell there what when
    where which who why will would""".split()
)
NAMES_A_PLACE: Final = frozenset("borgata comune frazione localita municipality".split())
"""Words that say that the next one is the name of a place."""
ANNOUNCES_A_PLACE: Final = NAMES_A_PLACE | frozenset("a ad citta di in paese town".split())
"""Words that may stand before the name of a place without asking for more than the place."""
