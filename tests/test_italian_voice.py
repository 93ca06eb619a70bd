"""One voice in Italian: *tu* for everybody, no clumsy sentence that was mended once, one kind of quotation marks.

Every catalogue is read, sentence by sentence: a new text is held to the voice by being there.
"""

import re
from datetime import UTC, datetime
from pathlib import Path

import polib  # type: ignore[import-untyped]  # it has no types
import pytest
from allauth.account.adapter import DefaultAccountAdapter
from django.forms import ModelChoiceField, fields
from django.utils.translation import gettext, override

from aumenta.people.dates import day_in_words, moment_in_words, short_day
from aumenta.people.library_words import SENTENCES
from aumenta.people.templatetags.dates import in_words
from aumenta.ui.templatetags import words

PAGES = [Path(__file__).parents[1] / f"src/aumenta/ui/templates/{name}.html" for name in ("500", "503", "507")]
"""Pages whose Italian is in no catalogue: they are sent when nothing works that could translate them."""
SOURCE = Path(__file__).parents[1] / "src/aumenta"
CATALOGUES = sorted(Path(__file__).parents[1].glob("src/aumenta/*/locale/it/LC_MESSAGES/django.po"))

FORMAL = re.compile(
    r"(?:^|[.:!?»] )(?:Lei|Prema|Scriva|Scelga|Indichi|Inserisca|Apra|Legga|Provi|Controlli|Torni|Chieda|"
    r"Attenda|Aspetti|Metta|Tolga|Corregga|Carichi|Salvi|Invii|Confermi|Faccia|Veda|Guardi|Spunti|Ricarichi|Riprovi|Vada|Assegni|"
    r"Ripeta|Restituisca|Riceverà un)\b"
    r"|\b(?:lo|la|e|poi|o) (?:scriva|prema|apra|guardi|chieda|aspetti|riprovi|si iscriva)\b"
    r"|\b(?:per|a|se|forse|con) lei\b|\b[Ll]e (?:scriviamo|avevamo|abbiamo)\b"
    r"|\b(?:I suoi|i suoi) (?:dati|bollini) (?:si aggiungono|sono (?:allora )?cancellati|saranno)\b"
    r"|\bLa sua iscrizione\b|\bPuò (?:ritirarsi|scegliere)\b|\bNon può venire\b"
)
"""How a stranger is addressed. A form that is also a subjunctive («finché non lo confermi») is told by its place."""

MENDED = (
    "ufficio di piano ",
    "ufficio che cura il piano",
    "Metta i suoi bollini",
    "piede della pagina",
    "Salta la carta",
    "dato sulla carta",
    "Carta dei comuni",
    "più veloce di quanto una persona",
    "La rete non c'è: non ci è arrivata risposta",
    "Che cosa è stato delle strategie",
    "I tavoli ai quali il piano si fa",
    "Che cosa stampa il piano",
    "Una lacuna non è un errore",
    "Nominano luoghi come questo",
    "che tutto si tenga",
    "cercare, interrogare e seguire",
    "non porta più da nessuna parte",
    "Guarda che cosa resta scoperto",
    "Questa pagina non ti è accessibile",
    "Puoi ripartire dal piano",
    "Le parole sono nostre",
    "Iscriversi",
    "Grazie per usare",
    "preso il %(time)s",
    "Dentro un filtro basta",
    "risponde a un comune quando",
    "Non c'è un dato «",
    "servono a leggere, non a misurare",
    "qui si sa solo il nome",
    "deve ancora venire",
    "Di tutta la disuguaglianza",
    "fa parte della risposta",
    "distribuito in modo uniforme",
    "carta dei comuni",
    "raggiungilo con Tab",
    "si vedrebbe anche",
    "ha aperta anche",
    "ha già una proposta aperta",
    "lì non esiste",
    "le pagine lo possono contenere",
    "ndirizzi spostati",
    "ben fatto",
    "Ti sei collegato",
    "non vengono mai mescolati",
    "ciò che scrive nell",
    "Dove vive o lavora",
    "Partecipa come",
    "di nuovo, aprire l",
)
"""Sentences that people stumbled over and that were put in better words: none comes back."""

_INFINITIVE = (
    r"(?!(?:com|ap)?pare|parere|congelare conserva|lasciare il tavolo|importarlo due volte)"
    r"[a-zà]+(?:[aei]re|urre|orre|[aeiuo]r(?:lo|la|li|le|ne|gli|vi))"
)
BY_INFINITIVE = re.compile(rf"(?:(?:^|[.!?;:] |\(\w+: ){_INFINITIVE}\b(?=[^.?]*[.)](?:\s|$)))", re.IGNORECASE)
"""A sentence, or its second half, that begins with an infinitive: but for words that only look like one, and for the
three sentences in which it is what they speak of."""

QUOTES = re.compile(r"[“”„]")
STRAIGHT = re.compile(r"(?<=\w)'|'(?=\w)")
GENDERED = re.compile(
    r"\b(?:[Tt]i sei|[Ss]ei|[Ss]arai|[Ee]ri|[Vv]ieni|[Vv]errai|[Rr]esti|[Rr]imani) (?:\w+ )?"
    r"(?:stat[oa]|\w{2,}(?:at|ut|it|ess|tt|os|us|as|rs|is)[oa])\b"
    r"|\b(?:[Bb]envenut|[Ss]ei sicur)[oa]\b|\b\w+[oe]/[ae]\b|\b\w+\([ae]\)|\b[Ll]’utente\b|\b[Ll]oro stess[io]\b"
    r"|%\((?:person|writer|author)\)s (?:è|era|sarà|viene) (?:stat[oa] )?\w+[oa]\b"
    r"|\b(?:il|un|del|al|dal|dello|lo) (?:referente|approvatore|redattore|amministratore|facilitatore|partecipante|"
    r"cittadino|relatore|autore|collega|revisore|utente|giornalista|operatore|incaricato|iscritto|registrato)\b"
    r"|\b(?:[Ii]scritti|[Aa]stenuti|[Rr]edattori|[Aa]pprovatori|[Aa]mministratori|[Ff]acilitatori|[Rr]elatori)\b"
    r"|\bchi è (?:già )?(?:iscritt|registrat|nominat|elett)o\b"
)
"""Words by which whoever acts would be a man or a woman: «sei collegato», «l’utente», «benvenuto», «iscritto/a»."""

SHARE_WITH_ARTICLE = re.compile(
    r"\b(?:il|del|al|dal|nel|sul|un)\s+"
    r"(?:%\((?:\w*share\w*|\w*percent\w*|rate)\)s|%\(\w+\)[sd]\s?%%|\{\w*\}\s?%)",
    re.IGNORECASE,
)
"""An article before a share that is put in later: «Il 8%», «del 11%» would be wrong, and only the figure could tell."""


def sentences(path: Path) -> list[str]:
    """Every Italian text of a catalogue, each plural form by itself; of a page, what stands before its English."""
    if path in PAGES:
        italian = path.read_text(encoding="utf-8").partition('lang="en"')[0]
        return [" ".join(re.sub(r"<[^>]*>", " ", italian).split())]
    return [text for entry in polib.pofile(str(path)) for text in (entry.msgstr, *entry.msgstr_plural.values()) if text]


@pytest.mark.parametrize("path", [*CATALOGUES, *PAGES], ids=lambda path: path.parts[-5] + path.stem)
def test_everybody_is_addressed_as_tu(path: Path) -> None:
    assert [text for text in sentences(path) if FORMAL.search(text)] == []


@pytest.mark.parametrize("path", [*CATALOGUES, *PAGES], ids=lambda path: path.parts[-5] + path.stem)
def test_nobody_is_told_what_to_do_by_an_infinitive(path: Path) -> None:
    """«Scrivi il PIN», never «Scrivere il PIN»; what a button is called, and a question, may be one."""
    assert [text for text in sentences(path) if BY_INFINITIVE.search(text)] == []


@pytest.mark.parametrize(
    "wrong", ["Scrivere il PIN.", "Manca un anno: scriverlo.", "Finito. Rileggerlo.", "(nuova: lasciare vuoto)"]
)
def test_the_test_hears_an_infinitive_that_commands(wrong: str) -> None:
    assert BY_INFINITIVE.search(wrong)


@pytest.mark.parametrize("path", [*CATALOGUES, *PAGES], ids=lambda path: path.parts[-5] + path.stem)
def test_no_sentence_that_was_mended_comes_back(path: Path) -> None:
    plain = [(text, text.replace("’", "'")) for text in sentences(path)]
    assert [text for text, same in plain if any(old in same for old in MENDED)] == []


@pytest.mark.parametrize("path", [*CATALOGUES, *PAGES], ids=lambda path: path.parts[-5] + path.stem)
def test_quotation_marks_are_of_one_kind(path: Path) -> None:
    assert [text for text in sentences(path) if QUOTES.search(text)] == []


@pytest.mark.parametrize("path", [*CATALOGUES, *PAGES], ids=lambda path: path.parts[-5] + path.stem)
def test_apostrophes_are_of_one_kind(path: Path) -> None:
    assert [text for text in sentences(path) if STRAIGHT.search(text)] == []


@pytest.mark.parametrize("path", [*CATALOGUES, *PAGES], ids=lambda path: path.parts[-5] + path.stem)
def test_no_article_stands_before_a_share_that_is_put_in_later(path: Path) -> None:
    assert [text for text in sentences(path) if SHARE_WITH_ARTICLE.search(text)] == []


PLURAL_ARTICLE = re.compile(r"\b(?:i|gli|(?:de|a|ne|su|da)(?:i|gli))\s+(?:%\(\w+\)[sd]|\{\w*\})", re.IGNORECASE)
"""«i 8 temi», «dei 11 seggi»: of a number that is put in later nobody knows whether it wants «i» or «gli»."""


@pytest.mark.parametrize("path", [*CATALOGUES, *PAGES], ids=lambda path: path.parts[-5] + path.stem)
def test_no_plural_article_stands_before_a_number_that_is_put_in_later(path: Path) -> None:
    """«su %(n)s necessari», «tutti i gruppi (%(n)s)»; feminine plurals never elide: «le 8 azioni» is right."""
    assert [text for text in sentences(path) if PLURAL_ARTICLE.search(text)] == []


@pytest.mark.parametrize(
    "wrong", ["Supera i %(most)s MB.", "uno dei {n} seggi", "Sui %(n)d previsti", "Gli %(n)s posti"]
)
def test_the_test_hears_a_plural_article_before_a_number(wrong: str) -> None:
    assert PLURAL_ARTICLE.search(wrong)


ONE_OR_MORE = "added|changed|new|kept|withdrawn|axes|strategies|actions|voices|alone|tables|rows|uploads|sheets"
COUNT_BEFORE_PLURAL = re.compile(rf"(?<!almeno )(?<!fino a )(?<! o )(?:%\((?:{ONE_OR_MORE})\)[ds]) [a-zà]{{2,}}[ie]\b")
"""«1 modificati», «1 assi»: any count of a report may be one; it has a plural of its own, or follows its noun."""


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-5] + path.stem)
def test_a_count_that_may_be_one_has_its_singular_or_stands_after_its_noun(path: Path) -> None:
    assert [
        one.msgstr for one in polib.pofile(str(path)) if not one.msgid_plural and COUNT_BEFORE_PLURAL.search(one.msgstr)
    ] == []


@pytest.mark.parametrize("wrong", ["Edizione: %(added)d nuovi.", "Contiene %(axes)d assi.", "%(changed)d modificati"])
def test_the_test_hears_a_count_before_its_plural(wrong: str) -> None:
    assert COUNT_BEFORE_PLURAL.search(wrong)


NO_DAYS = {"label", "older", "newer", "year", "target_year", "table", "earliest"}
"""What an article may stand before in a sentence: editions, years, tables. Of a day it must be said with the day."""
BEFORE_A_VALUE = re.compile(r"\b(?:il|al|dal|del|nel|sul)\s+(?:%\((\w+)\)[sd]|\{(\w*)\})", re.IGNORECASE)


def articles_before_days(text: str) -> list[str]:
    return [found[0] for found in BEFORE_A_VALUE.finditer(text) if (found[1] or found[2] or "") not in NO_DAYS]


@pytest.mark.parametrize("path", [*CATALOGUES, *PAGES], ids=lambda path: path.parts[-5] + path.stem)
def test_no_article_stands_before_a_day_that_is_put_in_later(path: Path) -> None:
    """«il 8 maggio», «dal 11 maggio»: only the day knows whether it elides, so it brings its article with it
    (`people.dates`, `|day:"dal"`)."""
    assert [text for text in sentences(path) if articles_before_days(text)] == []


def test_no_template_puts_a_day_behind_a_text_that_ends_with_an_article() -> None:
    italian = {entry.msgid: entry.msgstr for path in CATALOGUES for entry in polib.pofile(str(path))}
    together = re.compile(r'{%\s*translate "([^"]+)"\s*%}\s*{{[^}]*\|(?:day|moment|in_words)\b')
    found = [
        (path.name, text)
        for kind in ("html", "txt")
        for path in SOURCE.rglob(f"templates/**/*.{kind}")
        for text in together.findall(path.read_text(encoding="utf-8"))
        if re.search(r"\b(?:il|al|dal|del)$", italian.get(text, ""), re.IGNORECASE)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("day", "forms"),
    [
        (
            1,
            ["il 1° maggio 2026", "dal 1° maggio 2026", "al 1° maggio 2026", "del 1° maggio 2026", "Il 1° maggio 2026"],
        ),
        (7, ["il 7 maggio 2026", "dal 7 maggio 2026", "al 7 maggio 2026", "del 7 maggio 2026", "Il 7 maggio 2026"]),
        (8, ["l’8 maggio 2026", "dall’8 maggio 2026", "all’8 maggio 2026", "dell’8 maggio 2026", "L’8 maggio 2026"]),
        (
            11,
            [
                "l’11 maggio 2026",
                "dall’11 maggio 2026",
                "all’11 maggio 2026",
                "dell’11 maggio 2026",
                "L’11 maggio 2026",
            ],
        ),
        (
            18,
            ["il 18 maggio 2026", "dal 18 maggio 2026", "al 18 maggio 2026", "del 18 maggio 2026", "Il 18 maggio 2026"],
        ),
    ],
)
def test_a_day_brings_its_article_in_words_in_figures_with_its_hour_and_on_pages(day: int, forms: list[str]) -> None:
    moment = datetime(2026, 5, day, 9, 15, tzinfo=UTC)
    for article, said in zip(("il", "dal", "al", "del", "Il"), forms, strict=True):
        before = said.partition(" ")[0] if "’" not in said else said.partition("’")[0] + "’"
        with override("it"):
            assert day_in_words(moment.date(), article) == in_words(moment.date(), article) == said
            assert moment_in_words(moment, article) == in_words(moment, article) == f"{said}, 11:15"
            assert short_day(moment.date(), article).startswith(
                f"{before}{'' if '’' in before else ' '}{day:02}/05/2026"
            )
            shown = re.sub(r"<[^>]*>", "", str(words.day(moment.date(), article))).replace("\u00a0", " ")
            assert shown == said
            assert re.sub(r"<[^>]*>", "", str(words.moment(moment, article))) == f"{said}, 11:15"
        with override("en"):
            assert day_in_words(moment.date(), article) == f"{day} May 2026"
            assert short_day(moment.date(), article) == f"{day} May 2026"
    with pytest.raises(ValueError, match="entro"), override("it"):
        day_in_words(moment.date(), "entro il")


@pytest.mark.parametrize("wrong", ["Il %(share)s delle risorse", "è del %(n)s%% in più", "dal {n} % al resto"])
def test_the_test_hears_an_article_before_a_share(wrong: str) -> None:
    assert SHARE_WITH_ARTICLE.search(wrong)


@pytest.mark.parametrize("path", [*CATALOGUES, *PAGES], ids=lambda path: path.parts[-5] + path.stem)
def test_whoever_acts_has_no_gender(path: Path) -> None:
    assert [text for text in sentences(path) if GENDERED.search(text)] == []


@pytest.mark.parametrize(
    "gendered",
    ["Ti sei collegato.", "Sei sicura di uscire?", "Benvenuto!", "scrive il referente", "iscritto/a", "Iscritti"],
)
def test_the_test_hears_a_gender(gendered: str) -> None:
    assert GENDERED.search(gendered)


@pytest.mark.parametrize(
    "plain", ["Accesso eseguito.", "Il dispositivo è escluso.", "sei mesi dopo", "e/o", "L’ufficio"]
)
def test_the_test_leaves_alone_what_has_none(plain: str) -> None:
    assert not GENDERED.search(plain)


@pytest.mark.parametrize(
    "formal",
    [
        "Prema di nuovo.",
        "Le abbiamo scritto",
        "Non è arrivata? Guardi nella posta.",
        "un posto per lei",
        "I suoi dati saranno cancellati",
    ],
)
def test_the_test_hears_what_is_formal(formal: str) -> None:
    assert FORMAL.search(formal)


@pytest.mark.parametrize(
    "kind", ["finché non lo confermi", "i suoi dati accanto a quelli della zona", "Scrivi il codice."]
)
def test_the_test_leaves_alone_what_is_not(kind: str) -> None:
    assert not FORMAL.search(kind)


DJANGOS_DATE = re.compile(
    r"""\|date:"(?:[^"]*j [FNM]|[^"]*DATE)|\bdate_format\([^)]*["'](?:[^"']*j F|[^"']*DATE)|date_format\(\w+\)"""
)


def test_dates_are_written_in_words_and_their_months_small_everywhere() -> None:
    """Django writes «29 Novembre 2026», and «11/29/2026» for all who read English: dates in words come from
    people/dates.py, or from ui's `day` and `moment`."""
    files = [path for kind in ("py", "html", "txt") for path in SOURCE.rglob(f"*.{kind}")]
    written = {
        path.relative_to(SOURCE).as_posix() for path in files if DJANGOS_DATE.search(path.read_text(encoding="utf-8"))
    }
    assert written == {"people/dates.py", "ui/templatetags/words.py"}


@pytest.mark.parametrize(
    ("language", "shown"), [("it", "1° novembre 2026, 09:15:07"), ("en", "1 November 2026, 09:15:07")]
)
def test_a_moment_in_words(language: str, shown: str) -> None:
    moment = datetime(2026, 11, 1, 8, 15, 7, tzinfo=UTC)
    with override(language):
        assert moment_in_words(moment, seconds=True) == shown
        assert in_words(moment) == shown[:-3]
        assert in_words(moment.date()) == shown[:-10]
        assert in_words(None) == ""


def test_a_short_day_has_its_month_in_words_where_the_order_of_figures_would_be_guessed() -> None:
    day = datetime(2026, 12, 5, tzinfo=UTC).date()
    with override("it"):
        assert short_day(day) == "05/12/2026"
    with override("en"):
        assert short_day(day) == "5 Dec 2026"


def test_no_room_writes_a_day_in_figures_by_itself() -> None:
    """Spreadsheets keep the days they were given; what a person reads goes through `people.dates`."""
    rooms = Path(__file__).parents[1] / "src/aumenta"
    own = [path for path in rooms.rglob("*.py") if "%d/%m/%Y" in path.read_text(encoding="utf-8")]
    assert {str(path.relative_to(rooms)) for path in own} == {
        "people/dates.py",
        "core/tables/ods_writing.py",
        "review/spreadsheet/cells.py",
    }


@pytest.mark.parametrize("sentence", SENTENCES)
def test_what_libraries_say_at_the_sign_in_is_said_in_our_words(sentence: str) -> None:
    with override("it"):
        said = gettext(sentence)
    assert said != sentence
    assert not STRAIGHT.search(said)
    assert not QUOTES.search(said)


def test_no_message_of_a_field_has_a_straight_apostrophe() -> None:
    """Every kind of field that Django's forms have, and allauth's sign-in: a new message is read by being there."""
    kinds = [kind for kind in vars(fields).values() if isinstance(kind, type) and issubclass(kind, fields.Field)]
    with override("it"):
        told = [str(text) for kind in kinds for text in getattr(kind, "default_error_messages", {}).values()]
        told += [str(text) for text in DefaultAccountAdapter.error_messages.values()]
        told += [str(text) for text in ModelChoiceField.default_error_messages.values()]
    assert len(told) > 20
    assert [text for text in told if STRAIGHT.search(text)] == []
