"""The pages that an Italian public body must have, in a first version that the authority completes.

Each says at its head that it is a first version; what only the authority can know stands in square brackets.
"""

from typing import Final

from django.db import transaction

from aumenta.pages.models import Page
from aumenta.pages.publish_page import publish_page
from aumenta.pages.write_page import PageContent, add_page
from aumenta.people.models import User

_HEAD_IT: Final = (
    "<p><strong>Prima versione, da completare a cura dell’ente.</strong> Le parti tra parentesi quadre le può scrivere "
    "solo l’ente.</p>"
)
_HEAD_EN: Final = (
    "<p><strong>First version, to be completed by the authority.</strong> Only the authority can write what stands in "
    "square brackets.</p>"
)
FIRST_PAGES: Final = (
    PageContent(
        slug="privacy",
        linked=Page.Linked.FOOTER,
        title_it="Informativa sulla privacy",
        title_en="Privacy notice",
        summary_it="Quali dati personali tratta questo sito, perché, per quanto tempo e quali sono i tuoi diritti.",
        summary_en="Which personal data this site handles, why, for how long, and what your rights are.",
        body_it=_HEAD_IT
        + "<h3>Titolare e responsabile della protezione dei dati</h3><p>[Nome, indirizzo e PEC del titolare; recapito "
        "del responsabile della protezione dei dati]</p><h3>Per leggere il sito</h3><p>Non serve un account. Il sito "
        "non usa strumenti di tracciamento e non chiama altri siti.</p><h3>Se scrivi all’ufficio</h3><p>Nome, e-mail "
        "e messaggio li legge solo l’ufficio, per risponderti, e li cancella un anno dopo la risposta, in ogni caso "
        "due anni dopo l’invio.</p><h3>Se partecipi a una consultazione</h3><p>Quello che scrivi serve a fare il "
        "piano. Nome ed e-mail li legge solo l’ufficio, stanno separati dal testo e si cancellano un anno dopo il "
        "termine per la risposta; gli allegati dopo mezzo anno. Niente si pubblica se non lo chiedi.</p><h3>Se "
        "rispondi a un questionario</h3><p>Conserviamo le risposte e il giorno, non chi sei: non scrivere nomi. Di un"
        " invito resta solo che è stato usato. Si pubblica quello che dicono tutti insieme, senza i numeri "
        "piccoli.</p><h3>Se ti iscrivi a un incontro</h3><p>I dati chiesti servono a riservarti un posto; la pagina "
        "dell’iscrizione dice quando vengono cancellati.</p><h3>Se segui una parte del piano per "
        "e-mail</h3><p>Conserviamo il tuo indirizzo e che cosa segui, anche le parole di una ricerca, solo per "
        "scriverti. Senza la tua conferma si cancellano dopo un giorno; altrimenti quando smetti, con un clic, e in "
        "ogni caso dopo tre anni.</p><h3>Se valuti una pagina</h3><p>Si conservano le stelle, il motivo e il giorno, "
        "senza nulla che riguardi te.</p><h3>I tuoi diritti</h3><p>Puoi chiedere di vedere, correggere o cancellare i"
        " tuoi dati, e rivolgerti al Garante per la protezione dei dati personali. [Come esercitarli; base giuridica "
        "di ciascun trattamento]</p>",
        body_en=_HEAD_EN
        + "<h3>Controller and data protection officer</h3><p>[Name, address and certified e-mail of the controller; how"
        " to reach the data protection officer]</p><h3>Reading the site</h3><p>You need no account. The site uses no "
        "tracking and calls no other site.</p><h3>Writing to the office</h3><p>Only the office reads your name, "
        "e-mail and message, to answer you, and deletes them a year after the answer, in any case two years after "
        "they were sent.</p><h3>Taking part in a consultation</h3><p>What you write is there to make the plan. Only "
        "the office reads name and e-mail; they are kept apart from the text and deleted a year after the answer is "
        "due, attachments after half a year. Nothing is published unless you ask for it.</p><h3>Answering a "
        "questionnaire</h3><p>We keep the answers and the day, not who you are: please write no names. Of an "
        "invitation it only stays that it was used. What all say together is published, without small "
        "counts.</p><h3>Registering for an event</h3><p>What is asked is there to keep you a seat; the page of the "
        "registration says when it is deleted.</p><h3>Following a part of the plan by e-mail</h3><p>We keep your "
        "address and what you follow, the words of a search too, only to write to you. Without your confirmation they"
        " are deleted after a day; otherwise when you stop, at one press, and in any case after three "
        "years.</p><h3>Rating a page</h3><p>The stars, the reason and the day are kept, and nothing about "
        "you.</p><h3>Your rights</h3><p>You can ask to see, correct or delete your data, and turn to the Italian data"
        " protection authority. [How; legal basis of each use]</p>",
    ),
    PageContent(
        slug="note-legali",
        linked=Page.Linked.FOOTER,
        title_it="Note legali",
        title_en="Legal notes",
        summary_it="Chi pubblica il sito, di chi sono i testi e i dati, come si possono riusare.",
        summary_en="Who publishes the site, whose texts and data these are, how they may be used again.",
        body_it=_HEAD_IT
        + "<h3>Chi pubblica</h3><p>[Ente, ufficio responsabile della pubblicazione]</p><h3>Testi del piano</h3><p>La "
        "licenza dei testi di ogni edizione è indicata nella pagina «Dati aperti» e in ogni file. Dove non è indicata, "
        "chiedi all’ente prima di riusarli.</p><h3>Programma</h3><p>Il sito è fatto con Aumenta, software libero con "
        "licenza EUPL-1.2.</p><h3>Valore dei testi</h3><p>Fa fede l’atto di adozione. Le sintesi e le traduzioni non "
        "fanno parte del testo adottato.</p>",
        body_en=_HEAD_EN
        + "<h3>Who publishes</h3><p>[Authority, office responsible for the publication]</p><h3>Texts of the plan</h3>"
        "<p>The licence of each edition’s texts stands on the page “Open data” and in every file. Where none is "
        "stated, ask the authority before using them again.</p><h3>Software</h3><p>The site is made with Aumenta, free "
        "software under the EUPL-1.2 licence.</p><h3>Standing of the texts</h3><p>The act of adoption prevails. "
        "Summaries and translations are not part of the adopted text.</p>",
    ),
    PageContent(
        slug="cookie",
        linked=Page.Linked.FOOTER,
        title_it="Nota sui cookie",
        title_en="Cookie note",
        summary_it="Il sito usa solo cookie tecnici, e per leggere non ne usa nessuno.",
        summary_en="The site uses technical cookies alone, and none at all for reading.",
        body_it=_HEAD_IT
        + "<h3>Per leggere</h3><p>Nessun cookie.</p><h3>Per inviare un modulo o accedere</h3><p>Cookie tecnici, che "
        "proteggono l’invio e ricordano l’accesso: «csrftoken» e «sessionid». Non servono a riconoscerti altrove e non "
        "chiedono consenso.</p><p>[Eventuali altri cookie dell’ente]</p>",
        body_en=_HEAD_EN
        + "<h3>Reading</h3><p>No cookie.</p><h3>Sending a form or signing in</h3><p>Technical cookies, which protect "
        "what is sent and remember that you signed in: “csrftoken” and “sessionid”. They do not recognise you "
        "elsewhere and need no consent.</p><p>[Any other cookie of the authority]</p>",
    ),
)


@transaction.atomic
def make_first_pages(*, person: User) -> int:
    """Write and publish those whose address no page has or had; returns how many. The office's are never touched."""
    made = 0
    for content in FIRST_PAGES:
        if Page.objects.filter(kind=Page.Kind.PAGE, slug=content.slug).exists():
            continue
        page = add_page(person=person, kind=Page.Kind.PAGE, content=content)
        publish_page(person=person, page_id=page.pk, revision=page.revision)
        made += 1
    return made
