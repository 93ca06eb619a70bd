"""Tells Django about `console`."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "aumenta.console"
    label = "console"
    default_auto_field = "django.db.models.BigAutoField"
