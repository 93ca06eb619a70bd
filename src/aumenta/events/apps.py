"""Tells Django about `listening`."""

from django.apps import AppConfig


class ListeningConfig(AppConfig):
    name = "aumenta.listening"
    label = "listening"
    default_auto_field = "django.db.models.BigAutoField"
