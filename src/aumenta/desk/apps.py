"""Tells Django about `desk`."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "aumenta.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"
