"""The guard of the form of a questionnaire: its questions are read by the core."""

from aumenta.site.guarded_form import GuardedForm


class ReplyForm(GuardedForm):
    """Trap and mark of the time; the questions stand beside it."""

    salt = "site.questionnaire.shown"
