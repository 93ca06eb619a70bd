"""The office's addresses of proposals."""

from django.urls import path

from aumenta.desk.proposals import views

urlpatterns = [
    path("proposte/", views.show_all, name="proposals"),
    path("proposte/approva/", views.approve_chosen, name="approve_chosen"),
    path("proposte/invia/", views.submit_chosen, name="submit_chosen"),
    path("proposte/<int:number>/", views.show, name="proposal"),
    path("proposte/<int:number>/decidi/", views.decide, name="decide"),
    path("proposte/<int:number>/annulla-approvazione/", views.undo, name="undo_approval"),
    path("proposte/<int:number>/commenta/", views.comment, name="comment"),
    path("proposte/<int:number>/commenta/cancella/", views.erase, name="erase_comment"),
    path("proposte/<int:number>/riprendi/", views.take, name="take_back"),
    path("proposte/<int:number>/ritira/", views.give_up, name="withdraw"),
]
