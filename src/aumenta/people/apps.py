"""Tells Django about `people`."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "aumenta.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Bring the words of this room: what the activity log says of its verbs, and what a refusal says."""
        from aumenta.activity.sentences import register_words
        from aumenta.people.about_person import ACCOUNT_FORGOTTEN, find_accounts, forget_account_again
        from aumenta.people.activity import WORDS
        from aumenta.people.erasures import register_erasure
        from aumenta.people.refusals import SENTENCES, register_refusals
        from aumenta.people.subjects import register_finder

        register_words(WORDS)
        register_refusals(SENTENCES)
        register_erasure(ACCOUNT_FORGOTTEN, forget_account_again)
        register_finder(find_accounts)
