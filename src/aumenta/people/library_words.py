"""Sentences of libraries that people read at the sign-in and beside the fields of forms, said in our words.

In Italian theirs have straight apostrophes and other words than ours. What is translated here wins, because this room
stands before those libraries in the settings; a test reads every message of their forms.
"""

from typing import Final

from django.utils.translation import gettext_noop as _

SENTENCES: Final = (
    _("The email address and/or password you specified are not correct."),
    _("The email address is not assigned to any user account."),
    _("An authenticator app is not active."),
    _("Please reauthenticate to safeguard your account."),
    _("You cannot activate two-factor authentication until you have verified your email address."),
    _("You cannot deactivate two-factor authentication."),
    _("You cannot generate recovery codes without having two-factor authentication enabled."),
    _("A new set of Two-Factor Authentication recovery codes has been generated."),
    _("Authentication using an authenticator app is active."),
    _("Activate Authenticator App"),
    _("Deactivate Authenticator App"),
    _("Authenticator secret"),
    _("Confirm Access"),
    _("Enter an authenticator code:"),
    _("Use authenticator app or code"),
    _("You are about to deactivate authenticator app based authentication. Are you sure?"),
    _("Enter a valid time."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    _("Select a valid choice. That choice is not one of the available choices."),
    _("Upload a valid image. The file you uploaded was either not an image or a corrupted image."),
    _("Enter a valid “slug” consisting of Unicode letters, numbers, underscores, or hyphens."),
    _("The inline value did not match the parent instance."),
)
