"""The style guide: only where DEBUG is on, since it is for those who build pages."""

from django.urls import path

from aumenta.ui import views

app_name = "style_guide"
urlpatterns = [path("guida-stile/", views.style_guide, name="style_guide")]
