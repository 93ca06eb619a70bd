"""The public's addresses, by subject: the words are Italian in both languages, only the prefix changes."""

from django.urls import URLResolver, include, path, register_converter

app_name = "site"


class EditionLabel:
    """Two years with a hyphen, so that no edition can be taken for a page."""

    regex = r"\d{4}-\d{4}"

    def to_python(self, value: str) -> str:
        """The label as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """The label as it stands."""
        return value


register_converter(EditionLabel, "edition")

urlpatterns: list[URLResolver] = [
    path("", include("aumenta.site.files.urls")),
    path("", include("aumenta.site.plan.urls")),
    path("", include("aumenta.site.past.urls")),
    path("", include("aumenta.site.find.urls")),
    path("", include("aumenta.site.search.urls")),
    path("confronto/", include("aumenta.site.compare.urls")),
    path("", include("aumenta.site.connections.urls")),
    path("", include("aumenta.site.frameworks.urls")),
    path("", include("aumenta.site.indicators.urls")),
    path("", include("aumenta.site.monitoring.urls")),
    path("", include("aumenta.site.issues.urls")),
    path("", include("aumenta.site.chain.urls")),
    path("", include("aumenta.site.papers.urls")),
    path("territorio/", include("aumenta.site.territory.urls")),
    path("eventi/", include("aumenta.site.events.urls")),
    path("partecipa/", include("aumenta.site.voices.urls")),
    path("", include("aumenta.site.surveys.urls")),
    path("segui/", include("aumenta.site.following.urls")),
    path("", include("aumenta.site.pages.urls")),
    path("", include("aumenta.site.contacts.urls")),
    path("", include("aumenta.site.governance.urls")),
]
