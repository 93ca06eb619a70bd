"""Tells Django about `governance`."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "aumenta.governance"
    label = "governance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Bring the words of this room: what the activity log says of its verbs, and what a refusal says."""
        from aumenta.activity.sentences import register_words
        from aumenta.governance.about_person import find_holders
        from aumenta.governance.activity import WORDS
        from aumenta.governance.follow_codes import follow_codes
        from aumenta.governance.refusals import SENTENCES
        from aumenta.people.refusals import register_refusals
        from aumenta.people.subjects import register_finder
        from aumenta.plan.renumbering import register_follower

        register_words(WORDS)
        register_refusals(SENTENCES)
        register_follower(follow_codes)
        register_finder(find_holders)
