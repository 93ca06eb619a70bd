"""The public addresses of following, all under /segui/."""

from django.urls import URLPattern, path

from aumenta.site.following import views

urlpatterns: list[URLPattern] = [
    path("", views.follow, name="follow"),
    path("inviata/", views.follow_sent, name="follow_sent"),
    path("<str:token>/", views.my_following, name="my_following"),
    path("<str:token>/stop/", views.stop_at_once, name="stop_following"),
]
