"""Tells Django about `territory`."""

from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "aumenta.territory"
    label = "territory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Bring the words of this room: what a refusal says."""
        from aumenta.people.refusals import register_refusals
        from aumenta.territory.refusals import SENTENCES

        register_refusals(SENTENCES)
