"""A layout proposed from a document reads that document, whatever its codes, levels and labels are."""

import tomllib

import pytest

from aumenta.core.extraction import ExtractionError, OtherRow
from aumenta.core.extraction.layout import layout_from_text
from aumenta.core.extraction.proposing.layout import propose_layout
from aumenta.core.extraction.reading import plan_from_text
from tests.core.plan_printing import Printer, invented_plan
from tests.core.published_plan import PLAN, needs_plan

HARBOUR = """Porto Chiaro 2030
Piano strategico della città portuale

AMBITO I – Il porto aperto

OBIETTIVO I.1 – Banchine per tutti

Azione I.1.a – Passeggiata sul molo
Che cosa si fa: si apre il molo vecchio a chi cammina.
Chi la fa: Autorità portuale, Comune
Quando: 2027
Quanto costa: 2 milioni

Azione I.1.b – Luci basse
Che cosa si fa: si cambiano le lampade che abbagliano.
Chi la fa: Comune; Gestore della rete
Quando: 2028

AMBITO II – La città alta

OBIETTIVO II.1 – Salire senz'auto

Azione II.1.a – Scale mobili
Che cosa si fa: si costruiscono tre scale mobili.
Chi la fa: Comune
Quando: 2029
Quanto costa: 11 milioni
"""


def test_codes_levels_and_labels_of_another_city_are_seen_and_the_layout_reads_its_plan() -> None:
    text = HARBOUR.replace(".a –", ".1 –").replace(".b –", ".2 –")
    proposed = propose_layout(text, name="porto")
    assert [(label.label, label.sheets, label.field) for label in proposed.labels] == [
        ("Che cosa si fa", 3, "description"),
        ("Chi la fa", 3, "actors"),
        ("Quando", 3, "quando"),
        ("Quanto costa", 2, "quanto_costa"),
    ]
    data = tomllib.loads(proposed.toml)
    assert data["codes"] == {"letters": "roman"}
    assert proposed.plan is not None
    assert [(axis.number, axis.title) for axis in proposed.plan.axes] == [(1, "Il porto aperto"), (2, "La città alta")]
    assert [(action.code, action.title) for action in proposed.plan.actions] == [
        ("1.1.1", "Passeggiata sul molo"),
        ("1.1.2", "Luci basse"),
        ("2.1.1", "Scale mobili"),
    ]
    first = proposed.plan.actions[0]
    assert first.actors == ("Autorità portuale", "Comune")
    assert first.rows == (OtherRow("Quando", "2027"), OtherRow("Quanto costa", "2 milioni"))


def test_two_levels_with_letters_are_proposed() -> None:
    text = "".join(
        f"Linea {letter} - Nome\n" + "".join(f"{letter}{n} - Titolo\nTesto: uno.\nAttori: Comuni\n" for n in (1, 2, 3))
        for letter in "ABE"
    )
    proposed = propose_layout(text, name="x")
    assert proposed.plan is not None
    assert [action.printed_code for action in proposed.plan.actions] == [
        "A1",
        "A2",
        "A3",
        "B1",
        "B2",
        "B3",
        "E1",
        "E2",
        "E3",
    ]
    assert tomllib.loads(proposed.toml)["codes"] == {"levels": 2, "letters": "alphabet"}


def test_the_invented_plan_is_described_with_all_its_labels() -> None:
    proposed = propose_layout(Printer().print(invented_plan()), name="x")
    assert {"descrizione", "attori", "strumenti e politiche CMTo interattivi"} <= {
        each.label for each in proposed.labels
    }
    assert proposed.plan is not None
    assert [action.title for action in proposed.plan.actions] == [action.title for action in invented_plan().actions]


def test_labels_on_few_sheets_stand_behind_a_sign_and_are_labels_once_it_is_gone() -> None:
    text = "".join(
        f"Linea {axis} - Nome\n"
        + "".join(
            f"Azione {axis}.{n} - Titolo\nDescrizione: una frase.\nAttori: Comuni\n"
            + "Rischi: il fiume.\n" * (n == axis)
            for n in range(1, 9)
        )
        for axis in (1, 2)
    )
    proposed = propose_layout(text, name="x")
    assert [(label.label, label.sheets) for label in proposed.rare] == [("Rischi", 2)]
    assert "Rischi" not in [label.label for label in proposed.labels]
    assert "Rischi" not in str(tomllib.loads(proposed.toml))
    before, _sign, rest = proposed.toml.partition("# Perhaps a label")
    corrected = before + "# Perhaps a label" + rest.replace("\n# ", "\n")
    rows = tomllib.loads(corrected)["row"]
    assert {"field": "rischi", "label": "Rischi", "read": "paragraph"} in rows
    plan = plan_from_text(text, [layout_from_text(corrected)], partial=True)
    assert [action.rows for action in plan.actions if action.rows] == [(OtherRow("Rischi", "il fiume."),)] * 2


@needs_plan
def test_the_plan_of_turin_is_described_from_nothing() -> None:
    assert PLAN is not None
    proposed = propose_layout(PLAN.read_text(encoding="utf-8"), name="torino")
    assert proposed.plan is not None
    assert (len(proposed.plan.axes), len(proposed.plan.strategies), len(proposed.plan.actions)) == (6, 24, 111)
    assert [(label.field, label.sheets >= 109) for label in proposed.labels] == [
        ("description", True),
        ("examples", True),
        ("actors", True),
        ("pnrr", True),
        ("eu_cohesion", True),
        ("eu_programme", True),
        ("own_instruments", True),
        ("higher_instruments", True),
    ]


@pytest.mark.parametrize("text", ["", "Verbale della seduta\n1.1 Premessa\n", "solo parole\n" * 50])
def test_a_document_without_headings_that_come_again_is_refused(text: str) -> None:
    with pytest.raises(ExtractionError) as caught:
        propose_layout(text, name="x")
    assert caught.value.code == "no_headings"


STARTS = ("nell’anno", "dal primo mese", "in tutto", "alla fine", "per sempre", "con i bambini", "senz’auto")


def _sheet(number: int, code: str) -> str:
    start = STARTS[number % 7]
    rows = "\n".join(f"{label}{value.replace('…', start)}" for label, value in ROWS.items())
    return f"Intervento {code} – Ruota numero {number}\n{rows}\n"


ROWS = {
    "Cosa facciamo: ": "si rimette in acqua la ruota del mulino vecchio,\n… torni a girare.",
    "Tempi: ": "2027-2029",
    "Costo stimato: ": "120.000 euro",
    "Indicatori di risultato:\n": "• giorni di apertura della ruota\n…\n• visitatori, divisi per età",
    "Quando ": "2028",
}
CODES = [(letter, line, n) for letter in "ABCDEFG" for line in (1, 2) for n in (1, 2, 3)]


def _lettered() -> str:
    printed = []
    for number, (letter, line, n) in enumerate(CODES):
        printed += [f"AMBITO {letter} – Acque di {letter.lower()}sotto\n"] if (line, n) == (1, 1) else []
        printed += [f"Linea {letter}.{line} – Mulini e canali {line}\n"] if n == 1 else []
        printed.append(_sheet(number, f"{letter}.{line}.{n}"))
    return "\n".join(printed)


def test_codes_of_a_letter_and_numbers_under_a_letter_alone_are_seen() -> None:
    proposed = propose_layout(_lettered(), name="mulini")
    assert tomllib.loads(proposed.toml)["codes"] == {"letters": "alphabet"}
    assert proposed.plan is not None
    assert [(axis.number, axis.title) for axis in proposed.plan.axes] == [
        (n, f"Acque di {letter}sotto") for n, letter in enumerate("abcdefg", 1)
    ]
    assert [action.printed_code for action in proposed.plan.actions] == [
        f"{letter}.{line}.{n}" for letter, line, n in CODES
    ]
    assert all(problem.kind == "outside_sheets" for problem in proposed.plan.problems)


def test_a_row_whose_value_is_mostly_a_list_with_bullets_is_read_item_by_item() -> None:
    proposed = propose_layout(_lettered(), name="mulini")
    assert [(label.label, label.read) for label in proposed.labels] == [
        ("Cosa facciamo", "paragraph"),
        ("Tempi", "paragraph"),
        ("Costo stimato", "paragraph"),
        ("Indicatori di risultato", "lines"),
        ("Quando", "paragraph"),
    ]
    assert proposed.plan is not None
    for number, action in enumerate(proposed.plan.actions):
        start = STARTS[number % 7]
        assert action.description == f"si rimette in acqua la ruota del mulino vecchio, {start} torni a girare."
        assert action.rows[2] == OtherRow(
            "Indicatori di risultato", f"giorni di apertura della ruota {start}\nvisitatori, divisi per età"
        )
        assert action.rows[3] == OtherRow("Quando", "2028")


def _valley(aim: str) -> str:
    sheets = "\n".join(
        f"Scheda {axis}.{n} — Sentiero {n}\nFinalità: si curano i sentieri partendo dagli abi-\n"
        f"tanti e arrivando alla valle.\nCosto: {n} milioni\n"
        for axis in ("I", "II")
        for n in (1, 2)
    )
    first, second = sheets[: sheets.index("Scheda II.1")], sheets[sheets.index("Scheda II.1") :]
    return (
        "Indice\nLINEA I. La valle ........ 3\nLINEA II. Il bosco ........ 7\n\n"
        f"LINEA I. La valle\n{aim}{first}\nLINEA II. Il bosco\n{aim}{second}"
    )


def test_the_aim_under_an_axis_is_seen_and_read() -> None:
    proposed = propose_layout(_valley("La linea vuole una valle più viva.\n\n"), name="valle")
    assert proposed.plan is not None
    assert [axis.purpose for axis in proposed.plan.axes] == ["La linea vuole una valle più viva."] * 2
    assert "axis_aim" not in propose_layout(_valley(""), name="valle").toml


def test_the_rest_of_a_broken_word_is_no_label() -> None:
    proposed = propose_layout(_valley(""), name="valle")
    assert [label.label for label in proposed.labels] == ["Finalità", "Costo"]
