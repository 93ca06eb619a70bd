"""The office's addresses."""

from django.urls import path

from aumenta.desk.event_urls import event_patterns
from aumenta.desk.page_urls import page_patterns
from aumenta.desk.views import (
    at_scale,
    contributions,
    editions,
    inbox,
    log,
    names,
    people,
    places,
    proposals,
    sheet,
    sheets,
    versions,
)

app_name = "desk"
SHEET = "schede/<slug:label>/<str:code>/"
EDITION = "edizioni/<slug:label>/"
urlpatterns = [
    path("", inbox.show, name="inbox"),
    path("schede/", sheets.show, name="sheets"),
    path(SHEET, sheet.edit, name="sheet"),
    path(f"{SHEET}salva/", sheet.autosave, name="autosave"),
    path(f"{SHEET}anteprima/", sheet.preview, name="preview"),
    path(f"{SHEET}versioni/", versions.show_all, name="versions"),
    path(f"{SHEET}versioni/confronta/", versions.compare, name="compare"),
    path(f"{SHEET}versioni/<int:number>/ripristina/", versions.bring_back, name="restore"),
    path(f"{SHEET}responsabili/", people.responsible, name="responsible"),
    path(f"{SHEET}luoghi/", places.choose, name="places"),
    path("proposte/", proposals.show_all, name="proposals"),
    path("proposte/approva/", proposals.approve_chosen, name="approve_chosen"),
    path("proposte/invia/", proposals.submit_chosen, name="submit_chosen"),
    path("proposte/<int:number>/", proposals.show, name="proposal"),
    path("proposte/<int:number>/decidi/", proposals.decide, name="decide"),
    path("proposte/<int:number>/commenta/", proposals.comment, name="comment"),
    path("proposte/<int:number>/riprendi/", proposals.take, name="take_back"),
    path("proposte/<int:number>/ritira/", proposals.give_up, name="withdraw"),
    path("edizioni/", editions.show_all, name="editions"),
    path(EDITION, editions.show, name="edition"),
    path(f"{EDITION}apri/", editions.open_next, name="open_edition"),
    path(f"{EDITION}congela/", editions.seal, name="freeze"),
    path(f"{EDITION}stato/", editions.change_state, name="edition_state"),
    path(f"{EDITION}continuita/", editions.tie, name="continuation"),
    path(f"{EDITION}continuita/togli/", editions.untie, name="end_continuation"),
    path(f"{EDITION}aggiungi/", editions.add, name="add_sheet"),
    path(f"{EDITION}togli/", editions.drop, name="drop_sheet"),
    path("persone/", people.show_all, name="people"),
    path("persone/<int:number>/", people.show, name="person"),
    path("persone/<int:number>/cambia/", people.change, name="change_person"),
    path("persone/organizzazioni/", people.make_organisation, name="add_organisation"),
    path("denominazioni/", names.show_all, name="names"),
    path("denominazioni/<slug:kind>/<int:number>/", names.change, name="name"),
    path("qualita/", at_scale.quality, name="quality"),
    path("foglio/", at_scale.spreadsheet, name="spreadsheet"),
    path("foglio/scarica/", at_scale.download, name="download"),
    path("foglio/proponi/", at_scale.propose_file, name="propose_file"),
    path("sostituisci/", at_scale.replace, name="replace"),
    path("io/", people.me, name="me"),
    path("contributi/", contributions.show_all, name="contributions"),
    path("contributi/nuovo/", contributions.add, name="add_contribution"),
    path("contributi/tabella/", contributions.add_many, name="add_contributions"),
    path("contributi/consiglio/", contributions.advice, name="contribution_advice"),
    path("contributi/<int:number>/", contributions.show, name="contribution"),
    path("registro/", log.show, name="log"),
    path("registro/esporta/", log.export, name="log_export"),
    *event_patterns,
    *page_patterns,
]
