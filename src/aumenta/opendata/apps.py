"""Tells Django about `opendata`."""

from django.apps import AppConfig


class OpendataConfig(AppConfig):
    name = "aumenta.opendata"
    label = "opendata"
    default_auto_field = "django.db.models.BigAutoField"
