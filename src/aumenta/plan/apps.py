"""Tells Django about `plan`."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "aumenta.plan"
    label = "plan"
    default_auto_field = "django.db.models.BigAutoField"
