"""Tells Django about `contacts`."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "aumenta.contacts"
    label = "contacts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Bring the words of this room: what the activity log says of its verbs."""
        from aumenta.activity.sentences import register_words
        from aumenta.contacts.activity import WORDS

        register_words(WORDS)
