"""The public addresses of the chain."""

from django.urls import URLPattern, path

from aumenta.site.chain import views

urlpatterns: list[URLPattern] = [
    path("<edition:label>/catena/", views.chain, name="chain"),
    path("<edition:label>/catena.json", views.chain_json, name="chain_json"),
    path("<edition:label>/catena.prov.json", views.chain_prov, name="chain_prov"),
]
