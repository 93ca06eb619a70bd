"""The public's addresses of acts."""

from django.urls import path

from aumenta.site.governance import machine_files, views, views_coherence, views_duties

urlpatterns = [
    path("scadenze/<str:token>.ics", views_duties.duties, name="duties_by_link"),
    path("coerenza/", views_coherence.instruments, name="instruments"),
    path("coerenza/<int:number>/", views_coherence.instrument, name="instrument"),
    path("coerenza/<int:number>/matrice.<str:file_format>", views_coherence.instrument_file, name="instrument_file"),
    path("atti/", views.register, name="acts"),
    path("atti/sedute/", views.sessions, name="body_sessions"),
    path("atti/atom.xml", views.feed, name="acts_feed"),
    path("atti/sedute.ics", views.calendar, name="acts_calendar"),
    path("atti/elenco.<str:file_format>", machine_files.table, name="acts_file"),
    path("atti/zone/<int:number>/", views.zone, name="zone_acts"),
    path("atti/comuni/<str:code>/", views.municipality, name="municipality_acts"),
    path("atti/<slug:slug>/", views.act, name="act"),
    path("atti/<slug:slug>/allegati/<int:number>/", machine_files.annex, name="act_annex"),
    path("atti/<slug:slug>/popolo.json", machine_files.popolo, name="act_popolo"),
    path("atti/<slug:slug>/akn.xml", machine_files.akoma_ntoso, name="act_akn"),
]
