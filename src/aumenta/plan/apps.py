"""Tells Django about `plan`."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "aumenta.plan"
    label = "plan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Bring the words of this room: what the activity log says of its verbs, and what a refusal says."""
        from aumenta.activity.sentences import register_words
        from aumenta.people.refusals import register_refusals
        from aumenta.plan.activity import WORDS
        from aumenta.plan.refusals import SENTENCES

        register_words(WORDS)
        register_refusals(SENTENCES)
