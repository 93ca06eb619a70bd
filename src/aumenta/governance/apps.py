"""Tells Django about `governance`."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "aumenta.governance"
    label = "governance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Bring the words of this room: what the activity log says of its verbs, and what a refusal says."""
        from aumenta.activity.sentences import register_words
        from aumenta.governance.activity import WORDS
        from aumenta.governance.refusals import SENTENCES
        from aumenta.people.refusals import register_refusals

        register_words(WORDS)
        register_refusals(SENTENCES)
