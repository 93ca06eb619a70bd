"""Tells Django about `voices`."""

from django.apps import AppConfig


class VoicesConfig(AppConfig):
    name = "aumenta.voices"
    label = "voices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Bring the words of this room: what the activity log says of its verbs, what a refusal says, and what it
        forgets every night."""
        from aumenta.activity.sentences import register_words
        from aumenta.people.erasures import register_erasure
        from aumenta.people.forgetting import register_forgetting
        from aumenta.people.refusals import register_refusals
        from aumenta.people.subjects import register_finder
        from aumenta.plan.renumbering import register_follower
        from aumenta.voices.activity import SPEAKER_ERASED, WORDS
        from aumenta.voices.contributions.forget_senders import forget_attachments, forget_senders
        from aumenta.voices.follow_codes import follow_codes
        from aumenta.voices.refusals import SENTENCES
        from aumenta.voices.talks.about_person import find_speakers
        from aumenta.voices.talks.keep_talks import erase_speaker_again
        from aumenta.voices.talks.transcripts import forget_talks

        register_words(WORDS)
        register_refusals(SENTENCES)
        register_follower(follow_codes)
        register_forgetting(forget_senders)
        register_forgetting(forget_attachments)
        register_forgetting(forget_talks)
        register_erasure(SPEAKER_ERASED, erase_speaker_again)
        register_finder(find_speakers)
