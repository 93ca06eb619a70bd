"""The office's addresses of position papers."""

from django.urls import path

from aumenta.desk.papers import views, views_part

urlpatterns = [
    path("documenti-di-posizione/", views.show_all, name="papers"),
    path("documenti-di-posizione/<int:number>/", views.show, name="paper"),
    path("documenti-di-posizione/<int:number>/parti/nuova/", views_part.new, name="new_paper_part"),
    path("documenti-di-posizione/<int:number>/parti/<int:position>/", views_part.change, name="paper_part"),
]
