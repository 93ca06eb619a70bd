"""The addresses of the interface, outside of every language; its page for readers is in each."""

from django.urls import URLPattern, path

from aumenta.opendata.api import views
from aumenta.opendata.api.entry import entry
from aumenta.opendata.api.operation_views import operation_paths

app_name = "api"

urlpatterns: list[URLPattern] = [
    path("", entry(views.root), name="root"),
    path("status", entry(views.status), name="status"),
    path("openapi.json", entry(views.openapi), name="openapi"),
    *operation_paths(),
    path("<path:rest>", entry(views.nowhere), name="nowhere"),
]
