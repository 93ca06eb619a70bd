"""Tells Django about `territory`."""

from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "aumenta.territory"
    label = "territory"
    default_auto_field = "django.db.models.BigAutoField"
