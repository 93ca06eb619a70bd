"""The office's addresses of indicators and readings."""

from django.urls import path

from aumenta.desk.monitoring import views_indicators, views_readings

urlpatterns = [
    path("indicatori/", views_indicators.show_all, name="indicators"),
    path("indicatori/nuovo/", views_indicators.new, name="new_indicator"),
    path("indicatori/estremi/", views_indicators.goalposts, name="goalposts"),
    path("indicatori/<str:code>/", views_indicators.show, name="indicator"),
    path("indicatori/<str:code>/scheda/", views_indicators.card, name="indicator_card"),
    path("rilevazioni/", views_readings.files, name="readings_files"),
    path("rilevazioni/modello/<str:code>.<str:kind>", views_readings.template, name="readings_template"),
    path("rilevazioni/file/<int:number>/", views_readings.file, name="readings_file"),
    path("rilevazioni/<int:number>/", views_readings.correct, name="correct_reading"),
]
