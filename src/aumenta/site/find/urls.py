"""The public addresses of searching and filtering actions, and taking a selection away."""

from django.urls import URLPattern, path

from aumenta.site.find import views

urlpatterns: list[URLPattern] = [
    path("<edition:label>/azioni/", views.actions, name="actions"),
    path("<edition:label>/azioni.<str:file_format>", views.download, name="actions_file"),
]
