"""Tells Django about `review`."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "aumenta.review"
    label = "review"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Bring the words of this room: what the activity log says of its verbs, and what a refusal says."""
        from aumenta.activity.sentences import register_words
        from aumenta.people.erasures import register_erasure
        from aumenta.people.forgetting import register_forgetting
        from aumenta.people.refusals import register_refusals
        from aumenta.review.activity import COMMENT_ERASED, WORDS
        from aumenta.review.comments.erase_comment import erase_comment_again
        from aumenta.review.frame.removed import forget_removed
        from aumenta.review.refusals import SENTENCES

        register_words(WORDS)
        register_refusals(SENTENCES)
        register_forgetting(forget_removed)
        register_erasure(COMMENT_ERASED, erase_comment_again)
