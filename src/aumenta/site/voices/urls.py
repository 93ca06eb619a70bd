"""The public addresses of taking part in writing."""

from django.urls import URLPattern, path

from aumenta.site.voices import views

urlpatterns: list[URLPattern] = [
    path("", views.show_all, name="consultations"),
    path("segui/", views.follow, name="follow_contribution"),
    path("ricevuta/<str:token>/", views.receipt, name="contribution_receipt"),
    path("<slug:slug>/", views.show, name="consultation"),
]
