"""Tells Django about `monitoring`."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "aumenta.monitoring"
    label = "monitoring"
    default_auto_field = "django.db.models.BigAutoField"
