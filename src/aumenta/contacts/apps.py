"""Tells Django about `contacts`."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "aumenta.contacts"
    label = "contacts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Bring the words of this room, what the activity log says of its verbs, and what it forgets every night."""
        from aumenta.activity.sentences import register_words
        from aumenta.contacts.about_person import find_messages
        from aumenta.contacts.activity import MESSAGE_DELETED, WORDS
        from aumenta.contacts.answer_message import delete_message_again
        from aumenta.contacts.forget_messages import forget_messages
        from aumenta.people.erasures import register_erasure
        from aumenta.people.forgetting import register_forgetting
        from aumenta.people.subjects import register_finder

        register_words(WORDS)
        register_forgetting(forget_messages)
        register_erasure(MESSAGE_DELETED, delete_message_again)
        register_finder(find_messages)
