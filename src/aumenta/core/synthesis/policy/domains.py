"""The fields of public policy, to project statements on where no plan is given.

Grouped after the divisions of the United Nations' classification of the functions of government (COFOG 1999), with what
people say about each; our own wording.
"""

from typing import Final

DOMAINS: Final[tuple[tuple[str, str], ...]] = (
    (
        "administration",
        "Amministrazione pubblica, procedure e burocrazia, uffici, personale, sportelli per i cittadini",
    ),
    ("governance", "Collaborazione tra comuni ed enti, partecipazione dei cittadini, pianificazione e progetti comuni"),
    ("digital", "Digitalizzazione, banda larga, connessione internet, servizi in rete, dati, competenze informatiche"),
    ("safety", "Sicurezza urbana, polizia locale, legalità, criminalità, illuminazione e controllo"),
    ("civil protection", "Rischio idrogeologico, alluvioni, frane, incendi, protezione civile, emergenze"),
    ("labour", "Lavoro, occupazione, disoccupati, incontro tra domanda e offerta di lavoro, precarietà, salari"),
    ("business", "Imprese, industria, artigianato, innovazione, investimenti, competitività, filiere, start-up"),
    ("trade", "Commercio di vicinato, negozi, mercati, centri commerciali, economia locale"),
    ("farming", "Agricoltura, allevamento, prodotti tipici, cibo locale, filiera corta, fauna selvatica"),
    ("forests", "Boschi, foreste, legno, gestione forestale, montagna e alpeggi"),
    ("energy", "Energia, fonti rinnovabili, comunità energetiche, risparmio ed efficienza energetica degli edifici"),
    ("roads", "Strade, ponti, viabilità, manutenzione, traffico, parcheggi, sicurezza stradale"),
    ("public transport", "Trasporto pubblico, autobus, treni, ferrovie, stazioni, orari e biglietti, intermodalità"),
    ("cycling", "Biciclette, piste ciclabili, pedoni, marciapiedi, mobilità dolce"),
    ("logistics", "Merci, logistica, aeroporti, collegamenti con altre città e con l'estero"),
    ("tourism", "Turismo, accoglienza, alberghi, promozione del territorio, itinerari, montagna e sport invernali"),
    ("waste", "Rifiuti, raccolta differenziata, discariche, riciclo, riuso, economia circolare"),
    ("water", "Acqua, fiumi, depurazione, rete idrica, siccità"),
    ("air", "Inquinamento dell'aria, rumore, clima, emissioni, ondate di calore"),
    ("nature", "Parchi, verde pubblico, alberi, biodiversità, aree protette, paesaggio"),
    ("land", "Consumo di suolo, aree dismesse, bonifiche, riqualificazione urbana, urbanistica, edilizia"),
    ("housing", "Casa, abitazioni, affitti, edilizia popolare, emergenza abitativa"),
    ("suburbs", "Periferie, quartieri, degrado, spazi pubblici, piazze, luoghi di aggregazione"),
    ("depopulation", "Spopolamento, aree montane e interne, piccoli comuni, servizi lontani, ritorno ad abitare"),
    ("health", "Sanità, ospedali, medici, ambulatori, liste d'attesa, medicina territoriale, prevenzione"),
    ("elderly", "Anziani, non autosufficienza, assistenza domiciliare, case di riposo, solitudine"),
    ("disability", "Disabilità, barriere architettoniche, accessibilità, sostegno alle persone fragili"),
    ("poverty", "Povertà, disuguaglianze, sostegno al reddito, servizi sociali, esclusione"),
    ("families", "Famiglie, asili nido, bambini, conciliazione tra lavoro e cura, natalità"),
    ("gender", "Donne, pari opportunità, discriminazioni, violenza di genere"),
    ("migration", "Migranti, stranieri, integrazione, accoglienza, convivenza tra culture"),
    ("youth", "Giovani, spazi e occasioni per i giovani, protagonismo, fuga dei talenti"),
    ("school", "Scuola, edifici scolastici, insegnanti, abbandono scolastico, didattica"),
    ("training", "Formazione professionale, competenze, università, orientamento, ricerca e imprese"),
    ("culture", "Cultura, biblioteche, musei, spettacoli, patrimonio storico, eventi"),
    ("sport", "Sport, impianti sportivi, tempo libero, benessere, attività all'aperto"),
    ("volunteering", "Associazioni, volontariato, terzo settore, comunità, beni comuni"),
)
