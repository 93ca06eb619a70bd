"""Plans of other shapes, read by a layout alone: other codes, fewer levels, other rows, labels as people type them."""

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
import typst

from aumenta.core.extraction import Chapter, ExtractionError, OtherRow, PlanDocument, read_plan
from aumenta.core.extraction.json_format import document_from_json
from aumenta.core.extraction.layout import Layout, layout_from_text
from aumenta.core.extraction.numbering import read_code
from aumenta.core.extraction.reading import plan_from_text
from tests.core.plan_printing import told

HEADS = r"""
[heads]
axis = '^Asse (?P<number>\w+) - (?P<title>.+)$'
strategy = '^Obiettivo (?P<code>[\w.]+) - (?P<title>.+)$'
action = '^Azione (?P<code>[\w.]+) - (?P<title>.+)$'
"""
ROWS = """
[[row]]
field = "description"
label = "Descrizione"
[[row]]
field = "actors"
label = "Attori"
read = "list"
"""


def layout(extra: str = "", *, rows: str = ROWS, heads: str = HEADS) -> Layout:
    return layout_from_text(heads + extra + rows)


def sheet(code: str, description: str = "Testo.", actors: str = "Comuni") -> str:
    return f"Azione {code} - Titolo {code}\nDescrizione: {description}\nAttori: {actors}\n\n"


def read(text: str, by: Layout, *, partial: bool = False) -> PlanDocument:
    return plan_from_text(text, [by], partial=partial)


def codes(document: PlanDocument) -> list[tuple[str, str]]:
    return [(action.code, action.printed_code) for action in document.actions]


def test_roman_numerals_are_numbers_where_the_layout_says_so() -> None:
    text = f"Asse II - Acque\nObiettivo II.IV - Rive\n{sheet('II.IV.1')}{sheet('II.IV.IX')}"
    document = read(text, layout('[codes]\nletters = "roman"'), partial=True)
    assert [axis.number for axis in document.axes] == [2]
    assert [strategy.code for strategy in document.strategies] == ["2.4"]
    assert codes(document) == [("2.4.1", "II.IV.1"), ("2.4.9", "II.IV.IX")]


def test_letters_are_numbers_where_the_layout_says_so() -> None:
    text = f"Asse A - Acque\n{sheet('A1')}{sheet('A2')}Asse B - Boschi\n{sheet('B1')}"
    document = read(text, layout('[codes]\nletters = "alphabet"'))
    assert codes(document) == [("1.1.1", "A1"), ("1.1.2", "A2"), ("2.1.1", "B1")]
    assert [(strategy.code, strategy.title) for strategy in document.strategies] == [
        ("1.1", "Acque"),
        ("2.1", "Boschi"),
    ]
    assert told(document, "strategy_implied") == ["1.1 Acque", "2.1 Boschi"]


def test_actions_numbered_through_the_whole_plan_belong_to_what_they_stand_under() -> None:
    text = f"Asse 1 - A\nObiettivo 1 - X\n{sheet('1')}{sheet('2')}Obiettivo 2 - Y\n{sheet('3')}"
    text += f"Asse 2 - B\nObiettivo 3 - Z\n{sheet('4')}"
    document = read(text, layout())
    assert codes(document) == [("1.1.1", "1"), ("1.1.2", "2"), ("1.2.3", "3"), ("2.3.4", "4")]
    assert told(document, "missing") == []


def test_an_action_may_have_the_code_of_its_strategy_and_a_number() -> None:
    text = f"Asse 1 - A\nObiettivo 1 - X\n{sheet('1.1')}Obiettivo 2 - Y\n{sheet('2.1')}{sheet('2.2')}"
    assert codes(read(text, layout())) == [("1.1.1", "1.1"), ("1.2.1", "2.1"), ("1.2.2", "2.2")]


def test_two_levels_need_no_heading_of_strategies() -> None:
    heads = "".join(line for line in HEADS.splitlines(keepends=True) if not line.startswith("strategy"))
    text = f"Asse 1 - Mobilità\n{sheet('1.1')}{sheet('1.2')}Asse 2 - Verde\n{sheet('2.1')}"
    document = read(text, layout("[codes]\nlevels = 2", heads=heads))
    assert codes(document) == [("1.1.1", "1.1"), ("1.1.2", "1.2"), ("2.1.1", "2.1")]
    with pytest.raises(ExtractionError) as caught:
        layout(heads=heads)
    assert caught.value.params["where"] == "heads.strategy"


@pytest.mark.parametrize("printed", ["A1", "0.1.1", "1.1.1.1", "1.1.99999", "x.y", "1.²"])
def test_a_code_that_cannot_be_read_is_named_with_its_key_and_never_breaks(printed: str) -> None:
    with pytest.raises(ExtractionError) as caught:
        read_code(printed, "", "heads.action")
    assert (caught.value.code, caught.value.params) == ("unreadable_code", {"found": printed, "where": "heads.action"})


def test_two_numbers_under_strategies_of_two_numbers_are_refused_by_name() -> None:
    with pytest.raises(ExtractionError) as caught:
        read(f"Asse 1 - A\nObiettivo 1.1 - X\n{sheet('1.1')}", layout())
    assert (caught.value.code, caught.value.params["found"]) == ("short_code", "1.1")


def test_a_gap_in_the_numbering_is_told_and_the_plan_is_not_called_cut() -> None:
    text = f"Asse 1 - A\nObiettivo 1.1 - X\n{sheet('1.1.1')}{sheet('1.1.3')}Obiettivo 1.4 - Y\n{sheet('1.4.1')}"
    text += f"{sheet('1.4.90')}"
    document = read(text, layout())
    assert told(document, "missing") == ["1.2", "1.3", "1.1.2", "1.4.2–1.4.89"]


@pytest.mark.parametrize(
    ("whole_ones", "lacking", "is_cut"),
    [
        pytest.param(3, "Attori: Comuni\n", True, id="three whole sheets before it"),
        pytest.param(2, "Attori: Comuni\n", False, id="too few to say what is usual"),
        pytest.param(3, "Descrizione: Testo.\n", False, id="a row in the middle"),
    ],
)
def test_a_last_sheet_without_the_row_that_ends_all_others_is_one_that_was_cut(
    whole_ones: int, lacking: str, is_cut: bool
) -> None:
    text = "Asse 1 - A\nObiettivo 1.1 - X\n" + "".join(sheet(f"1.1.{n}") for n in range(1, whole_ones + 2))
    start, end = text.rsplit(lacking, 1)
    if not is_cut:
        assert len(read(start + end, layout()).actions) == whole_ones + 1
        return
    with pytest.raises(ExtractionError) as caught:
        read(start + end, layout())
    assert caught.value.code == "incomplete"
    assert caught.value.params["unfinished"] == f"1.1.{whole_ones + 1}"


def test_a_plan_without_a_row_of_actors_is_whole() -> None:
    rows = '[[row]]\nfield = "description"\nlabel = "Descrizione"\n[[row]]\nfield = "times"\nlabel = "Tempi"\n'
    text = "Asse 1 - A\nObiettivo 1.1 - X\n" + "".join(
        f"Azione 1.1.{n} - T\nDescrizione: D.\nTempi: 202{n}\n" for n in range(1, 6)
    )
    assert len(read(text, layout(rows=rows)).actions) == 5


def test_rows_of_other_kinds_are_kept_under_their_label() -> None:
    rows = ROWS + "".join(
        f'[[row]]\nfield = "{field}"\nlabel = "{label}"\nread = "{how}"\n'
        for field, label, how in (
            ("times", "Tempi", "paragraph"),
            ("costs", "Costi stimati", "paragraph"),
            ("indicators", "Indicatori", "lines"),
        )
    )
    text = (
        "Asse 1 - A\nObiettivo 1.1 - X\nAzione 1.1.1 - T\nDescrizione: D.\nAttori: Comuni\nTempi: 2027,\npoi si vede\n"
        "COSTI STIMATI 3 milioni\nIndicatori:\n• chilometri\n• alberi piantati\nlungo i viali\n"
    )
    document = read(text, layout(rows=rows))
    assert document.actions[0].rows == (
        OtherRow("Tempi", "2027, poi si vede"),
        OtherRow("Costi stimati", "3 milioni"),
        OtherRow("Indicatori", "chilometri\nalberi piantati lungo i viali"),
    )
    assert document_from_json(document.to_json()) == document


@pytest.mark.parametrize("sign", [":", " -", " –", " —", ".", " :", "", ":\n", "\n"])
@pytest.mark.parametrize("case", [str, str.upper, str.lower])
def test_a_label_is_read_in_any_letters_and_with_any_sign_after_it(sign: str, case: Callable[[str], str]) -> None:
    text = (
        f"Asse 1 - A\nObiettivo 1.1 - X\nAzione 1.1.1 - T\n{case('Descrizione')}{sign} Nuove corsie.\n"
        f"{case('Attori')}{sign} Comuni, Regione\n"
    )
    action = read(text, layout()).actions[0]
    assert (action.title, action.description, action.actors) == ("T", "Nuove corsie.", ("Comuni", "Regione"))


def test_a_label_that_the_document_writes_small_is_not_a_word_that_begins_a_sentence() -> None:
    text = (
        "Asse 1 - A\nObiettivo 1.1 - X\nAzione 1.1.1 - T\nDescrizione: Prima frase.\nATTORI e altri saranno chiamati.\n"
        "Attori: Comuni\nAzione 1.1.2 - U\nDescrizione: D.\nAttori: Regione\n"
    )
    assert read(text, layout()).actions[0].actors == ("Comuni",)


@pytest.mark.parametrize("bullet", ["•", "-", "–", "*", "▪", "\uf0b7", "✓"])
def test_items_with_bullets_go_on_over_lines(bullet: str) -> None:
    value = f"\n{bullet} Comuni\nmontani\n{bullet}\nRegione, Province\n{bullet} Scuole\n"
    action = read(f"Asse 1 - A\nObiettivo 1.1 - X\n{sheet('1.1.1', actors=value)}", layout()).actions[0]
    assert action.actors == ("Comuni montani", "Regione", "Province", "Scuole")


def test_two_labels_may_lead_to_one_field_and_any_reading_to_any_field() -> None:
    rows = (
        '[[row]]\nfield = "description"\nlabel = "Descrizione"\nread = "lines"\n[[row]]\nfield = "actors"\n'
        'label = "Attori"\n[[row]]\nfield = "actors"\nlabel = "Partner"\nread = "list"\n'
    )
    text = (
        "Asse 1 - A\nObiettivo 1.1 - X\nAzione 1.1.1 - T\nDescrizione: Uno\ndue.\nAttori: Comuni, Enti\nPartner: A, B\n"
    )
    action = read(text, layout(rows=rows)).actions[0]
    assert (action.description, action.actors) == ("Uno due.", ("Comuni, Enti", "A", "B"))


def test_labels_apart_from_their_values_are_told_and_not_called_a_cut() -> None:
    text = "Descrizione\nAttori\nTempi\nAsse 1 - A\nObiettivo 1.1 - X\nAzione 1.1.1 - T\nTesto.\nComuni\n"
    rows = ROWS + '[[row]]\nfield = "times"\nlabel = "Tempi"\n'
    with pytest.raises(ExtractionError) as caught:
        read(text, layout(rows=rows))
    assert caught.value.code == "incomplete"
    assert caught.value.params["no_rows"] == ("Descrizione", "Attori", "Tempi")
    assert caught.value.params["unfinished"] == ""


def test_a_framework_that_is_only_a_table_is_read_by_a_layout_alone() -> None:
    rows = ROWS + (
        '[[row]]\nfield = "sdg"\nlabel = "Obiettivi ONU"\nread = "codes"\nframework = "sdg"\n'
        'item = \'Obiettivo (?P<code>\\d+)\'\n[[row]]\nfield = "x"\nlabel = "Fondi regionali"\nread = "list"\n'
        'framework = "regional_funds"\n'
    )
    text = f"Asse 1 - A\nObiettivo 1.1 - X\n{sheet('1.1.1').strip()}\nObiettivi ONU: Obiettivo 7, Obiettivo 11\n"
    document = read(text + "Fondi regionali: FSC, Legge 18\n", layout(rows=rows))
    assert [(tie.framework, tie.code) for tie in document.actions[0].alignments] == [
        ("sdg", "7"),
        ("sdg", "11"),
        ("regional_funds", "FSC"),
        ("regional_funds", "Legge 18"),
    ]
    assert document_from_json(document.to_json()) == document


@pytest.mark.parametrize(
    ("toml", "where"),
    [
        ("heads = 'x'", "heads"),
        ("title = 'x'\n" + HEADS, "title"),
        ("headers_and_footers = [3]\n" + HEADS, "headers_and_footers[0]"),
        (HEADS.replace("'^Asse", "'^(Asse"), "heads.axis"),
        (HEADS + "section = 3", "heads.section"),
        (HEADS + "axis_aim = 'yes'", "heads.axis_aim"),
        (HEADS + "[codes]\nletters = 'greek'", "codes.letters"),
        (HEADS + "[codes]\nlevels = 4", "codes.levels"),
        (HEADS + "[codes]\nlevels = [2]", "codes.levels"),
        (HEADS + "[[row]]\nfield = 'actors'", "row[0]"),
        (HEADS + "[[row]]\nfield = 'actors'\nlabel = 'x'\nread = 'words'", "row[0].read"),
        (HEADS + "[[row]]\nfield = 'descripton'\nlabel = 'x'", "row[0].field"),
        (HEADS + "[[row]]\nfield = 'sdg'\nlabel = 'x'\nframework = 'The SDGs'", "row[0].framework"),
        (HEADS + "[[row]]\nfield = 'sdg'\nlabel = 'x'\nread = 'codes'\nframework = 'sdg'", "row[0].item"),
        (HEADS + "[[row]]\nfield = 'sdg'\nlabel = 'x'\nread = 'codes'\nitem = '(?P<code>1)'", "row[0].framework"),
        ("row = 'x'\n" + HEADS, "row"),
        ("row = ['x']\n" + HEADS, "row[0]"),
        (HEADS + "[[broken]]\nends = 'x'", "broken[0].goes_on"),
        (HEADS + "[[chapter]]\nhead = 'x'", "chapter[0].kind"),
        (HEADS + "[listing]\naxis = 'x'", "listing.axis"),
        (HEADS + "[words]\nhanging = 'di'", "words.hanging"),
    ],
)
def test_a_wrong_value_anywhere_in_a_layout_has_its_place(toml: str, where: str) -> None:
    with pytest.raises(ExtractionError) as caught:
        layout_from_text(toml)
    assert (caught.value.code, caught.value.params["where"]) == ("bad_layout", where)


PLAIN = (
    "Asse 1 - Città\nstrategia 1.1 Uffici digitali\nRendere semplici i servizi.\n"
    "azione 1.1.1 Sportello\ndescrizione Più efficienza e qualità per le città affini.\nattori Università, Comuni\n"
    "priorità PNRR 1.1 Digitale\nobiettivi della politica di coesione europea OP1 - Europa\n"
    "strumenti e politiche CMTo interattivi Agenda\naltri strumenti/politiche sovraordinati Piano\n"
)
CHANGES: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "ligatures": lambda text: text.replace("ffi", "\ufb03").replace("fi", "\ufb01"),
    "soft hyphens": lambda text: text.replace("efficienza", "effi\u00adcien\u00adza"),
    "spaces that don't break": lambda text: text.replace(" e ", "\u00a0e\u202f"),
    "signs without room": lambda text: text.replace("qual", "qu\u200bal\u2060"),
    "zero-width at the head": lambda text: text.replace("attori", "\u200battori").replace("azione", "\ufeffazione"),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("kind", ["text", "html", "pdf"])
def test_text_is_mended_alike_in_text_page_and_pdf(change: str, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "plan"
    text = CHANGES[change](PLAIN)
    if kind == "text":
        path.write_text(text, encoding="utf-8")
    elif kind == "html":
        path.write_text(
            "<!doctype html><body>" + "".join(f"<p>{line}</p>" for line in text.split("\n")), encoding="utf-8"
        )
    else:
        lines = "\n".join(f"#par[#{json.dumps(line, ensure_ascii=False)}]" for line in text.split("\n") if line)
        path.write_bytes(typst.compile(f"#set page(width: 30cm)\n{lines}".encode()))
    document = read_plan(path)
    action = document.actions[0]
    assert document.axes[0].title == "Città"
    assert action.description == "Più efficienza e qualità per le città affini."
    assert action.actors == ("Università", "Comuni")
    assert [tie.code for tie in action.alignments] == ["1.1", "OP1"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-32", "mac_roman"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\u2028"])
def test_every_encoding_and_line_end_gives_the_same_plan(encoding: str, ending: str, tmp_path: Path) -> None:
    if ending == "\u2028" and encoding in {"cp1252", "mac_roman"}:
        pytest.skip("this encoding has no such sign")
    path = tmp_path / "plan.txt"
    path.write_bytes(PLAIN.replace("\n", ending).encode(encoding))
    expected = plan_from_text(PLAIN, [known for known in _known() if not known.pages])
    assert read_plan(path).actions == expected.actions


def _known() -> tuple[Layout, ...]:
    from aumenta.core.extraction.layout import known_layouts

    return known_layouts()


def test_chapters_are_texts_in_paragraphs_with_their_kind_and_lines() -> None:
    chapters = (
        "[[chapter]]\nkind = 'guide'\nhead = '^1 Come si'\ntitle = 'Come si legge il piano'\n"
        "[[chapter]]\nkind = 'vision'\nhead = '^Visione$'\n"
    )
    text = (
        "1 Come si legge\nil piano\n\nPrima riga\nche va avanti.\n\nSecondo paragrafo.\n\nVisione\n\nTra dieci anni.\n"
        f"Asse 1 - A\nObiettivo 1.1 - X\n{sheet('1.1.1')}"
    )
    document = read(text, layout(rows=ROWS + chapters))
    assert document.chapters == (
        Chapter("guide", "Come si legge il piano", "Prima riga che va avanti.\n\nSecondo paragrafo.", (1, 7)),
        Chapter("vision", "Visione", "Tra dieci anni.", (9, 11)),
    )
    assert told(document, "outside_sheets") == []
    assert document_from_json(document.to_json()) == document
