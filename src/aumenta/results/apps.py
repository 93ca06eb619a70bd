"""Tells Django about `results`."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "aumenta.results"
    label = "results"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Bring the words of this room: what the activity log says of its verbs, and what a refusal says."""
        from aumenta.activity.sentences import register_words
        from aumenta.people.erasures import register_erasure
        from aumenta.people.refusals import register_refusals
        from aumenta.people.subjects import register_finder
        from aumenta.results.about_person import find_contributions
        from aumenta.results.activity import CONTRIBUTION_ERASED, OBSERVATION_ERASED, PHOTO_ERASED, WORDS
        from aumenta.results.erase_contribution import erase_contribution_again
        from aumenta.results.erase_observation import erase_observation_again
        from aumenta.results.erase_photo import erase_photo_again
        from aumenta.results.refusals import SENTENCES

        register_words(WORDS)
        register_refusals(SENTENCES)
        register_erasure(OBSERVATION_ERASED, erase_observation_again)
        register_erasure(CONTRIBUTION_ERASED, erase_contribution_again)
        register_erasure(PHOTO_ERASED, erase_photo_again)
        register_finder(find_contributions)
