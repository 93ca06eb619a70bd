"""The office's addresses of sheets."""

from django.urls import path

from aumenta.desk.sheets import views, views_at_scale, views_names, views_places, views_sheet, views_versions

SHEET = "schede/<slug:label>/<str:code>/"
urlpatterns = [
    path("schede/", views.show, name="sheets"),
    path(SHEET, views_sheet.edit, name="sheet"),
    path(f"{SHEET}salva/", views_sheet.autosave, name="autosave"),
    path(f"{SHEET}anteprima/", views_sheet.preview, name="preview"),
    path(f"{SHEET}versioni/", views_versions.show_all, name="versions"),
    path(f"{SHEET}versioni/confronta/", views_versions.compare, name="compare"),
    path(f"{SHEET}versioni/<int:number>/ripristina/", views_versions.bring_back, name="restore"),
    path(f"{SHEET}luoghi/", views_places.choose, name="places"),
    path("denominazioni/", views_names.show_all, name="names"),
    path("denominazioni/<slug:kind>/nome/<int:number>/", views_names.meant, name="meant"),
    path("denominazioni/<slug:kind>/<int:number>/", views_names.change, name="name"),
    path("qualita/", views_at_scale.quality, name="quality"),
    path("foglio/", views_at_scale.spreadsheet, name="spreadsheet"),
    path("foglio/scarica/", views_at_scale.download, name="download"),
    path("foglio/proponi/", views_at_scale.propose_file, name="propose_file"),
    path("sostituisci/", views_at_scale.replace, name="replace"),
]
