"""What somebody who wants to follow tells us: an address, and how often."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aumenta.following.models import Subscription
from aumenta.site.guarded_form import GuardedForm


class FollowForm(GuardedForm):
    """The request. What is followed comes with the address of the page."""

    salt = "site.following.shown"
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We write there first: only the link in that e-mail makes it count."),
    )
    rhythm = forms.ChoiceField(
        label=_("How often do we write?"), choices=Subscription.Rhythm.choices, initial=Subscription.Rhythm.DAILY
    )
    read_notice = forms.BooleanField(
        label=_("I have read how my data are used"),
        error_messages={"required": _("Read the notice on this page and tick the box.")},
    )
