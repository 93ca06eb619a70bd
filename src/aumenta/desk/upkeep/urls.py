"""The office's addresses for the installation itself."""

from django.urls import path

from aumenta.desk.upkeep import views

urlpatterns = [
    path("installazione/", views.health, name="health"),
]
