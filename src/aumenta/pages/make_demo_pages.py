"""A page and two pieces of news for an installation that somebody only tries out, each marked as invented."""

from dataclasses import replace
from io import BytesIO
from typing import Final

from django.db import transaction
from PIL import Image as Pillow
from PIL import ImageDraw

from aumenta.pages.keep_media import keep_image
from aumenta.pages.models import Image, Page
from aumenta.pages.publish_page import publish_page
from aumenta.pages.write_page import PageContent, add_page
from aumenta.people.models import User

_COLOURS: Final = ("#0059b3", "#17324d", "#008055", "#a66300", "#7a3e9d", "#b3262f")
_ABOUT: Final = PageContent(
    slug="informazioni",
    linked=Page.Linked.FOOTER,
    title_it="Informazioni su questo sito",
    title_en="About this site",
    summary_it="Che cosa si trova qui, da dove vengono i dati e come segnalare qualcosa che non si riesce a usare.",
    summary_en="What is here, where the data come from, and how to report something you can’t use.",
    body_it="<p>Questa è una pagina di prova: il testo è inventato e l’ufficio lo sostituisce con il proprio.</p>"
    "<h3>Che cosa si trova qui</h3><p>Il piano strategico da leggere, cercare e confrontare; il territorio a cui si "
    "rivolge; quello che si è detto agli incontri.</p><h3>Accessibilità</h3><p>Le pagine si usano "
    "da tastiera; nessuno le ha ancora provate con un lettore di schermo. Se qualcosa non funziona, scrivi all’ufficio "
    "che cosa cercavi e con quale programma.</p>"
    "<h3>Dati personali</h3><p>Per leggere non serve un account e il sito non chiama altri siti.</p>",
    body_en="<p>This is a page to try things out: the text is invented and the office puts its own in its place.</p>"
    "<h3>What is here</h3><p>The strategic plan to read, search and compare; the territory it is for; what was said at "
    "the events.</p><h3>Accessibility</h3><p>Pages work with the keyboard; nobody has tried them with a screen reader "
    "yet. If something does not work, write to the office what you were looking for and with which program.</p>"
    "<h3>Personal data</h3><p>You need no account to read, and the site calls no other site.</p>",
)
_NEWS: Final = (
    PageContent(
        title_it="Notizia di prova: un incontro per parlare del piano",
        title_en="Sample news: a meeting to talk about the plan",
        summary_it="Esempio inventato: una notizia con un’immagine, in italiano e in inglese.",
        summary_en="An invented example: news with a picture, in Italian and in English.",
        body_it="<p>Nessun incontro è stato fissato: questa notizia serve a vedere come appare una notizia.</p>"
        "<p>Si modifica dalla scrivania, alla voce «Pagine e notizie».</p>",
        body_en="<p>No meeting has been set: this news is here to show what news looks like.</p>"
        "<p>It is changed from the desk, under “Pages and news”.</p>",
    ),
    PageContent(
        title_it="Notizia di prova: il sito si può provare",
        title_en="Sample news: the site is there to try",
        summary_it="Esempio inventato: gli account di prova, uno per ruolo, sono stampati da «make run».",
        summary_en="An invented example: the demo accounts, one for each role, are printed by “make run”.",
        body_it="<p>Anche questa notizia è inventata. Gli account di prova non funzionano dove il sito è aperto "
        "a tutti.</p>",
        body_en="<p>This news is invented too. The demo accounts don’t work where the site is open to all.</p>",
    ),
)


@transaction.atomic
def make_demo_pages(*, person: User) -> int:
    """Write and release them where there is no page yet; returns how many. `prepare` does it where DEBUG is on."""
    if Page.objects.exists():
        return 0
    made = [add_page(person=person, kind=Page.Kind.PAGE, content=_ABOUT)]
    for n, content in enumerate(reversed(_NEWS), start=1):
        if n == len(_NEWS):
            content = replace(content, image=_squares(person))
        made.append(add_page(person=person, kind=Page.Kind.NEWS, content=content))
    for page in made:
        publish_page(person=person, page_id=page.pk, revision=page.revision)
    return len(made)


def _squares(person: User) -> Image:
    """A picture drawn here: squares such as the plan's."""
    canvas = Pillow.new("RGB", (1200, 750), "#f2f6fb")
    pen = ImageDraw.Draw(canvas)
    for column, colour in enumerate(_COLOURS):
        for row in range(2 + (column * 5) % 4):
            left, bottom = 110 + column * 170, 640 - row * 140
            pen.rectangle((left, bottom - 120, left + 130, bottom), fill=colour)
    file = BytesIO()
    canvas.save(file, "PNG")
    held = Image.objects.filter(alt_en="Columns of coloured squares, one for each axis of the plan").first()
    return held or keep_image(
        person=person,
        data=file.getvalue(),
        alt_it="Colonne di quadrati colorati, una per ogni asse del piano",
        alt_en="Columns of coloured squares, one for each axis of the plan",
        credit="Disegno di prova",
    )
