"""The addresses of the territory, all under /territorio/."""

from django.urls import URLPattern, path

from aumenta.site.territory import views, views_feeds, views_places

urlpatterns: list[URLPattern] = [
    path("", views.overview, name="territory"),
    path("mappa/", views.figure_map, name="territory_map"),
    path("equilibrio/", views.balance_page, name="balance"),
    path("azioni/", views.reach, name="territory_reach"),
    path("confronto/", views_places.compare, name="places_compared"),
    path("zone/", views_places.zones, name="zones"),
    path("zone/<str:number>/", views_places.zone, name="zone"),
    path("fasce/<str:slug>/", views_places.belt, name="belt"),
    path("comuni/", views_places.municipalities, name="municipalities"),
    path("comuni/<str:code>/atom.xml", views_feeds.municipality_feed, name="municipality_feed"),
    path("zone/<str:number>/atom.xml", views_feeds.zone_feed, name="zone_feed"),
    path("comuni/<str:code>/", views_places.municipality, name="municipality"),
]
