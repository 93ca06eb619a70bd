"""Tells Django about `review`."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "aumenta.review"
    label = "review"
    default_auto_field = "django.db.models.BigAutoField"
