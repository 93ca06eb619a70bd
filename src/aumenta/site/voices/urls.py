"""The public addresses of taking part in writing."""

from django.urls import URLPattern, path

from aumenta.site.voices import views, views_answers

urlpatterns: list[URLPattern] = [
    path("", views.show_all, name="consultations"),
    path("segui/", views.follow, name="follow_contribution"),
    path("ricevuta/<str:token>/", views.receipt, name="contribution_receipt"),
    path("contributi/<int:year>/<int:number>/", views_answers.contribution, name="contribution"),
    path("<slug:slug>/risposte/", views_answers.answers, name="answers"),
    path("<slug:slug>/contributi/", views_answers.contributions, name="contributions"),
    path("<slug:slug>/", views.show, name="consultation"),
]
