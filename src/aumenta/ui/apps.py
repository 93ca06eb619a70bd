"""Tells Django about `ui`."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "aumenta.ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"
