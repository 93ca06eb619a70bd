"""Tells Django about `site`."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "aumenta.site"
    label = "site"
    default_auto_field = "django.db.models.BigAutoField"
