"""The office's addresses of the frame of an edition."""

from django.urls import path

from aumenta.desk.frame import views, views_changes

FRAME = "edizioni/<slug:label>/struttura/"
urlpatterns = [
    path(FRAME, views.show, name="frame"),
    path(f"{FRAME}<str:code>/testi/", views.rewrite, name="frame_text"),
    path(f"{FRAME}<str:code>/aggiungi/", views.add, name="frame_add"),
    path(f"{FRAME}<str:code>/togli/", views.take_out, name="frame_drop"),
    path("struttura/<int:number>/", views_changes.show, name="change"),
    path("struttura/<int:number>/scrivi/", views_changes.write, name="write_change"),
    path("struttura/<int:number>/passo/", views_changes.move, name="move_change"),
    path("struttura/<int:number>/decidi/", views_changes.decide, name="decide_change"),
]
