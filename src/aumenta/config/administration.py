"""The stock administration: a superuser looks at every row of the rooms, and changes none past the verbs.

Who is at which table, how to reach somebody and what opens a table is not shown here either: nobody needs it to find
a fault, and it would outlive its date of deletion in somebody's memory.
"""

from typing import Any, Final

from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

ROOMS: Final = (
    "activity",
    "people",
    "mailing",
    "territory",
    "plan",
    "review",
    "pages",
    "events",
    "voices",
    "contacts",
    "themes",
    "results",
    "monitoring",
    "governance",
)
PERSONAL: Final = {
    "events.Registration",
    "events.RegistrationMailAttempt",
    "events.BadgeHolder",
    "events.Badge",
    "people.Attempt",
    "voices.Contribution",
    "voices.Claim",
    "voices.Consent",
    "voices.SentTranscript",
    "surveys.Invitation",
    "surveys.QuestionnaireVersion",
    "surveys.Reply",
    "voices.Passage",
    "voices.SecondReading",
    "voices.Speaker",
    "voices.Statement",
    "voices.Talk",
    "voices.ContributionSender",
    "voices.ContributionAttachment",
    "voices.ContributionMailAttempt",
    "contacts.Message",
    "contacts.MessageMailAttempt",
    "themes.Coding",
    "themes.Issue",
    "themes.IssueAction",
    "themes.IssueMatrix",
    "themes.IssueStep",
    "themes.Paper",
    "themes.PaperComment",
    "themes.PaperPart",
    "themes.PaperSource",
    "themes.PaperVersion",
    "themes.ContributionSource",
    "results.Delivery",
    "results.DeliveryAttempt",
}
SECRET: Final = {
    "people.User": ("password",),
    "events.Table": ("pin", "code", "export_key"),
    "events.TableDevice": ("secret_digest",),
}


class Looking(admin.ModelAdmin[Any]):
    """A superuser may look, nobody may write."""

    list_per_page = 50
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(getattr(request.user, "is_superuser", False))

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


def open_administration() -> None:
    """Show every model of the rooms that is not personal, each without its secrets; and nothing of other packages.

    Those bring pages of their own, in which one-time-code secrets can be read, and accounts and gateways be written.
    """
    for model in list(admin.site._registry):
        admin.site.unregister(model)
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            label = model._meta.label
            if label not in PERSONAL:
                admin.site.register(model, type("Looking", (Looking,), {"exclude": SECRET.get(label, ())}))
