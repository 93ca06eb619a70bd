"""Tells Django about `printing`."""

from django.apps import AppConfig


class PrintingConfig(AppConfig):
    name = "aumenta.printing"
    label = "printing"
    default_auto_field = "django.db.models.BigAutoField"
