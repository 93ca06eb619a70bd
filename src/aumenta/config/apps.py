"""Tells Django about `config`, for the commands that set up and serve the whole."""

from django.apps import AppConfig
from django.core.checks import register

from aumenta.config.administration import open_administration
from aumenta.config.backups.unfinished import check_restore
from aumenta.config.checks import check_public_address


class ConfigConfig(AppConfig):
    name = "aumenta.config"
    label = "config"

    def ready(self) -> None:
        """Have the installation checked by every command that checks, and let superusers look at the rooms."""
        register(check_public_address)
        register(check_restore)
        open_administration()
