"""Tells Django about `following`."""

from django.apps import AppConfig


class FollowingConfig(AppConfig):
    name = "aumenta.following"
    label = "following"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Bring what this room forgets every night, what its verbs refuse, and what it does where codes change."""
        from aumenta.following.about_person import find_subscriptions
        from aumenta.following.follow import STOPPED, stop_again
        from aumenta.following.follow_codes import follow_codes
        from aumenta.following.forget import forget_subscriptions
        from aumenta.following.refusals import SENTENCES
        from aumenta.people.erasures import register_erasure
        from aumenta.people.forgetting import register_forgetting
        from aumenta.people.refusals import register_refusals
        from aumenta.people.subjects import register_finder
        from aumenta.plan.renumbering import register_follower

        register_refusals(SENTENCES)
        register_forgetting(forget_subscriptions)
        register_follower(follow_codes)
        register_erasure(STOPPED, stop_again)
        register_finder(find_subscriptions)
