"""The page on accessibility, which every door's foot leads to, and the pictures that links to pages show elsewhere."""

from django.urls import path

from aumenta.ui import views

app_name = "ui"
urlpatterns = [
    path("accessibilita/", views.accessibility, name="accessibility"),
    path("figure/<str:token>.png", views.preview, name="preview"),
]
