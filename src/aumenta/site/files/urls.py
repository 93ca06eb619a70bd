"""The addresses of the files of the public site, and of the page that lists them."""

from django.urls import URLPattern, path

from aumenta.site.files import views

urlpatterns: list[URLPattern] = [
    path("dati-aperti/", views.open_data, name="open_data"),
    path("dati-aperti/dizionario.<str:file_format>", views.dictionary_file, name="dictionary_file"),
    path("<edition:label>/connessioni.<str:file_format>", views.connections_file, name="connections_file"),
    path("<edition:label>/quadri/<str:word>.<str:file_format>", views.matrix_file, name="matrix_file"),
    path("confronto/<edition:older>/<edition:newer>.<str:file_format>", views.comparison_file, name="comparison_file"),
    path("eventi/<slug:slug>/esiti.<str:file_format>", views.votes_file, name="votes_file"),
    path("eventi/<slug:slug>/temi.<str:file_format>", views.themes_file, name="themes_file"),
]
