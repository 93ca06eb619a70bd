"""Addresses of the regia, the wall and the plenary slides."""

from django.urls import path

from aumenta.live import devices, open_wall, reading, results, suggested_themes, views

pages = [
    path("regia/", views.events, name="regia-events"),
    path("regia/<slug:slug>/", views.tables, name="regia"),
    path("regia/<slug:slug>/temi/", views.themes, name="regia-themes"),
    path("regia/<slug:slug>/temi/stato.json", views.themes_state, name="regia-themes-state"),
    path("regia/<slug:slug>/temi/passo", views.step, name="regia-step"),
    path("regia/<slug:slug>/temi/proposte.json", suggested_themes.state, name="regia-suggested-themes"),
    path("regia/<slug:slug>/temi/proposte", suggested_themes.change, name="regia-propose"),
    path("regia/<slug:slug>/temi/voci/<int:observation>.json", suggested_themes.voice, name="regia-voice"),
    path("regia/<slug:slug>/temi/voci/<int:observation>/strategia", suggested_themes.strategy, name="regia-strategy"),
    path("regia/<slug:slug>/matrice/", reading.matrix, name="regia-matrix"),
    path("regia/<slug:slug>/matrice.<slug:ending>", reading.matrix_file, name="regia-matrix-file"),
    path("regia/<slug:slug>/parole/", reading.words, name="regia-words"),
    path("regia/<slug:slug>/flusso", views.stream, name="regia-stream"),
    path("regia/<slug:slug>/schermo/", views.wall, name="regia-wall"),
    path("regia/<slug:slug>/dispositivi/", devices.devices, name="regia-devices"),
    path("regia/<slug:slug>/dispositivi/<int:device>", devices.look_after, name="regia-device"),
    path("regia/<slug:slug>/tavoli-aperti", devices.keep_open, name="regia-keep-open"),
    path("regia/<slug:slug>/annuncia", views.call, name="regia-call"),
    path("schermo/<str:code>/", open_wall.wall, name="wall"),
    path("schermo/<str:code>/flusso", open_wall.stream, name="wall-stream"),
    path("regia/<slug:slug>/importa", results.import_table_file, name="regia-import"),
    path("regia/<slug:slug>/congela", results.take, name="regia-snapshot"),
    path("regia/<slug:slug>/stati/<int:number>/", results.slides, name="regia-slides"),
]
