"""Tells Django about `themes`."""

from django.apps import AppConfig


class ThemesConfig(AppConfig):
    name = "aumenta.themes"
    label = "themes"
    default_auto_field = "django.db.models.BigAutoField"
