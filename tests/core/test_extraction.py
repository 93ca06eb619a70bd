"""Reading a plan out of a document: every trap a printed plan sets, on invented text."""

import pytest

from aumenta.core.extraction import ActionSheet, AlignmentEntry, PlanDocument
from aumenta.core.extraction.layout import known_layouts
from aumenta.core.extraction.links import Linkable, assign_links
from aumenta.core.extraction.reading import plan_from_text
from tests.core.plan_printing import Printer, invented_plan, told, without_lines

TEXT = Printer().print(invented_plan())


def read(text: str) -> PlanDocument:
    return plan_from_text(text, known_layouts())


def sheet(text: str, code: str = "1.1.1") -> ActionSheet:
    return next(action for action in read(text).actions if action.code == code)


def with_row(row: str, value: str, *, of: str = "attori Consorzi") -> str:
    """The invented plan with another value in one row of its first sheet."""
    lines = TEXT.split("\n")
    start = next(number for number, line in enumerate(lines) if line.startswith(row))
    end = start + 1
    while not lines[end].startswith(("esempi", "attori", "priorità", "obiettivi", "programmi", "strumenti", "altri")):
        end += 1
    return "\n".join([*lines[:start], f"{row} {value}".rstrip(), *lines[end:]])


def test_a_printed_plan_gives_back_what_was_printed() -> None:
    assert without_lines(read(TEXT)) == invented_plan()


def test_lines_are_the_first_and_last_of_the_sheet() -> None:
    first, last = sheet(TEXT).lines
    lines = TEXT.split("\n")
    assert lines[first - 1] == "azione 1.1.1 Canali navigabili"
    assert lines[last - 1] == "altri strumenti/politiche sovraordinati Piano di bacino"


def test_headers_and_footers_in_the_middle_of_a_field_is_taken_out() -> None:
    footer = "238 239La strategiaTorino metropoli aumentata: Piano Strategico Metropolitano 2021-2023"
    broken = f"Ripulire gli alvei\n\n{footer}\n\nTorino M\netropoli più verde ed ecologica\n\ne segnare le rotte."
    text = with_row("descrizione", broken)
    assert sheet(text).description == "Ripulire gli alvei e segnare le rotte."


def test_a_footer_at_the_end_of_a_line_joins_the_line_to_the_next() -> None:
    text = with_row("strumenti e politiche CMTo interattivi", "Rete Escursionistica Asse 2 Rivoluzione\nProvinciale")
    assert sheet(text).own_instruments == ("Rete Escursionistica Provinciale",)


def test_a_heading_broken_over_lines_is_one_title() -> None:
    text = TEXT.replace("azione 1.1.1 Canali navigabili", "azione 1.1.1. Canali\nnavigabili e chiuse\n(MULINI)", 1)
    assert sheet(text).title == "Canali navigabili e chiuse (MULINI)"
    text = TEXT.replace(
        "strategia 1.1 Riaprire i canali della pianura", "strategia 1.1. Riaprire i canali della\nPianura", 1
    )
    assert read(text).strategies[0].title == "Riaprire i canali della Pianura"
    assert read(text).strategies[0].purpose == "Riportare acqua pulita nei canali."


def test_a_description_without_its_label_is_read_and_told() -> None:
    text = TEXT.replace("descrizione Ripulire gli alvei e segnare le rotte delle\nbarche.", "Ripulire gli alvei.", 1)
    assert sheet(text).description == "Ripulire gli alvei."
    assert sheet(text).title == "Canali navigabili"
    assert told(read(text), "label_missing") == ["1.1.1 descrizione"]


def test_a_value_may_begin_a_line_with_the_word_of_a_label() -> None:
    text = with_row("descrizione", "Formare chi lavora:\nattori del canale, descrizione\nesempi buoni.")
    assert sheet(text).description == "Formare chi lavora: attori del canale, descrizione esempi buoni."
    assert sheet(text).actors == invented_plan().actions[0].actors


def test_rows_in_another_order_keep_the_order_of_the_page() -> None:
    programmes = "programmi europei ad accesso diretto e CTE"
    text = TEXT.replace(f"{programmes} LIFE, Central\nEurope\n", "", 1)
    text = text.replace("priorità PNRR 2.4", f"{programmes} URBACT\npriorità PNRR 2.4", 1)
    assert [tie.code for tie in sheet(text).alignments] == ["URBACT", "2.4", "5.3", "OP2", "OSb5"]


def test_missing_rows_give_empty_lists_and_are_told() -> None:
    document = read(TEXT)
    assert document.actions[3].alignments == ()
    assert "2.1.1 priorità PNRR" in told(document, "row_missing")


@pytest.mark.parametrize("nothing", ["n.d.", "n.d", "N.D.", "nd", ""])
def test_not_available_is_an_empty_list(nothing: str) -> None:
    assert sheet(with_row("attori", nothing)).actors == ()
    assert sheet(with_row("strumenti e politiche CMTo interattivi", nothing)).own_instruments == ()


@pytest.mark.parametrize(
    ("printed", "actors"),
    [
        ("Mugnai, Barcaioli; Guide.", ("Mugnai", "Barcaioli", "Guide")),
        ("Mugnai,  Barcaioli,", ("Mugnai", "Barcaioli")),
        ("Scuole (es.: Verdi, Rossi etc.), Guide", ("Scuole (es.: Verdi, Rossi etc.)", "Guide")),
        ("Gestori (Acqua, Luce, ...)", ("Gestori (Acqua, Luce, ...)",)),
        ("Parco delle Acque, dell'Aria e del\nVento, Guide", ("Parco delle Acque, dell'Aria e del Vento", "Guide")),
        ("Comuni e Unioni di\n\nComuni, guardie forestali", ("Comuni e Unioni di Comuni", "guardie forestali")),
        ("Impianti da 1,5 megawatt, Guide ecc.", ("Impianti da 1,5 megawatt", "Guide ecc.")),
        ("Uffici della P.A., Guide della P.A.", ("Uffici della P.A.", "Guide della P.A.")),
        ("Scuole (Verdi, Guide", ("Scuole (Verdi", "Guide")),
    ],
)
def test_actors_are_split_at_commas_and_semicolons(printed: str, actors: tuple[str, ...]) -> None:
    assert sheet(with_row("attori", printed)).actors == actors


@pytest.mark.parametrize(
    ("printed", "instruments"),
    [
        ("Piano A\n\nPiano B", ("Piano A", "Piano B")),
        ("Piano A, Piano B; Piano C", ("Piano A", "Piano B", "Piano C")),
        ("Piano A,\nPiano B", ("Piano A", "Piano B")),
        ("Piano dell'offerta formativa e\ndei trasporti", ("Piano dell'offerta formativa e dei trasporti",)),
        ("Regione - Politiche dell'acqua,\ncanali e chiuse", ("Regione - Politiche dell'acqua, canali e chiuse",)),
        ("Patto (in corso di\nApprovazione), Legge 3", ("Patto (in corso di Approvazione)", "Legge 3")),
        ("Legge 14 ottobre 2019, n. 111, convertita, n.\n141", ("Legge 14 ottobre 2019, n. 111, convertita, n. 141",)),
        ("Strategia “We.\n\nCa.Re”", ("Strategia “We.Ca.Re”",)),
        ("- Piano A\n- Piano B", ("Piano A", "Piano B")),
    ],
)
def test_instruments_are_split_at_line_ends_too(printed: str, instruments: tuple[str, ...]) -> None:
    assert sheet(with_row("strumenti e politiche CMTo interattivi", printed)).own_instruments == instruments


def test_the_words_that_there_is_no_instrument_are_no_instrument() -> None:
    document = read(with_row("strumenti e politiche CMTo interattivi", "NO\n\nSTRUMENTO/POLITICA (Settore canali)"))
    assert document.actions[0].own_instruments == ()
    assert told(document, "no_place") == ["NO STRUMENTO/POLITICA (Settore canali)"]


@pytest.mark.parametrize(
    ("printed", "codes"),
    [
        ("1.2 Digitale e\nimpresa\n1.3 Turismo e Cultura 4.0", ["1.2", "1.3"]),
        ("1.2 Digitale possibile integrazione con  5. Coesione\n5.3 Territori", ["1.2", "+5.3"]),
        (
            "1.2 Digitale\n\nPossibili integrazioni con 4. Ricerca\n4.1 Studio\ne 5. Coesione\n5.2 Case",
            ["1.2", "+4.1", "+5.2"],
        ),
        ("3.1 Stradale 4.0 Possibile integrazione con 2. Verde\ne con 4. Ricerca\n4.2 Impresa", ["3.1", "+2", "+4.2"]),
        ("n.d.", []),
    ],
)
def test_components_of_the_pnrr_are_primary_until_the_words_of_integration(printed: str, codes: list[str]) -> None:
    found = [tie for tie in sheet(with_row("priorità PNRR", printed)).alignments if tie.framework == "pnrr"]
    assert [("+" if tie.role == "possible_integration" else "") + tie.code for tie in found] == codes


def test_objectives_keep_their_printed_codes() -> None:
    printed = "OP4 - Un’Europa sociale\nOS7 FSE+ - Incentivare\nOS10 FSE+ - Promuovere\nOSd3 - Altro (FESR)"
    ties = sheet(with_row("obiettivi della politica di coesione europea", printed)).alignments
    assert [tie.code for tie in ties if tie.framework == "eu_cohesion"] == ["OP4", "OS7 FSE+", "OS10 FSE+", "OSd3"]
    assert AlignmentEntry("eu_cohesion", "OS7 FSE+", "primary") in ties


@pytest.mark.parametrize(
    ("printed", "programmes"),
    [
        ("Horizon EU, MED; Central\nEurope.", ["Horizon EU", "MED", "Central Europe"]),
        ("Horizon (Farm to fork), Erasmus +", ["Horizon (Farm to fork)", "Erasmus +"]),
        ("EU Action Plan for\nSocial Economy", ["EU Action Plan for Social Economy"]),
        ("n.d.", []),
    ],
)
def test_programmes_are_one_alignment_each(printed: str, programmes: list[str]) -> None:
    ties = sheet(with_row("programmi europei ad accesso diretto e CTE", printed)).alignments
    assert [tie.code for tie in ties if tie.framework == "eu_programme"] == programmes


def test_text_without_a_code_is_told_with_its_line() -> None:
    document = read(with_row("priorità PNRR", "Comuni e Unioni di Comuni"))
    problem = next(problem for problem in document.problems if problem.kind == "no_place")
    assert problem.text == "Comuni e Unioni di Comuni"
    assert not [tie for tie in document.actions[0].alignments if tie.framework == "pnrr"]


def test_a_sentence_after_a_known_label_is_told_and_a_label_of_another_code_too() -> None:
    row = "obiettivi della politica di coesione europea"
    usual = "OP4 - Europa sociale\nOP4 - Europa sociale\nOP5 - Europa vicina"
    vicina = "OP5 - Europa vicina\nOP1 - Europa vicina"
    text = with_row(row, f"{usual}\nOP4 - Europa sociale\nQuesta azione tocca tutto.\n{vicina}")
    document = read(text)
    assert told(document, "no_place") == ["Questa azione tocca tutto."]
    assert told(document, "label_of_another_code") == ["OP1 Europa vicina"]
    line = next(problem.line for problem in document.problems if problem.kind == "no_place")
    assert text.split("\n")[line - 1] == "Questa azione tocca tutto."


@pytest.mark.parametrize(
    ("printed", "slips"),
    [
        ("Possibile integrazione con 2. Missione che raccoglie 2.4 Componente", []),
        (
            "Possibile integrazione con 2. Missione che raccoglie 3.1 Componente detta c",
            ["2. … 3.1 Componente detta c"],
        ),
        ("Possibile integrazione con 1. Prima 2.4 Altra e 2. Seconda 2.4 Altra", ["1. … 2.4 Altra"]),
    ],
)
def test_an_item_under_a_group_that_is_not_its_own_is_kept_and_told(printed: str, slips: list[str]) -> None:
    document = read(with_row("priorità PNRR", printed))
    assert told(document, "item_outside_group") == slips
    for slip in slips:
        assert slip.split(" … ")[1][:3] in {tie.code for tie in document.actions[0].alignments}


@pytest.mark.parametrize(
    ("printed", "description"),
    [
        ("Aprire canali per l’\nirrigazione e un po’\nalto.", "Aprire canali per l’irrigazione e un po’ alto."),
        ("Far vivere l'\nacqua dell'\nArno.", "Far vivere l'acqua dell'Arno."),
        ("Lavoro labour-\nintensive ai picchi/\nvalli.", "Lavoro labour-intensive ai picchi/valli."),
        ("Patti pubblico-\nprivato; patti pubblico-privato.", "Patti pubblico-privato; patti pubblico-privato."),
        ("La naviga-\nzione e la navigazione.", "La navigazione e la navigazione."),
        ("La manu\u00ad\ntenzione.", "La manutenzione."),
        ("Città a 15-\nminuti di treno -\ncome altrove.", "Città a 15-minuti di treno - come altrove."),
        ("Spazi  doppi\u00a0e\n\n\nrighe vuote.", "Spazi doppi e righe vuote."),
        ("“Virgolette” e ‘apici’ e 'apici'\ne ancora.", "“Virgolette” e ‘apici’ e 'apici' e ancora."),
    ],
)
def test_joined_lines_give_one_clean_paragraph(printed: str, description: str) -> None:
    assert sheet(with_row("descrizione", printed)).description == description


def test_a_header_that_says_otherwise_is_told() -> None:
    again = TEXT[TEXT.index("strategia 1.1") : TEXT.index("azione 1.1.1")].replace("acqua pulita", "acqua chiara")
    document = read(TEXT.replace("azione 1.1.2", again + "azione 1.1.2"))
    assert told(document, "header_differs") == ["1.1 purpose: Riportare acqua chiara nei canali."]
    assert document.strategies[0].purpose == "Riportare acqua pulita nei canali."


def test_an_action_printed_twice_is_kept_once_and_told() -> None:
    again = TEXT[TEXT.index("azione 1.1.2") : TEXT.index(" https://canaux")]
    document = read(TEXT.replace(again, again + again.replace("prati", "boschi")))
    assert [action.code for action in document.actions] == ["1.1.1", "1.1.2", "1.2.1", "2.1.1"]
    assert "prati" in document.actions[1].description
    assert told(document, "repeated_action") == ["1.1.2 Sponde in fiore"]


def test_an_action_under_another_header_goes_to_its_own_strategy_and_is_told() -> None:
    document = read(TEXT.replace("azione 1.1.2", "azione 1.2.2"))
    assert [action.strategy for action in document.actions] == ["1.1", "1.2", "1.2", "2.1"]
    assert told(document, "other_strategy") == ["1.2.2: 1.1"]


def test_text_outside_the_sheets_is_told_or_a_chapter() -> None:
    document = read(TEXT.replace("Asse 2 - Ponti", "Asse 2\nUn saggio\nlungo due righe\n\nAsse 2 - Ponti"))
    assert told(document, "outside_sheets") == ["3–3: Premessa che non appartiene ad alcuna scheda."]
    assert [(chapter.title, chapter.text) for chapter in document.chapters] == [("Asse 2", "Un saggio lungo due righe")]


def test_links_are_given_in_order_one_for_each_example() -> None:
    sheets = [Linkable("Uno", ("canaux", "locks")), Linkable("Due", ()), Linkable("Tre", ("mills",))]
    given, guessed = assign_links(sheets, ["https://a.example", "https://b.example", "https://c.example"])
    assert given == [["https://a.example", "https://b.example"], [], ["https://c.example"]]
    assert guessed == []


def test_fewer_links_than_examples_go_by_likeness_and_keep_their_order() -> None:
    sheets = [Linkable("Acque", ("canaux", "Green River Trust")), Linkable("Comunità dei mulini", ("x", "wind farm"))]
    links = ["https://river-trust.example/green", "https://mulini.example/comunita", "https://other.example"]
    given, guessed = assign_links(sheets, links)
    assert given == [[links[0]], links[1:]]
    assert guessed == [2]


def test_a_page_without_examples_gives_its_links_to_the_last_sheet() -> None:
    assert assign_links([Linkable("Uno", ()), Linkable("Due", ())], ["https://a.example"]) == (
        [[], ["https://a.example"]],
        [0],
    )
    assert assign_links([], ["https://a.example"]) == ([], [0])


def test_a_link_broken_over_lines_is_one_link() -> None:
    text = TEXT.replace("https://canaux.example/bourgogne", "https://canaux.example/bour\ngogne-sud?a=1;")
    assert sheet(text).links[0] == "https://canaux.example/bourgogne-sud?a=1"


def test_strategies_in_a_list_are_read_with_those_only_proposed() -> None:
    text = (
        "PIANO STRATEGICO METROPOLITANO TORINO 2027 2029\n9:15 Registrazione\n\nASSE 1\n\nAcque\n\nStrategie\n\n"
        "- **1.1** Riaprire i canali\n- 1.2 Curare le\n\nsponde\n\n\nASSE 2\n\nPonti\n\n2.1 Unire le rive\n\n"
        "La proposta di integrazione/modifica\n\n- **2.2** Gettare passerelle\n\n\n\nSaluti\n\n3.1 Illuminare i moli\n"
    )
    document = read(text)
    assert document.title == "PIANO STRATEGICO METROPOLITANO TORINO 2027 2029"
    assert [(axis.number, axis.title) for axis in document.axes] == [(1, "Acque"), (2, "Ponti"), (3, "")]
    assert [(strategy.code, strategy.title) for strategy in document.strategies] == [
        ("1.1", "Riaprire i canali"),
        ("1.2", "Curare le sponde"),
        ("2.1", "Unire le rive"),
        ("2.2", "Gettare passerelle"),
        ("3.1", "Illuminare i moli"),
    ]
    assert [strategy.code for strategy in document.strategies if strategy.proposed] == ["2.2", "3.1"]
    assert told(document, "axis_without_title") == ["3"]
    assert any("Saluti" in text for text in told(document, "outside_sheets"))
