"""The public addresses of two editions side by side."""

from django.urls import URLPattern, path

from aumenta.site.compare import views

urlpatterns: list[URLPattern] = [
    path("", views.start, name="compare"),
    path("<edition:older>/<edition:newer>/", views.comparison, name="comparison"),
]
