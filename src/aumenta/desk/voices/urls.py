"""The office's addresses of voices."""

from django.urls import path

from aumenta.desk.voices import views, views_answers, views_attachments, views_consultations, views_talks

urlpatterns = [
    path("contributi/", views.show_all, name="contributions"),
    path("contributi/nuovo/", views.add, name="add_contribution"),
    path("contributi/tabella/", views.add_many, name="add_contributions"),
    path("contributi/consiglio/", views.strategy_matches, name="contribution_matches"),
    path("contributi/<int:number>/", views.show, name="contribution"),
    path("contributi/<int:number>/allegati/<int:position>/", views_attachments.show, name="attachment"),
    path(
        "contributi/<int:number>/allegati/<int:position>/figura/", views_attachments.picture, name="attachment_picture"
    ),
    path("consultazioni/", views_consultations.show_all, name="consultations"),
    path("consultazioni/nuova/", views_consultations.new, name="new_consultation"),
    path("consultazioni/<int:number>/", views_consultations.show, name="consultation"),
    path("consultazioni/<int:number>/risposte/", views_answers.queue, name="answers"),
    path("consultazioni/<int:number>/risposte/pubblica/", views_answers.publish, name="publish_answers"),
    path("consultazioni/<int:number>/risposte/nuova/", views_answers.new, name="new_answer"),
    path("voci/", views_talks.show_all, name="talks"),
    path("voci/nuova/", views_talks.new, name="new_talk"),
    path("voci/<int:number>/", views_talks.show, name="talk"),
    path("voci/<int:number>/trascrizione/", views_talks.transcript, name="transcript"),
    path("risposte/<int:number>/", views_answers.show, name="answer"),
]
