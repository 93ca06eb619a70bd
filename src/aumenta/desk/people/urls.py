"""The office's addresses of people."""

from django.urls import path

from aumenta.desk.people import views, views_account

SHEET = "schede/<slug:label>/<str:code>/"
urlpatterns = [
    path(f"{SHEET}responsabili/", views.responsible, name="responsible"),
    path("persone/", views.show_all, name="people"),
    path("persone/<int:number>/", views.show, name="person"),
    path("persone/<int:number>/cambia/", views.change, name="change_person"),
    path("persone/organizzazioni/", views.make_organisation, name="add_organisation"),
    path("io/", views_account.me, name="me"),
    path("io/indirizzo/", views_account.change_address, name="change_address"),
    path("io/indirizzo/<str:mark>/", views_account.confirm_address, name="confirm_address"),
]
