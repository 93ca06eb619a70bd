"""The addresses of the search of the whole site."""

from django.urls import URLPattern, path

from aumenta.site.search import views

urlpatterns: list[URLPattern] = [
    path("cerca/", views.search, name="search"),
    path("cerca/suggerimenti/", views.suggestions, name="suggestions"),
]
