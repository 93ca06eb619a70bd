"""Tells Django about `events`."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "aumenta.events"
    label = "events"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Bring the words of this room: what the activity log says of its verbs, and what a refusal says."""
        from aumenta.activity.sentences import register_words
        from aumenta.events.activity import PARTICIPANT_WITHDRAWN, WORDS
        from aumenta.events.participants.about_person import NAMED, find_participants, take_name_out_again
        from aumenta.events.participants.register import withdraw_again
        from aumenta.events.refusals import SENTENCES
        from aumenta.people.erasures import register_erasure
        from aumenta.people.refusals import register_refusals
        from aumenta.people.subjects import register_finder

        register_words(WORDS)
        register_refusals(SENTENCES)
        register_erasure(PARTICIPANT_WITHDRAWN, withdraw_again)
        register_erasure(NAMED, take_name_out_again)
        register_finder(find_participants)
