"""The public addresses of the plan against frameworks and funds, and its gaps."""

from django.urls import URLPattern, path

from aumenta.site.frameworks import views

urlpatterns: list[URLPattern] = [
    path("<edition:label>/quadri/", views.overview, name="frameworks"),
    path("<edition:label>/quadri/lacune/", views.gaps, name="gaps"),
    path("<edition:label>/quadri/<str:word>/", views.matrix, name="framework"),
]
