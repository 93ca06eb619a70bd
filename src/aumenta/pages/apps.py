"""Tells Django about `pages`."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "aumenta.pages"
    label = "pages"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Bring the words of this room: what the activity log says of its verbs, and what a refusal says."""
        from aumenta.activity.sentences import register_words
        from aumenta.pages.activity import WORDS
        from aumenta.pages.refusals import SENTENCES
        from aumenta.people.refusals import register_refusals

        register_words(WORDS)
        register_refusals(SENTENCES)
