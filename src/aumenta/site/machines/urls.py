"""The addresses that search engines ask for, outside every language."""

from django.urls import path

from aumenta.site.machines import views

urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security, name="security_txt"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("status", views.alive, name="status"),
    path("status/ready", views.ready, name="status_ready"),
]
