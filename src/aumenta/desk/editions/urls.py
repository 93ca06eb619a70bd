"""The office's addresses of editions."""

from django.urls import path

from aumenta.desk.editions import views, views_facts

EDITION = "edizioni/<slug:label>/"
urlpatterns = [
    path("edizioni/", views.show_all, name="editions"),
    path(EDITION, views.show, name="edition"),
    path(f"{EDITION}che-cosa-e/", views_facts.facts, name="edition_facts"),
    path(f"{EDITION}apri/", views.open_next, name="open_edition"),
    path(f"{EDITION}congela/", views.seal, name="freeze"),
    path(f"{EDITION}stato/", views.change_state, name="edition_state"),
    path(f"{EDITION}anteprima/", views.preview, name="edition_preview"),
    path(f"{EDITION}continuita/", views.tie, name="continuation"),
    path(f"{EDITION}continuita/togli/", views.untie, name="end_continuation"),
    path(f"{EDITION}aggiungi/", views.add, name="add_sheet"),
    path(f"{EDITION}togli/", views.drop, name="drop_sheet"),
]
