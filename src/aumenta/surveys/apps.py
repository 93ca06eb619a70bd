"""Tells Django about `surveys`."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "aumenta.surveys"
    label = "surveys"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Bring the words of this room: what the activity log says of its verbs, and what a refusal says."""
        from aumenta.activity.sentences import register_words
        from aumenta.people.refusals import register_refusals
        from aumenta.surveys.activity import WORDS
        from aumenta.surveys.refusals import SENTENCES

        register_words(WORDS)
        register_refusals(SENTENCES)
