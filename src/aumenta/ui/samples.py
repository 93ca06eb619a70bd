"""Sample content of the style guide: invented, so that no page of it can be taken for the plan."""

from typing import ClassVar

from django import forms


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

    field_order: ClassVar[list[str]] = ["title", "note", "axis", "amount", "due", "role", "zones", "agreed", "sheet"]
