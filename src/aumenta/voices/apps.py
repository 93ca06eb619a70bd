"""Tells Django about `voices`."""

from django.apps import AppConfig


class VoicesConfig(AppConfig):
    name = "aumenta.voices"
    label = "voices"
    default_auto_field = "django.db.models.BigAutoField"
