"""What the office fills in to teach the search everyday words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aumenta.plan.models import SearchSynonym


class WordsForm(forms.Form):
    """Words that people write, and what they mean in the words of the plan."""

    written = forms.CharField(
        label=_("What people write"),
        max_length=1000,
        help_text=_("Several with a semicolon between them: pullman; corriera; bus."),
    )
    meaning = forms.CharField(
        label=_("What it means in the plan"),
        max_length=1000,
        help_text=_(
            "The closest first, with a semicolon between them. A framework or an item of it begins with @, such as "
            "@pnrr or @pnrr/m4. A dash alone (-) says that the plan does not deal with it."
        ),
    )
    language = forms.ChoiceField(label=_("Language"), choices=SearchSynonym.Language)
