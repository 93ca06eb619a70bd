"""Tells Django about `results`."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "aumenta.results"
    label = "results"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Bring the words of this room: what the activity log says of its verbs."""
        from aumenta.activity.sentences import register_words
        from aumenta.results.activity import WORDS

        register_words(WORDS)
