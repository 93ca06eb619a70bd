"""The office's addresses of indicators and readings."""

from django.urls import path

from aumenta.desk.monitoring import (
    views_actions,
    views_calendar,
    views_indicators,
    views_objectives,
    views_own_projects,
    views_projects,
    views_readings,
    views_reports,
)

urlpatterns = [
    path("indicatori/", views_indicators.show_all, name="indicators"),
    path("indicatori/nuovo/", views_indicators.new, name="new_indicator"),
    path("indicatori/nuova-edizione/", views_indicators.carried, name="carry_over"),
    path("indicatori/estremi/", views_indicators.goalposts, name="goalposts"),
    path("indicatori/<str:code>/", views_indicators.show, name="indicator"),
    path("indicatori/<str:code>/scheda/", views_indicators.card, name="indicator_card"),
    path("indicatori/<str:code>/rilevazione/", views_readings.enter, name="enter_reading"),
    path("rilevazioni/", views_readings.files, name="readings_files"),
    path("rilevazioni/modello/<str:code>.<str:kind>", views_readings.template, name="readings_template"),
    path("rilevazioni/file/<int:number>/", views_readings.file, name="readings_file"),
    path("attuazione/", views_actions.show_all, name="progress_list"),
    path("attuazione/parole/", views_calendar.states, name="action_states"),
    path("attuazione/parole/<slug:slug>/", views_calendar.state, name="action_state"),
    path("attuazione/richieste/", views_calendar.rounds, name="rounds"),
    path("attuazione/aggiornamenti/<int:number>/", views_actions.update, name="progress_update"),
    path("attuazione/tappe/<int:number>/", views_actions.milestone, name="milestone"),
    path("attuazione/<slug:label>/<str:code>/", views_actions.action, name="report_progress"),
    path("obiettivi/", views_objectives.show_all, name="objectives"),
    path("obiettivi/<int:number>/", views_objectives.objective, name="objective"),
    path("progetti/", views_projects.show_all, name="projects"),
    path("progetti/modello.<str:kind>", views_projects.template, name="projects_template"),
    path("progetti/file/<int:number>/", views_projects.file, name="projects_file"),
    path("progetti/nuovo/", views_own_projects.new, name="new_project"),
    path("progetti/<int:number>/", views_projects.project, name="project"),
    path("progetti/<int:number>/modifica/", views_own_projects.change, name="change_project"),
    path("relazioni/", views_reports.reports, name="yearly_reports"),
    path("relazioni/<int:number>/", views_reports.report, name="yearly_report"),
    path("relazioni/<int:number>/<str:code>/", views_reports.report_text, name="report_text"),
    path("rilevazioni/<int:number>/", views_readings.correct, name="correct_reading"),
]
