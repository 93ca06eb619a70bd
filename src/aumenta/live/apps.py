"""Tells Django about `live`."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "aumenta.live"
    label = "live"
    default_auto_field = "django.db.models.BigAutoField"
