"""The office's addresses of processes and events."""

from django.urls import path

from aumenta.desk.events import (
    views,
    views_cancel,
    views_entrance,
    views_erase,
    views_letter,
    views_parts,
    views_people,
    views_reports,
    views_tables,
)

EVENT = "eventi/<slug:slug>/"
urlpatterns = [
    path("eventi/", views.show_all, name="events"),
    path("eventi/nuovo/", views.new, name="new_event"),
    path("eventi/percorsi/nuovo/", views_parts.new_process, name="new_process"),
    path("eventi/percorsi/<slug:slug>/", views_parts.process, name="process"),
    path(EVENT, views.show, name="event"),
    path(f"{EVENT}dati/", views.data, name="event_data"),
    path(f"{EVENT}programma/", views_parts.programme, name="event_programme"),
    path(f"{EVENT}domande/", views_parts.questions, name="event_questions"),
    path(f"{EVENT}tavoli/", views_tables.show_all, name="event_tables"),
    path(f"{EVENT}tavoli/<int:number>/", views_tables.table, name="event_table"),
    path(f"{EVENT}sedi/<int:number>/", views_tables.venue, name="event_venue"),
    path(f"{EVENT}iscritti/", views_people.show_all, name="event_people"),
    path(f"{EVENT}iscritti/<int:number>/", views_people.show, name="event_person"),
    path(f"{EVENT}scrivi/", views_letter.write, name="event_letter"),
    path(f"{EVENT}ingresso/", views_entrance.show, name="event_entrance"),
    path(f"{EVENT}schermi/", views_entrance.wall, name="event_wall"),
    path(f"{EVENT}stampe/", views_tables.prints, name="event_prints"),
    path(f"{EVENT}report/", views_reports.show, name="event_reports"),
    path(f"{EVENT}report/esegui/", views_reports.act, name="event_reports_act"),
    path(f"{EVENT}report/<slug:zone>/", views_reports.text, name="event_report_text"),
    path(f"{EVENT}cancella/", views_erase.erase, name="event_erase"),
    path(f"{EVENT}annulla/", views_cancel.cancel, name="cancel_event"),
    path(f"{EVENT}copia/", views.copy, name="copy_event"),
    path(f"{EVENT}anteprima/", views.preview, name="event_preview"),
    path(f"{EVENT}pubblica/", views.change_public, name="publish_event"),
]
