"""Tells Django about `results`."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "aumenta.results"
    label = "results"
    default_auto_field = "django.db.models.BigAutoField"
