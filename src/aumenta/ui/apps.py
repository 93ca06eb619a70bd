"""Tells Django about `ui`."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "aumenta.ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What holds for every form: keys that no table has find nothing, days lie in years of ours."""
        import aumenta.ui.keys_in_range  # noqa: F401 - registered by being there
        from aumenta.ui.days_of_ours import check_all_days

        check_all_days()
