"""The public addresses of questionnaires."""

from django.urls import URLPattern, path

from aumenta.site.surveys import views

urlpatterns: list[URLPattern] = [
    path("questionari/", views.show_all, name="questionnaires"),
    path("questionari/invito/<str:token>/", views.invited, name="questionnaire_invited"),
    path("questionari/<slug:slug>/", views.show, name="questionnaire"),
    path("questionari/<slug:slug>/grazie/", views.thanks, name="questionnaire_thanks"),
    path("questionari/<slug:slug>/risultati/", views.shown_result, name="questionnaire_results"),
    path("questionari/<slug:slug>/risultati.<str:file_format>", views.results_file, name="questionnaire_results_file"),
]
