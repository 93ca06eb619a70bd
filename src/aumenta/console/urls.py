"""Addresses of the table console: the page and its worker in both languages, the exchange in none."""

from django.urls import path

from aumenta.console import views

pages = [
    path("tavolo/", views.shell, name="console"),
    path("tavolo/lavoro.js", views.worker, name="console-worker"),
    path("tavolo/manifest.webmanifest", views.manifest, name="console-manifest"),
]
exchange = [
    path("api/tavolo/apri", views.open_from_device, name="console-open"),
    path("api/tavolo/scheda", views.settings_for_device, name="console-settings"),
    path("api/tavolo/scambio", views.exchange, name="console-exchange"),
    path("api/tavolo/lascia", views.leave, name="console-leave"),
    path("api/tavolo/foto/<uuid:photo>", views.photo, name="console-photo"),
]
