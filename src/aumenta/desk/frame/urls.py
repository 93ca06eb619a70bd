"""The office's addresses of the frame of an edition."""

from django.urls import path

from aumenta.desk.frame import autosave, views, views_changes

FRAME = "edizioni/<slug:label>/struttura/"
urlpatterns = [
    path(FRAME, views.show, name="frame"),
    path(f"{FRAME}<str:code>/testi/", views.rewrite, name="frame_text"),
    path(f"{FRAME}<str:code>/aggiungi/", views.add, name="frame_add"),
    path(f"{FRAME}<str:code>/togli/", views.take_out, name="frame_drop"),
    path(f"{FRAME}<str:code>/salva/", autosave.autosave, name="autosave_change"),
    path(f"{FRAME}<str:code>/sposta/", views.move, name="frame_move"),
    path(f"{FRAME}tolte/<int:number>/rimetti/", views.put_back, name="put_back"),
    path("struttura/<int:number>/", views_changes.show, name="change"),
    path("struttura/<int:number>/scrivi/", views_changes.write, name="write_change"),
    path("struttura/<int:number>/passo/", views_changes.move, name="move_change"),
    path("struttura/<int:number>/annulla/", views_changes.undo, name="undo_change"),
    path("struttura/<int:number>/decidi/", views_changes.decide, name="decide_change"),
]
