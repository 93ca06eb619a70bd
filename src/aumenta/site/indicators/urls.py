"""The public addresses of indicators."""

from django.urls import URLPattern, path

from aumenta.site.indicators import views

urlpatterns: list[URLPattern] = [
    path("<edition:label>/indicatori/", views.dashboard, name="indicators"),
    path("<edition:label>/indicatori/<str:code>/", views.dashboard, name="indicators_of"),
    path("indicatori/<str:code>.<str:file_format>", views.indicator_file, name="indicator_file"),
    path("indicatori/<str:code>/", views.indicator_page, name="indicator"),
]
