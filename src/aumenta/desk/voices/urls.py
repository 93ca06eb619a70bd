"""The office's addresses of voices."""

from django.urls import path

from aumenta.desk.voices import views, views_consultations

urlpatterns = [
    path("contributi/", views.show_all, name="contributions"),
    path("contributi/nuovo/", views.add, name="add_contribution"),
    path("contributi/tabella/", views.add_many, name="add_contributions"),
    path("contributi/consiglio/", views.strategy_matches, name="contribution_matches"),
    path("contributi/<int:number>/", views.show, name="contribution"),
    path("consultazioni/", views_consultations.show_all, name="consultations"),
    path("consultazioni/nuova/", views_consultations.new, name="new_consultation"),
    path("consultazioni/<int:number>/", views_consultations.show, name="consultation"),
]
