"""Tells Django about `events`."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "aumenta.events"
    label = "events"
    default_auto_field = "django.db.models.BigAutoField"
