"""Sample content of the style guide: invented, so that no page of it can be taken for the plan."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.timezone import make_aware

from aumenta.core.diff import diff_lists, diff_words
from aumenta.plan.models import Action, Axis, Strategy
from aumenta.ui.parts import FilterGroup, FilterOption, InboxRow, KeyFigure, Stage, Tab
from aumenta.ui.plan_picture import Column, PictureRow, PlanPicture, Square

WORDS = (
    "piazza fiume scuola treno bosco ponte lavoro casa orto museo valle strada acqua sole pane libro neve porto".split()
)


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="Titolo", help_text="Una frase breve, senza sigle.", max_length=120)
    note = forms.CharField(label="Motivo della modifica", widget=forms.Textarea, required=False)
    axis = forms.ChoiceField(label="Asse", choices=[("1", "1. Uno"), ("2", "2. Due")])
    amount = forms.DecimalField(label="Importo in euro", required=False)
    due = forms.DateField(label="Entro il", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    role = forms.ChoiceField(
        label="Ruolo",
        widget=forms.RadioSelect,
        choices=[("primary", "Principale"), ("possible", "Possibile integrazione")],
    )
    zones = forms.MultipleChoiceField(
        label="Zone omogenee",
        widget=forms.CheckboxSelectMultiple,
        choices=[("1", "Zona 1"), ("2", "Zona 2"), ("3", "Zona 3")],
        help_text="Una o più.",
    )
    agreed = forms.BooleanField(label="Ho letto come vengono usati i dati")
    sheet = forms.FileField(label="Allegato", required=False)


def sample_picture(strategies: list[int], actions: int, lit: set[str] | None = None) -> PlanPicture:
    """A plan table: `strategies` says how many each axis has, `actions` how many each strategy has at most."""
    columns = [
        Column(
            axis=Axis(number=a, title_it=_title(a, 2)),
            address=f"/it/2099-2101/assi/{a}/",
            rows=[_row(a, s, actions, lit) for s in range(1, n + 1)],
        )
        for a, n in enumerate(strategies, start=1)
    ]
    squares = [square for column in columns for row in column.rows for square in row.squares]
    return PlanPicture(columns, len(squares), sum(1 for square in squares if square.lit), lit is not None)


def _row(a: int, s: int, actions: int, lit: set[str] | None) -> PictureRow:
    code = f"{a}.{s}"
    n = actions if actions > 9 else 1 + (a * 3 + s * 5) % actions
    squares = [
        Square(
            code=f"{code}.{i}",
            address=f"/it/2099-2101/azioni/{code}.{i}/",
            action=Action(
                number=i, title_it=_title(a * 97 + s * 13 + i * 7, 4), summary_it=_title(s * 31 + i, 9) + "."
            ),
            lit=None if lit is None else f"{code}.{i}" in lit,
        )
        for i in range(1, n + 1)
    ]
    title = _title(a * 5 + s * 11, 4)
    whole = None if lit is None else any(square.lit for square in squares)
    return PictureRow(code, f"/it/2099-2101/strategie/{code}/", Strategy(number=s, title_it=title), whole, squares)


def _title(seed: int, n: int) -> str:
    chosen = [WORDS[(seed * (k + 3) + k * k) % len(WORDS)] for k in range(n)]
    return " ".join(chosen).capitalize()


OLD = "La scuola resta aperta fino alle 17 e accoglie 30 ragazzi del quartiere."
NEW = "La scuola resta aperta fino alle 19 e accoglie ragazzi e anziani del quartiere."


def sample_parts() -> dict[str, Any]:
    """One of each small component's content."""
    return {
        "today": date(2023, 12, 5),
        "axis": Axis(number=2, title_it="Un asse con un titolo abbastanza lungo"),
        "figures": [
            KeyFigure("6", "assi"),
            KeyFigure("111", "azioni", address="/it/"),
            KeyFigure("42,3%", "azioni avviate", note="Rilevazione di dicembre 2023"),
        ],
        "tabs": [Tab("Scheda", "?", here=True), Tab("Storia", "?vista=storia", count=4), Tab("Dati", "?vista=dati")],
        "steps": [
            Stage("Proposta", "done", when=date(2023, 3, 1)),
            Stage("Esame dell'ufficio", "now", note="2 giorni"),
            Stage("Approvazione", "next"),
            Stage("Pubblicazione", "next"),
        ],
        "filter": FilterGroup(
            "asse",
            "Asse",
            [
                FilterOption("1", "Il primo asse", 28, axis=1),
                FilterOption("2", "Il secondo asse, con un titolo lungo", 28, chosen=True, axis=2),
                FilterOption("3", "Il terzo asse", 0, axis=3),
            ],
        ),
        "folded_filter": FilterGroup("ruolo", "Ruolo", [FilterOption("x", "Principale", 3)], kind="radio"),
        "inbox_rows": [
            InboxRow(
                "Cambiare gli attori della scheda",
                "/it/",
                "Anna Rossi, Comune di Esempio",
                make_aware(datetime(2023, 12, 5, 14, 30)),  # noqa: DTZ001 - made aware in the territory's time
                code="2.2.2",
                status="Da esaminare",
                status_kind="accent",
                new=True,
            ),
            InboxRow(
                "Nuovo esempio di riuso", "/it/", "Bruno Bianchi", code="5.1.1", status="Approvata", status_kind="good"
            ),
        ],
        "spans": diff_words(OLD, NEW),
        "changes": diff_lists(
            ["Comune", "Scuola media", "Biblioteca"], ["Scuola media e liceo", "Biblioteca", "Museo"]
        ),
    }
