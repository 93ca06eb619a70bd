"""The office's addresses of inbox."""

from django.urls import path

from aumenta.desk.inbox import views, views_log

urlpatterns = [
    path("", views.show, name="inbox"),
    path("registro/", views_log.show, name="log"),
    path("registro/esporta/", views_log.export, name="log_export"),
]
