"""Tells Django about `pages`."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "aumenta.pages"
    label = "pages"
    default_auto_field = "django.db.models.BigAutoField"
