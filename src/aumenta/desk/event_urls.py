"""The office's addresses of processes and events."""

from django.urls import path

from aumenta.desk.views import events, events_parts, events_people, events_reports, events_tables

EVENT = "eventi/<slug:slug>/"
event_patterns = [
    path("eventi/", events.show_all, name="events"),
    path("eventi/nuovo/", events.new, name="new_event"),
    path("eventi/percorsi/nuovo/", events_parts.new_process, name="new_process"),
    path("eventi/percorsi/<slug:slug>/", events_parts.process, name="process"),
    path(EVENT, events.show, name="event"),
    path(f"{EVENT}dati/", events.data, name="event_data"),
    path(f"{EVENT}programma/", events_parts.programme, name="event_programme"),
    path(f"{EVENT}domande/", events_parts.questions, name="event_questions"),
    path(f"{EVENT}tavoli/", events_tables.show_all, name="event_tables"),
    path(f"{EVENT}tavoli/<int:number>/", events_tables.table, name="event_table"),
    path(f"{EVENT}sedi/<int:number>/", events_tables.venue, name="event_venue"),
    path(f"{EVENT}iscritti/", events_people.show_all, name="event_people"),
    path(f"{EVENT}iscritti/<int:number>/", events_people.show, name="event_person"),
    path(f"{EVENT}stampe/", events_tables.prints, name="event_prints"),
    path(f"{EVENT}report/", events_reports.show, name="event_reports"),
    path(f"{EVENT}report/esegui/", events_reports.act, name="event_reports_act"),
    path(f"{EVENT}report/<slug:zone>/", events_reports.text, name="event_report_text"),
    path(f"{EVENT}copia/", events.copy, name="copy_event"),
    path(f"{EVENT}pubblica/", events.change_public, name="publish_event"),
]
