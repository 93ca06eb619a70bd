"""Tells Django about `themes`."""

from django.apps import AppConfig


class ThemesConfig(AppConfig):
    name = "aumenta.themes"
    label = "themes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Bring the words of this room: what the activity log says of its verbs, and what a refusal says."""
        from aumenta.activity.sentences import register_words
        from aumenta.people.refusals import register_refusals
        from aumenta.themes.activity import WORDS
        from aumenta.themes.refusals import SENTENCES

        register_words(WORDS)
        register_refusals(SENTENCES)
