"""Tells Django about `analyst`, for its commands that need the database and for its translations."""

from django.apps import AppConfig


class AnalystConfig(AppConfig):
    name = "aumenta.analyst"
    label = "analyst"
