"""Tells Django about `ui`."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "aumenta.ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What holds for every form: keys that no table has find nothing, days lie in years of ours. And while DEBUG is
        on, an address with nothing behind it gets the page that everybody gets elsewhere: who tries Aumenta out is no
        developer, and Django's list of addresses says nothing to her."""
        from django.views import debug

        import aumenta.ui.guards.keys_in_range  # noqa: F401 - registered by being there
        from aumenta.ui.guards.days_of_ours import check_all_days
        from aumenta.ui.not_found import not_found

        check_all_days()
        debug.technical_404_response = not_found
