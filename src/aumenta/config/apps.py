"""Tells Django about `config`, for the commands that set up and serve the whole."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "aumenta.config"
    label = "config"
