"""The machines' addresses: outside the languages, because a file has one meaning."""

from django.urls import URLPattern, path

from aumenta.opendata import places
from aumenta.opendata.api import views as api_views
from aumenta.opendata.catalogue import views as catalogue_views
from aumenta.opendata.package import views as package_views

app_name = "opendata"

urlpatterns: list[URLPattern] = [
    path("luoghi.<str:file_format>", places.download, name="places"),
    path("equilibrio.<str:file_format>", places.balance_file, name="balance"),
    path("confronto.<str:file_format>", places.comparison_file, name="comparison"),
    path("tutto-<str:label>.zip", package_views.package, name="package"),
    path("catalogo.<str:way>", catalogue_views.catalogue, name="catalogue"),
    path("stampati.<str:file_format>", places.printed_file, name="printed"),
]

pages = [
    path("dati-aperti/api/", api_views.documentation, name="api-documentation"),
]
"""What people read, in each language."""
