"""The office's addresses of questionnaires."""

from django.urls import path

from aumenta.desk.surveys import views, views_paper, views_questions, views_replies

urlpatterns = [
    path("questionari/", views.show_all, name="questionnaires"),
    path("questionari/nuovo/", views.new, name="new_questionnaire"),
    path("questionari/<int:number>/", views.show, name="questionnaire"),
    path("questionari/<int:number>/domande/", views_questions.show, name="questionnaire_questions"),
    path("questionari/<int:number>/domande/<int:position>/", views_questions.change, name="questionnaire_question"),
    path("questionari/<int:number>/carta/", views_paper.enter, name="questionnaire_paper"),
    path("questionari/<int:number>/carta/<int:reply>/", views_paper.mend, name="questionnaire_paper_reply"),
    path("questionari/<int:number>/inviti.csv", views_replies.invitations_file, name="questionnaire_invitations"),
    path(
        "questionari/<int:number>/risposte.<str:file_format>", views_replies.replies_file, name="questionnaire_replies"
    ),
]
