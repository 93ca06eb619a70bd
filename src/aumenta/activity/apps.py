"""Tells Django about `activity`."""

from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "aumenta.activity"
    label = "activity"
    default_auto_field = "django.db.models.BigAutoField"
