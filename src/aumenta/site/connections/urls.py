"""The public addresses of ties between actions."""

from django.urls import URLPattern, path

from aumenta.site.connections import views

urlpatterns: list[URLPattern] = [
    path("<edition:label>/connessioni/", views.overview, name="connections"),
]
