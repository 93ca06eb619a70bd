"""The form of the authority's addresses."""

from django import forms

from aumenta.contacts.models import Office


class OfficeForm(forms.ModelForm[Office]):
    """How the authority is reached."""

    class Meta:
        model = Office
        fields = [
            "name_it",
            "name_en",
            "address",
            "tax_code",
            "email",
            "pec",
            "phone",
            "transparency",
            "accessibility",
            "accessibility_contact",
            "socials",
        ]
        widgets = {"socials": forms.Textarea(attrs={"rows": 4})}
