"""The public's addresses: the words are Italian in both languages, only the prefix changes."""

from django.urls import URLPattern, URLResolver, include, path, register_converter

from aumenta.site.editorial_urls import urlpatterns as editorial
from aumenta.site.views import compare, connections, find, frameworks, past, plan

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

urlpatterns: list[URLPattern | URLResolver] = [
    path("", plan.home, name="home"),
    *editorial,
    path("territorio/", include("aumenta.site.territory_urls")),
    path("eventi/", include("aumenta.site.event_urls")),
    path("confronto/", compare.start, name="compare"),
    path("confronto/<edition:older>/<edition:newer>/", compare.comparison, name="comparison"),
    path("<edition:label>/", plan.edition, name="edition"),
    path("<edition:label>/assi/<str:code>/", plan.axis, name="axis"),
    path("<edition:label>/strategie/<str:code>/", plan.strategy, name="strategy"),
    path("<edition:label>/azioni/", find.actions, name="actions"),
    path("<edition:label>/azioni.<str:file_format>", find.download, name="actions_file"),
    path("<edition:label>/azioni/<str:code>/", plan.action, name="action"),
    path("<edition:label>/al/", past.days, name="past"),
    path("<edition:label>/al/<str:day>/", past.edition, name="past_edition"),
    path("<edition:label>/al/<str:day>/azioni/<str:code>/", past.action, name="past_action"),
    path("<edition:label>/connessioni/", connections.overview, name="connections"),
    path("<edition:label>/quadri/", frameworks.overview, name="frameworks"),
    path("<edition:label>/quadri/lacune/", frameworks.gaps, name="gaps"),
    path("<edition:label>/quadri/<str:word>/", frameworks.matrix, name="framework"),
]
