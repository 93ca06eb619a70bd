"""What invented tables say: themes with keywords, and phrases for each of the four questions. Nobody said any of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """A theme the rehearsal's operators find again; `things` are put into the phrases."""

    name: str
    keywords: str
    things: tuple[str, ...]


TOPICS = (
    Topic(
        "Trasporti la sera e nei festivi",
        "treni, autobus, sera, festivi",
        ("le corse dell'autobus dopo cena", "i treni della domenica", "le coincidenze tra bus e treno"),
    ),
    Topic(
        "Medici e servizi di prossimità",
        "medici, farmacie, sportelli",
        ("l'ambulatorio in paese", "lo sportello mobile", "la farmacia dei servizi"),
    ),
    Topic(
        "Case vuote da riabitare",
        "case, affitti, recupero",
        ("gli alloggi sfitti del centro storico", "le vecchie cascine", "gli appartamenti sopra i negozi"),
    ),
    Topic(
        "Scuole aperte tutto il giorno",
        "scuola, pomeriggio, palestre",
        ("la palestra della scuola", "la biblioteca scolastica", "il doposcuola"),
    ),
    Topic(
        "Formazione che serve alle imprese",
        "formazione, imprese, tecnici",
        ("il corso per manutentori", "la scuola tecnica", "l'apprendistato nelle officine"),
    ),
    Topic(
        "Rete veloce nelle valli",
        "banda larga, copertura, valli",
        ("la fibra nelle borgate", "il segnale nei fondovalle", "il lavoro a distanza dai paesi alti"),
    ),
    Topic(
        "Comunità energetiche",
        "energia, tetti, condivisione",
        ("i tetti dei capannoni", "la comunità energetica del comune", "l'impianto sulla scuola"),
    ),
    Topic(
        "Fiumi e suolo da curare",
        "fiumi, frane, manutenzione",
        ("gli argini del torrente", "la pulizia dei rii", "i versanti sopra l'abitato"),
    ),
    Topic(
        "Aree industriali da riusare",
        "capannoni, bonifiche, nuovi usi",
        ("lo stabilimento chiuso", "il piazzale abbandonato", "i capannoni lungo la statale"),
    ),
    Topic(
        "Ciclabili che portano da qualche parte",
        "ciclabili, stazioni, continuità",
        ("la ciclabile fino alla stazione", "il tratto mancante sul ponte", "i posti per le bici ai capolinea"),
    ),
    Topic(
        "Giovani che decidono",
        "giovani, spazi, consulte",
        ("la consulta dei ragazzi", "la sala prove", "un bando scritto con chi ha vent'anni"),
    ),
    Topic(
        "Cibo locale nelle mense",
        "mense, produttori, filiera corta",
        ("la mensa scolastica", "il mercato dei produttori", "il forno del paese"),
    ),
    Topic(
        "Turismo lento e cultura diffusa",
        "cammini, musei, ospitalità",
        ("il sentiero tra le borgate", "il piccolo museo", "il festival di valle"),
    ),
    Topic(
        "Uffici che si capiscono",
        "moduli, sportelli, digitale",
        ("il modulo per il contributo", "lo sportello unico", "la domanda in rete"),
    ),
    Topic(
        "Anziani soli",
        "anziani, vicinato, assistenza",
        ("le visite a domicilio", "il pranzo insieme", "il trasporto per le visite"),
    ),
    Topic(
        "Aria e traffico nei centri",
        "traffico, aria, zone 30",
        ("la strada davanti alla scuola", "i camion in centro", "il parcheggio di scambio"),
    ),
)

PHRASES = {
    "q1": (
        "Qui il punto è {thing}: senza, il resto non parte.",
        "Da noi significa prima di tutto {thing}.",
        "Nella nostra zona va cominciato da {thing}.",
        "Per chi vive qui conta {thing}, più dei grandi progetti.",
    ),
    "q2": (
        "Si può legare al progetto che riguarda già {thing}.",
        "C'è un bando aperto che potrebbe coprire {thing}.",
        "Il programma dell'unione di comuni comprende {thing}.",
    ),
    "q3": (
        "Le associazioni si occupano da anni di questo: {thing}.",
        "La rete dei comuni vicini lavora insieme per {thing}.",
        "Pro loco e cooperative possono seguire {thing}.",
    ),
    "q4": (
        "Serve una persona dedicata che tenga insieme {thing}.",
        "Manca una regola semplice e stabile per {thing}.",
        "Servono pochi soldi ma tutti gli anni per {thing}.",
        "Prima bisogna sapere quanto costa e chi decide: {thing}.",
    ),
}

NAMES = (
    "Ada Ugo Ines Aldo Rita Enzo Nora Ivo Lea Piero Alba Dino Emma Gino Irma Luca Mara Nino Olga Pia Remo Sara Tullio "
    "Vera Zeno"
).split()
SURNAMES = (
    "Provana Inventi Ipotesi Esempio Fittizi Maschera Copione Scenari Bozza Recita Comparsa Platea Sipario Quinte "
    "Battuta Ribalta"
).split()
