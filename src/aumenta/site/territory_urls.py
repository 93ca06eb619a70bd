"""The addresses of the territory, all under /territorio/."""

from django.urls import URLPattern, path

from aumenta.site.views import places, territory

urlpatterns: list[URLPattern] = [
    path("", territory.overview, name="territory"),
    path("mappa/", territory.figure_map, name="territory_map"),
    path("equilibrio/", territory.balance_page, name="balance"),
    path("azioni/", territory.reach, name="territory_reach"),
    path("confronto/", places.compare, name="places_compared"),
    path("zone/", places.zones, name="zones"),
    path("zone/<str:number>/", places.zone, name="zone"),
    path("fasce/<str:slug>/", places.belt, name="belt"),
    path("comuni/", places.municipalities, name="municipalities"),
    path("comuni/<str:code>/", places.municipality, name="municipality"),
]
