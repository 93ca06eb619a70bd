"""Tells Django about `people`."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "aumenta.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
