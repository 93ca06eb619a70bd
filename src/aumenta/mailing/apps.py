"""Tells Django about `mailing`."""

from django.apps import AppConfig


class MailingConfig(AppConfig):
    name = "aumenta.mailing"
    label = "mailing"
    default_auto_field = "django.db.models.BigAutoField"
