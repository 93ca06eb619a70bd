"""Sample content of the style guide: invented, so that no page of it can be taken for the plan."""

from django import forms

from aumenta.plan.models import Action, Axis, Strategy
from aumenta.ui.plan_picture import Column, PlanPicture, Row, Square

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


def _row(a: int, s: int, actions: int, lit: set[str] | None) -> Row:
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
    return Row(code, f"/it/2099-2101/strategie/{code}/", Strategy(number=s, title_it=title), whole, squares)


def _title(seed: int, n: int) -> str:
    chosen = [WORDS[(seed * (k + 3) + k * k) % len(WORDS)] for k in range(n)]
    return " ".join(chosen).capitalize()
