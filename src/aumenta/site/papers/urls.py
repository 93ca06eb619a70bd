"""The public addresses of position papers."""

from django.urls import URLPattern, path

from aumenta.site.papers import views

urlpatterns: list[URLPattern] = [
    path("<edition:label>/documenti/", views.papers, name="papers"),
    path("<edition:label>/documenti/<int:paper>/<int:number>/", views.version, name="paper_version"),
    path("<edition:label>/documenti/<int:paper>/<int:number>/cambiamenti/", views.changes, name="paper_changes"),
]
