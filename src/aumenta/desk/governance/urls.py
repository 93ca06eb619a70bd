"""The office's addresses for bodies, mandates and rules, acts, sessions and votes."""

from django.urls import path

from aumenta.desk.governance import (
    post_instrument,
    views_acts,
    views_bodies,
    views_coherence,
    views_duties,
    views_minutes,
    views_observations,
    views_papers,
    views_sessions,
    views_votes,
)

urlpatterns = [
    path("scadenze/", views_duties.duties, name="duties"),
    path("scadenze.ics", views_duties.calendar, name="duties_calendar"),
    path("organi/", views_bodies.show_all, name="bodies"),
    path("organi/regole/<int:number>/", views_bodies.rule, name="body_rule"),
    path("organi/mandati/<int:number>/fine/", views_bodies.end, name="end_mandate"),
    path("organi/comuni/<str:code>/", views_bodies.municipality, name="municipal_offices"),
    path("organi/comuni/cariche/<int:number>/fine/", views_bodies.end_municipal, name="end_office"),
    path("atti/", views_acts.register, name="acts_register"),
    path("atti/nuovo/", views_acts.new, name="new_act"),
    path("atti/<slug:slug>/", views_acts.act, name="act"),
    path("atti/<slug:slug>/bozza.odt", views_papers.act_draft, name="act_draft"),
    path("atti/<slug:slug>/allegati/", views_papers.add, name="add_annex"),
    path("allegati/<int:number>/togli/", views_papers.drop, name="drop_annex"),
    path("pareri/<int:number>/bozza.odt", views_papers.opinion_draft, name="opinion_draft"),
    path("osservazioni/", views_observations.observations, name="observations"),
    path("coerenza/", views_coherence.instruments, name="instruments"),
    path("coerenza/<int:number>/voci.<str:file_format>", post_instrument.items_file, name="items_of_instrument"),
    path("coerenza/<int:number>/", views_coherence.instrument, name="instrument"),
    path(
        "coerenza/<int:number>/<str:label>/matrice.<str:file_format>",
        post_instrument.matrix_file,
        name="matrix_of_instrument",
    ),
    path("coerenza/<int:number>/<str:label>/<str:code>/", views_coherence.judged, name="judged"),
    path("sedute/", views_sessions.sessions, name="body_sessions"),
    path("sedute/<int:number>/", views_sessions.session, name="body_session"),
    path("sedute/<int:number>/presenze/", views_sessions.attendance, name="body_attendance"),
    path("sedute/<int:number>/modifica/", views_sessions.change, name="change_session"),
    path("sedute/<int:number>/<str:kind>.odt", views_papers.session_draft, name="session_draft"),
    path("verbali/", views_minutes.minutes, name="minutes"),
    path("votazioni/<int:number>/", views_votes.vote, name="body_vote"),
    path("organi/<slug:slug>/", views_bodies.body, name="body"),
]
