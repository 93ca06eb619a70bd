"""The office's addresses of issues and of reading."""

from django.urls import path

from aumenta.desk.issues import views, views_issue, views_reading

urlpatterns = [
    path("criticita/", views.show_all, name="issues"),
    path("criticita/nuova/", views.new, name="new_issue"),
    path("criticita/storia/", views.history, name="issue_steps"),
    path("criticita/accordo/", views.agreement, name="agreement"),
    path("criticita/accordo.csv", views.agreement_file, name="agreement_file"),
    path("criticita/<int:number>/", views_issue.show, name="issue"),
    path("lettura/", views_reading.show_all, name="readings_of_voices"),
    path("lettura/voci/<int:number>/", views_reading.read_talk, name="read_talk"),
    path("lettura/contributi/<int:number>/", views_reading.read_contribution, name="read_contribution"),
]
