"""Tells Django about `monitoring`."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "aumenta.monitoring"
    label = "monitoring"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Bring the words of this room: what the activity log says of its verbs, and what a refusal says."""
        from aumenta.activity.sentences import register_words
        from aumenta.monitoring.activity import WORDS
        from aumenta.monitoring.refusals import SENTENCES
        from aumenta.people.refusals import register_refusals

        register_words(WORDS)
        register_refusals(SENTENCES)
