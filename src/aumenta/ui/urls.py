"""The page on accessibility, which every door's foot leads to."""

from django.urls import path

from aumenta.ui import views

app_name = "ui"
urlpatterns = [path("accessibilita/", views.accessibility, name="accessibility")]
