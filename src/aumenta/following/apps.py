"""Tells Django about `following`."""

from django.apps import AppConfig


class FollowingConfig(AppConfig):
    name = "aumenta.following"
    label = "following"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Bring what this room forgets every night, and what its verbs refuse."""
        from aumenta.following.forget import forget_subscriptions
        from aumenta.following.refusals import SENTENCES
        from aumenta.people.forgetting import register_forgetting
        from aumenta.people.refusals import register_refusals

        register_refusals(SENTENCES)
        register_forgetting(forget_subscriptions)
