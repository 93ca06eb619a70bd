"""The office's addresses of editions."""

from django.urls import path

from aumenta.desk.editions import views, views_facts, views_load, views_office, views_texts

EDITION = "edizioni/<slug:label>/"
urlpatterns = [
    path("edizioni/", views.show_all, name="editions"),
    # Before the addresses of one edition, whose label could be «carica».
    path("edizioni/carica/", views_load.load, name="load_edition"),
    path("edizioni/carica/letto/", views_load.read, name="read_edition"),
    path(EDITION, views.show, name="edition"),
    path(f"{EDITION}che-cosa-e/", views_facts.facts, name="edition_facts"),
    path(f"{EDITION}testi/", views_texts.chapters, name="chapters"),
    path(f"{EDITION}testi/nuovo/", views_texts.new_chapter, name="new_chapter"),
    path(f"{EDITION}testi/<int:number>/", views_texts.chapter, name="chapter"),
    path(f"{EDITION}obiettivi/", views_texts.proposed_goals, name="proposed_goals"),
    path(f"{EDITION}titoli/", views_texts.proposed_titles, name="proposed_titles"),
    path(f"{EDITION}apri/", views.open_next, name="open_edition"),
    path(f"{EDITION}congela/", views.freeze_edition, name="freeze"),
    path(f"{EDITION}stato/", views.change_state, name="edition_state"),
    path(f"{EDITION}anteprima/", views.preview, name="edition_preview"),
    path(f"{EDITION}rinomina/", views_office.rename, name="rename_edition"),
    path(f"{EDITION}elimina/", views_office.remove, name="remove_edition"),
    path(f"{EDITION}versioni/<int:number>/", views_office.release, name="release"),
    path(f"{EDITION}continuita/", views.tie, name="continuation"),
    path(f"{EDITION}continuita/togli/", views.untie, name="end_continuation"),
    path(f"{EDITION}aggiungi/", views.add, name="add_sheet"),
    path(f"{EDITION}togli/", views.drop, name="drop_sheet"),
]
