"""`aumenta forget-people`: keep the promise about names by hand; the worker does it every night."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext_noop

from aumenta.events.participants.forget_people import forget_people


class Command(BaseCommand):
    """Deletes what was promised to be deleted by today."""

    help = gettext_noop("Delete the ties between badges and people, and registrations, whose date has come.")

    def handle(self, **options: Any) -> None:
        deleted = forget_people(today=timezone.localdate())
        self.stdout.write(f"{deleted} records about people deleted.")
